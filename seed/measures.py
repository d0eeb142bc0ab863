"""Measures against debtors: dishonest list, consumption limits, exit bans, fines, detention.

Whoever is on the list is limited too (法释〔2015〕17号 art. 1); minors are neither. The first
behaviour of 法释〔2017〕7号 art. 1 has no term, the others have two years, or up to three more
(art. 2); entries leave the list on the grounds of art. 10.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from portal.reference import case_numbers
from portal.reference.vocabulary import (
    DISHONEST_BEHAVIOURS,
    Exemption,
    MeasureKind,
    Performance,
)
from seed import money
from seed.dates import CUT_OFF, add_months, later
from seed.dockets import Docket
from seed.fate import ENDED, PERFORMED, Fate
from seed.parties import Party
from seed.texts import Writer

_BEHAVIOUR_WEIGHTS = (68, 2, 5, 15, 8, 2)
_LISTED_SHARE = {PERFORMED: 0.3, ENDED: 0.3, None: 0.62}
_LISTED_SHARE_FRUITLESS = 0.93
_LIMITED_ONLY_SHARE = 0.55
_PAID = "被执行人已全部履行生效法律文书确定的义务"
_SETTLED = "当事人达成执行和解协议且已履行完毕"
_EXPIRED = "纳入期限届满"
_FRUITLESS_SEARCHES = "终结本次执行程序后两次以上查询未发现可供执行财产"
# The flow system does not send the lapse of a term at once; the portal counts for itself.
_UNSENT_DAYS = 45
# Among these filings something is odd that the gate has to refuse.
_ODD_EVERY = 7
_SECURED_EVERY = 60
_HEAD_EVERY = 3
_AT_REQUEST = "申请执行人书面申请删除失信信息，经审查同意"


@dataclass(frozen=True)
class Measure:
    """One measure, with the fields of the exchange format that its kind has."""

    kind: MeasureKind
    party: str
    decided_on: date
    document_number: str
    text: str
    behaviour: str | None = None
    performance: Performance | None = None
    performed: int = 0
    unperformed: int = 0
    term_months: int | None = None
    exemption: Exemption | None = None
    ended_on: date | None = None
    end_reason: str | None = None

    def record(self) -> dict[str, object]:
        fields: dict[str, object] = {
            "kind": self.kind.value,
            "party": self.party,
            "decided_on": self.decided_on.isoformat(),
            "document_number": self.document_number,
            "text": self.text,
        }
        if self.kind is MeasureKind.DISHONEST and self.performance:
            fields["published_from"] = self.decided_on.isoformat()
            fields["behaviour"] = self.behaviour
            fields["performance"] = self.performance.value
            if self.performed:
                fields["performed_part"] = money.yuan(self.performed)
            if self.unperformed:
                fields["unperformed_part"] = money.yuan(self.unperformed)
            if self.term_months:
                fields["term_months"] = self.term_months
            if self.exemption:
                fields["exemption"] = self.exemption.value
        if self.ended_on:
            fields["ended_on"] = self.ended_on.isoformat()
            fields["end_reason"] = self.end_reason
        return fields


def draw_measures(
    rng: Random,
    docket: Docket,
    fate: Fate,
    debtors: tuple[Party, ...],
    writer: Writer,
    obligation: str,
    noticed_on: date,
    covered: frozenset[str] = frozenset(),
) -> list[Measure]:
    """Every measure of one case, in the order of decision.

    ``covered`` names debtors whose controlled property is worth the claim: they are not listed
    for refusing to perform (art. 3), but for the odd one.
    """
    measures: list[Measure] = []
    for debtor in debtors:
        # Within three months of filing, so that no 终本 comes before its restrictions.
        decided_on = later(rng, noticed_on, 15, 75)
        if debtor.minor or decided_on >= fate.last_day:
            continue
        share = _LISTED_SHARE_FRUITLESS if fate.fruitless else _LISTED_SHARE.get(fate.method, 0.0)
        listed = rng.random() < share
        if listed:
            listing = _listing(rng, docket, fate, debtor, decided_on, obligation)
            measures.append(_within_art_3(listing, docket, covered))
        if listed or fate.fruitless or rng.random() < _LIMITED_ONLY_SHARE:
            limit = _limit(rng, docket, fate, debtor, decided_on, writer, measures)
            measures.append(limit)
            if debtor.legal_representative and _serial(docket) % _HEAD_EVERY == 0:
                measures.append(_limit_head(limit, debtor))
        measures += _sanctions(rng, docket, fate, debtor, decided_on, writer)
    measures.sort(key=lambda measure: measure.decided_on)
    suffixes = "一二三四五六七八九十"
    return [
        measure
        if measure.document_number
        else replace(measure, document_number=f"{docket.case_number}之{suffixes[order % 10]}")
        for order, measure in enumerate(measures)
    ]


def _listing(
    rng: Random, docket: Docket, fate: Fate, debtor: Party, decided_on: date, obligation: str
) -> Measure:
    behaviour = rng.choices(DISHONEST_BEHAVIOURS, _BEHAVIOUR_WEIGHTS)[0]
    term = None
    if behaviour != DISHONEST_BEHAVIOURS[0]:
        longer = rng.random() < (0.6 if behaviour == DISHONEST_BEHAVIOURS[1] else 0.1)
        term = 24 + (rng.choice((12, 24, 36)) if longer else 0)
    if not fate.recovered:
        performance = Performance.NONE
    else:
        performance = Performance.PARTLY if fate.unpaid else Performance.FULL
    ended_on, end_reason = _end(rng, docket, fate, decided_on, term)
    return Measure(
        kind=MeasureKind.DISHONEST,
        party=debtor.name,
        decided_on=decided_on,
        document_number="",
        text=obligation,
        behaviour=behaviour,
        performance=performance,
        performed=fate.recovered,
        unperformed=fate.unpaid,
        term_months=term,
        ended_on=ended_on,
        end_reason=end_reason,
    )


def _end(
    rng: Random, docket: Docket, fate: Fate, decided_on: date, term: int | None
) -> tuple[date | None, str | None]:
    """When and why an entry left the list; (None, None) while it stands."""
    if fate.closed_on and fate.method in (PERFORMED, ENDED):
        day = max(decided_on, min(fate.closed_on + timedelta(days=rng.randint(0, 2)), CUT_OFF))
        return day, _PAID if fate.method == PERFORMED else _SETTLED
    if term and add_months(decided_on, term) < CUT_OFF - timedelta(days=_UNSENT_DAYS):
        return add_months(decided_on, term) + timedelta(days=1), _EXPIRED
    if term or not fate.fruitless or not fate.closed_on or docket.resumed_on:
        return None, None
    # Two half-yearly searches, and time for the application to be examined.
    removed_on = add_months(fate.closed_on, 13)
    if removed_on < CUT_OFF and rng.random() < 0.12:
        return removed_on, rng.choice((_FRUITLESS_SEARCHES, _AT_REQUEST))
    return None, None


def _limit(
    rng: Random,
    docket: Docket,
    fate: Fate,
    debtor: Party,
    decided_on: date,
    writer: Writer,
    earlier: list[Measure],
) -> Measure:
    about = "limit_person" if debtor.is_person else "limit_company"
    ended_on, end_reason = None, None
    if fate.closed_on and fate.method in (PERFORMED, ENDED):
        listing = next((item for item in earlier if item.party == debtor.name), None)
        ended_on = listing.ended_on if listing else min(fate.closed_on, CUT_OFF)
        end_reason = _PAID if fate.method == PERFORMED else _SETTLED
    return Measure(
        kind=MeasureKind.RESTRICTION,
        party=debtor.name,
        decided_on=decided_on,
        document_number="",
        text=writer.write(about, debtor, decided_on),
        ended_on=ended_on,
        end_reason=end_reason,
    )


def _limit_head(limit: Measure, company: Party) -> Measure:
    """The order's other half: who represents the company is limited beside it (art. 3)."""
    head = company.legal_representative or ""
    text = f"限制{company.name}的法定代表人{head}高消费及非生活和工作必需的消费行为。"
    return replace(limit, party=head, text=text)


def _serial(docket: Docket) -> int:
    return case_numbers.parse(docket.case_number).serial


def _within_art_3(listing: Measure, docket: Docket, covered: frozenset[str]) -> Measure:
    if listing.behaviour != DISHONEST_BEHAVIOURS[0] or listing.ended_on:
        return listing
    if listing.party in covered and _serial(docket) % _ODD_EVERY:
        return replace(listing, behaviour=DISHONEST_BEHAVIOURS[3], term_months=24)
    if _serial(docket) % _SECURED_EVERY == 0:
        return replace(listing, exemption=Exemption.SECURED)
    return listing


def _sanctions(
    rng: Random, docket: Docket, fate: Fate, debtor: Party, after: date, writer: Writer
) -> list[Measure]:
    sanctions = []
    for kind, topic, chance in (
        (MeasureKind.FINE, "fine", 0.05),
        (MeasureKind.DETENTION, "detention", 0.08 if debtor.is_person else 0.0),
        (MeasureKind.EXIT_BAN, "exit_ban", 0.03 if debtor.is_person else 0.0),
        (MeasureKind.PROSECUTION, "prosecution", 0.02 if debtor.is_person else 0.0),
    ):
        day = later(rng, after, 5, 60)
        if rng.random() < chance and day < fate.last_day:
            number = ""
            if kind in (MeasureKind.FINE, MeasureKind.DETENTION):
                number = f"（{day.year}）{docket.court.code}司惩{rng.randint(1, 90)}号"
            sanctions.append(
                Measure(kind, debtor.name, day, number, writer.write(topic, debtor, day))
            )
    return sanctions
