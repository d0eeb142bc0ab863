"""Every template must be writable about everybody it says it is about."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest

from portal.reference.courts import COURTS
from portal.reference.vocabulary import PartyRole
from seed.cast import make_cast
from seed.dockets import Docket
from seed.parties import make_company, make_person
from seed.setting import Setting
from seed.texts import Writer, note_topics

COURT = COURTS[2]
DAY = date(2018, 4, 9)


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting(1)


@pytest.fixture
def writer(setting: Setting) -> Writer:
    rng = Random(5)
    cast = make_cast(rng, setting, COURT, DAY)
    docket = Docket("dispute 1", COURT, "（2018）辽0803执123号", DAY)
    return Writer(rng, setting, cast, docket, setting.judge(rng, COURT))


@pytest.mark.parametrize(
    ("about", "template"),
    [(topic.about, text) for topic in note_topics() for text in topic.texts],
)
def test_a_note_leaves_no_slot_open(
    writer: Writer, setting: Setting, about: str, template: str
) -> None:
    person = make_person(Random(1), setting, PartyRole.DEBTOR, COURT.division, DAY)
    company = make_company(Random(2), setting, PartyRole.DEBTOR, COURT.division)
    for focus in {"person": [person], "company": [company]}.get(about, [person, company]):
        text = writer.fill(template, focus, DAY)
        assert "None" not in text
        assert not re.search(r"[{}]", text)


def test_the_family_of_a_party_stays_the_same_through_the_case(
    writer: Writer, setting: Setting
) -> None:
    person = make_person(Random(1), setting, PartyRole.DEBTOR, COURT.division, DAY)
    spouses = {re.sub(r"\W", "", writer.fill("{spouse}", person, DAY)) for _ in range(20)}
    assert len(spouses) == 1


def test_a_slot_that_nobody_fills_is_an_error(writer: Writer, setting: Setting) -> None:
    person = make_person(Random(1), setting, PartyRole.DEBTOR, COURT.division, DAY)
    with pytest.raises(KeyError, match="shoe_size"):
        writer.fill("{shoe_size}", person, DAY)
