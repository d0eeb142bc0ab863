"""``verify``: finds what should never be there, wherever somebody put it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.disclosure.models import PublicCase
from portal.publication.inspection import inspect_public
from portal.registry.models import RegistryCase

NUMBER = "（2018）辽0803执123号"


@pytest.fixture
def published(gate, bring_in, case):
    bring_in(case())
    gate.publish_all("clerk")
    return gate


def test_what_the_gate_released_is_clean(published):
    result = inspect_public(published)
    assert result.leaks == ()
    # Case page, debtor and restriction, and the files they lie in.
    assert result.scanned > 3


PLANTED = [
    # (column, text): each a written form of a private value of the case
    ("cause", "与秦椒榕的纠纷"),
    ("cause", "与秦 椒 榕的纠纷"),
    ("cause", "原名秦小椒"),
    ("closing_text", "电话１８９－４０７１－０００２"),
    ("closing_text", "身份证二一〇八〇〇一九七五〇一〇五六四五四"),
    ("closing_text", "卡号6217 0033 8369 3518 269"),
    ("obligation", "住辰州路113号13号楼1单元2026室"),
    ("obligation", "生于1975年1月5日"),
    ("basis_document", "查询码K7Q2ZW9HXM"),
    ("handler_title", "办公电话0417-2890001"),
    ("masked", [{"label": "18940710002", "count": 1, "article": ""}]),
]


@pytest.mark.parametrize(("column", "text"), PLANTED)
def test_a_planted_value_is_found_and_not_repeated(published, column, text):
    with published.stores.disclosure.begin() as public:
        setattr(public.scalars(select(PublicCase)).one(), column, text)
    leaks = inspect_public(published).leaks
    assert any(column in leak.path for leak in leaks)
    assert "椒" not in str(leaks)
    assert "4071" not in str(leaks)


def test_a_row_without_a_case_behind_it_is_reported(published, stores):
    with stores.registry.begin() as session:
        session.delete(session.scalars(select(RegistryCase)).one())
    assert [leak.item for leak in inspect_public(published).leaks] == [NUMBER]


def test_bytes_that_no_row_shows_any_more_are_found(published, tmp_path):
    # As a copy tool or a careless delete would leave them, beside the database.
    (tmp_path / "disclosure.db-old").write_bytes(b"\x00\x01" + b"210800197501056454" + b"\x00")
    leaks = inspect_public(published).leaks
    assert [leak.item for leak in leaks] == ["disclosure.db-old"]
