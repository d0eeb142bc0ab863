"""What the fields of a case tell before its texts are read."""

from __future__ import annotations

from typing import Any

import pytest

from redaction import Kind, Known, KnownPerson, PrivateValue
from redaction.case import given_names, is_private, known_of, looks_like_organisation

KNOWN = Known(
    persons=(KnownPerson("乔涵烨", aliases=("乔小烨",)),),
    private=(
        PrivateValue("辽宁省营口市西市区渤海大街12号3-2-501", Kind.ADDRESS),
        PrivateValue("13844120537", Kind.PHONE),
    ),
)


@pytest.mark.parametrize(
    ("term", "private", "why"),
    [
        ("乔涵烨", True, "a party's name"),
        ("乔 涵 烨", True, "spelled with blanks"),
        ("乔小烨", True, "a former name"),
        ("涵烨", True, "part of a name"),
        ("被执行人乔涵烨", True, "a name among other words"),
        ("138 4412 0537", True, "a number in another form"),
        ("0537", True, "part of a number"),
        ("渤海大街12号", True, "part of an address below the district"),
        ("西市区", False, "a district may be shown"),
        ("学府路", False, "another street"),
        ("蓝鲸渔家乐", False, "none of the case's business"),
        ("", False, "nothing"),
    ],
)
def test_tells_what_cannot_be_kept(term: str, private: bool, why: str) -> None:
    assert is_private(term, KNOWN) is private, why


@pytest.mark.parametrize(
    ("name", "given"),
    [("刘子涵", ("子涵",)), ("欧阳子涵", ("子涵",)), ("刘涵", ()), ("阿依古丽·买买提", ())],
)
def test_a_child_is_called_by_the_given_name(name: str, given: tuple[str, ...]) -> None:
    assert given_names(name) == given


def test_only_a_minor_party_is_known_by_the_given_name() -> None:
    parties: list[dict[str, Any]] = [
        {"kind": "自然人", "name": "刘子涵", "minor": True},
        {"kind": "自然人", "name": "石瀚溦"},
    ]
    known = known_of({"parties": parties})
    assert [person.aliases for person in known.persons] == [("子涵",), ()]


def test_the_street_of_a_home_is_private_by_itself() -> None:
    party = {"kind": "自然人", "name": "石瀚溦", "address": "营口市西市区渤海大街12号"}
    assert [value.value for value in known_of({"parties": [party]}).private] == [
        "营口市西市区渤海大街12号",
        "渤海大街12号",
    ]


@pytest.mark.parametrize(
    ("name", "unit"),
    [("营口昀芮物流有限公司", True), ("物流中心（普通合伙）", True), ("石瀚溦", False),
     ("阿依古丽·买买提·公司", False)],
)  # fmt: skip
def test_tells_units_from_people(name: str, unit: bool) -> None:
    assert looks_like_organisation(name) is unit
