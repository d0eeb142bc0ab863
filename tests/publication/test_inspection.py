"""``verify``: finds what should never be there, wherever somebody put it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.disclosure.models import PublicCase
from portal.publication import remembering
from portal.publication.inspection import inspect_public
from portal.publication.remembering import RememberingTagger
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
    # The page, and the view of its party.
    assert {leak.item for leak in inspect_public(published).leaks} == {NUMBER, "当事人信封"}


def test_bytes_that_no_row_shows_any_more_are_found(published, tmp_path):
    # As a copy tool or a careless delete would leave them, beside the database.
    (tmp_path / "disclosure.db-old").write_bytes(b"\x00\x01" + b"210800197501056454" + b"\x00")
    leaks = inspect_public(published).leaks
    assert [leak.item for leak in leaks] == ["disclosure.db-old"]


def test_a_party_of_the_published_version_stays_private_while_a_newer_one_waits(
    published, bring_in, case
):
    # The newer record, which waits for a reviewer, knows neither the old debtor nor his number.
    newer = case(disclosure=None, measures=[], basis=None, property_controls=[])
    newer["parties"][1] = {"role": "被执行人", "kind": "自然人", "name": "阮芝麻"}
    newer["events"] = newer["events"][:1]
    bring_in(newer)
    published.publish_all("clerk")
    assert inspect_public(published).leaks == ()
    with published.stores.disclosure.begin() as public:
        public.scalars(select(PublicCase)).one().cause = "与秦椒榕的纠纷"
    assert any("cause" in leak.path for leak in inspect_public(published).leaks)


def test_a_value_that_stands_in_several_places_is_reported_at_each(published):
    with published.stores.disclosure.begin() as public:
        row = public.scalars(select(PublicCase)).one()
        row.cause = row.handler_title = "电话18940710002"
    paths = {leak.path for leak in inspect_public(published).leaks}
    assert {"PublicCase.cause", "PublicCase.handler_title"} <= paths


class Counting:
    """A tagger that notes what it is asked."""

    def __init__(self):
        self.asked = []

    def tag(self, sentences):
        self.asked += sentences
        return [[(sentence, "n")] for sentence in sentences]


def test_a_sentence_is_read_once_in_a_run_and_answered_the_same():
    inner = Counting()
    tagger = RememberingTagger(lambda: inner)
    first = tagger.tag(["甲到庭。", "乙未到庭。", "甲到庭。"])
    assert first == [[("甲到庭。", "n")], [("乙未到庭。", "n")], [("甲到庭。", "n")]]
    assert tagger.tag(["乙未到庭。", "丙离开。"]) == [first[1], [("丙离开。", "n")]]
    assert inner.asked == ["甲到庭。", "乙未到庭。", "丙离开。"]


def test_what_is_remembered_has_an_end(monkeypatch):
    monkeypatch.setattr(remembering, "ROOM", 2)
    inner = Counting()
    tagger = RememberingTagger(lambda: inner)
    for sentence in "甲乙丙甲":
        assert tagger.tag([sentence]) == [[(sentence, "n")]]
    assert inner.asked == list("甲乙丙甲")
