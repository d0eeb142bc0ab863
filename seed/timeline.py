"""The events of a case in order: the fixed steps, and the clerks' notes between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from portal.reference.vocabulary import (
    AuctionStatus,
    ControlAction,
    MeasureKind,
    PartyKind,
)
from seed.course import Course
from seed.dates import CUT_OFF, later, office_time
from seed.fate import ENDED, PERFORMED
from seed.money import yuan
from seed.texts import NoteTopic, Writer, note_topics

_RESULT_TOPICS = {AuctionStatus.SOLD: "sold", AuctionStatus.FAILED: "unsold"}
_MEASURE_STEPS = {
    MeasureKind.DISHONEST: ("失信", "listed"),
    MeasureKind.RESTRICTION: ("限制消费", "limited"),
}


@dataclass(frozen=True)
class Event:
    """One node of the flow on one day."""

    node: str
    on: date
    text: str


def draw_events(rng: Random, course: Course, writer: Writer) -> list[dict[str, str]]:
    """All events up to the last day of the case, oldest first, as the exchange file holds them."""
    events = [
        *_opening(rng, course, writer),
        *_property(course, writer),
        *_measures(course, writer),
        *_auctions(course, writer),
        *_money(course, writer),
        *_notes(rng, course, writer),
        *_turns(rng, course, writer),
    ]
    events = [event for event in events if event.on <= course.fate.last_day]
    events.sort(key=lambda event: event.on)
    events += _ending(rng, course, writer)
    times = sorted((event.on, office_time(rng, event.on)) for event in events)
    return [
        {"node": event.node, "at": at, "text": event.text}
        for event, (_, at) in zip(events, times, strict=True)
    ]


def _opening(rng: Random, course: Course, writer: Writer) -> Iterator[Event]:
    docket, first, notice = course.docket, course.debtor, course.noticed_on
    claim = yuan(course.fate.claimed)
    filed_on = docket.filed_on
    if docket.resumes:
        origin = docket.resumes.case_number
        yield Event("恢复执行", filed_on, writer.write("resumed", first, filed_on, origin=origin))
    yield Event("立案", filed_on, writer.write("filed", first, filed_on, claim=claim))
    assigned_on = min(later(rng, filed_on, 0, 2), notice)
    yield Event("分案", assigned_on, writer.write("assigned", first, assigned_on))
    yield Event("执行通知", notice, writer.write("noticed", first, notice))
    served_on = later(rng, notice, 0, 3)
    yield Event("送达", served_on, writer.write("served", first, served_on))
    searched_on = later(rng, notice, 1, 3)
    yield Event("网络查控", searched_on, writer.write("searched", first, searched_on))
    answered_on = max(course.controlled_on, searched_on)
    yield Event("反馈", answered_on, writer.write("answered", first, answered_on))


def _property(course: Course, writer: Writer) -> Iterator[Event]:
    parties = {party.name: party for party in course.cast.debtors}
    for control in course.controls:
        if control.action is ControlAction.QUERY:
            continue
        owner = parties[control.owner]
        given = {"action": control.action.value, "what": control.description}
        yield Event("财产控制", control.on, writer.write("controlled", owner, control.on, **given))


def _measures(course: Course, writer: Writer) -> Iterator[Event]:
    parties = {party.name: party for party in course.cast.debtors}
    for measure in course.measures:
        if measure.party not in parties:
            continue  # limited beside his company, whose own event tells of the order
        node, topic = _MEASURE_STEPS.get(measure.kind, ("强制措施", "sanctioned"))
        given = {"measure": measure.kind.value}
        text = writer.write(topic, parties[measure.party], measure.decided_on, **given)
        yield Event(node, measure.decided_on, text)


def _auctions(course: Course, writer: Writer) -> Iterator[Event]:
    if course.auctions:
        lot = course.auctions[0].lot
        on = max(course.auctions[0].announced - timedelta(days=3), course.controlled_on)
        given = {"title": lot.title, "appraisal": yuan(lot.appraisal)}
        yield Event("评估", on, writer.write("valued", course.debtor, on, **given))
    for auction in course.auctions:
        given = {
            "title": auction.lot.title,
            "round": auction.round.value,
            "platform": auction.platform,
            "start_price": yuan(auction.start_price),
            "deposit": yuan(auction.deposit),
            "final_price": yuan(auction.final_price or 0),
            "status": auction.status.value,
        }
        announced = auction.announced
        yield Event("拍卖", announced, writer.write("announced", course.debtor, announced, **given))
        if auction.status in (AuctionStatus.ANNOUNCED, AuctionStatus.RUNNING):
            continue
        topic = _RESULT_TOPICS.get(auction.status, "halted")
        on = auction.ends if topic != "halted" else min(auction.starts, CUT_OFF)
        yield Event("拍卖", on, writer.write(topic, course.debtor, on, **given))


def _money(course: Course, writer: Writer) -> Iterator[Event]:
    for payment in course.payments:
        given = {"amount_in": yuan(payment.amount)}
        on = payment.received_on
        yield Event("案款到账", on, writer.write("received", course.debtor, on, **given))
        if payment.disbursed_on is None:
            continue
        on = payment.disbursed_on
        if payment.from_auction and len(course.cast.applicants) > 1:
            yield Event("分配", on, writer.write("shared_out", course.debtor, on, **given))
        yield Event("发放", on, writer.write("disbursed", course.debtor, on, **given))


def _notes(rng: Random, course: Course, writer: Writer) -> Iterator[Event]:
    room = (course.fate.last_day - course.noticed_on).days
    if room < 1:
        return
    for _ in range(rng.choice((2, 3, 3, 4, 5, 6))):
        on = later(rng, course.noticed_on, 0, min(room, 200) - 1)
        focus = rng.choice([debtor for debtor in course.cast.debtors if not debtor.minor])
        topic = rng.choices(*_suitable(focus.kind))[0]
        yield Event(topic.node, on, writer.fill(rng.choice(topic.texts), focus, on))


@cache
def _suitable(kind: PartyKind) -> tuple[list[NoteTopic], list[int]]:
    about = ("person", "any") if kind is PartyKind.PERSON else ("company", "any")
    topics = [topic for topic in note_topics() if topic.about in about]
    return topics, [topic.weight for topic in topics]


def _turns(rng: Random, course: Course, writer: Writer) -> Iterator[Event]:
    """Settlements, and stays that were lifted again."""
    room = (course.fate.last_day - course.controlled_on).days
    if course.fate.method == ENDED and room > 10:
        on = course.fate.last_day - timedelta(days=rng.randint(1, 8))
        yield Event("和解", on, writer.write("settled", course.debtor, on))
    elif room > 120 and rng.random() < 0.08:
        on = later(rng, course.controlled_on, 10, 40)
        node = rng.choice(("中止", "暂缓"))
        yield Event(node, on, writer.write("halted_case", course.debtor, on))
        on = later(rng, on, 20, 50)
        yield Event("恢复", on, writer.write("restored", course.debtor, on))


def _ending(rng: Random, course: Course, writer: Writer) -> Iterator[Event]:
    fate, debtor = course.fate, course.debtor
    if fate.closed_on is None:
        return
    on = fate.closed_on
    if fate.fruitless:
        yield Event("终本约谈", on, writer.write("interview_before_close", debtor, on))
        topic = "closed_fruitless"
    else:
        topic = "closed_performed" if fate.method == PERFORMED else "closed_otherwise"
    yield Event("结案", on, writer.write(topic, debtor, on, method=fate.method or ""))
    archived_on = later(rng, on, 5, 30)
    if archived_on <= CUT_OFF:
        yield Event("归档", archived_on, writer.write("archived", debtor, archived_on))
