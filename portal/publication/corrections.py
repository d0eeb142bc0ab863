"""What reviewers' corrections say about the recognisers: who masks too much, what is missed.

Counted are the marks in force, and as their measure the findings in all cases a reviewer has
read: released by one, or marked in. A mark that was taken back was no correction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.marks import CaseMark, MachineReading
from portal.registry.models import Review, ReviewState
from redaction import REVIEWER, MarkAct

MOST = 20
BATCH = 500


@dataclass(frozen=True)
class RecogniserScore:
    """One recogniser's findings of one kind, and how many of them reviewers did away with.

    ``changed`` were masked by the reviewer in another way: a name linked to another person,
    another mask.
    """

    recogniser: str
    kind: str
    findings: int
    over: int
    changed: int

    @property
    def over_rate(self) -> float:
        """Share of the findings that should not have been masked; 0 without findings."""
        return self.over / self.findings if self.findings else 0.0


@dataclass(frozen=True)
class MissedKind:
    """Places of one kind that no recogniser found, beside those that some recogniser did."""

    kind: str
    under: int
    findings: int

    @property
    def under_rate(self) -> float:
        """Share of what should have been masked that was missed; 0 where nothing was."""
        return self.under / (self.under + self.findings) if self.under else 0.0


@dataclass(frozen=True)
class Habit:
    """One kind of correction made again and again: in which field, of which kind, how often."""

    act: str
    field: str
    kind: str
    marks: int
    cases: int


@dataclass(frozen=True)
class Corrections:
    """All of it; ``kept_words`` are words left as written in most cases: (word, cases)."""

    cases: int
    recognisers: tuple[RecogniserScore, ...]
    missed: tuple[MissedKind, ...]
    habits: tuple[Habit, ...]
    kept_words: tuple[tuple[str, int], ...]


def read_corrections(registry: sessionmaker[Session]) -> Corrections:
    """Count everything anew; the worst come first."""
    findings: Counter[tuple[str, str]] = Counter()
    with registry() as session:
        marks = list(session.scalars(select(CaseMark).filter_by(removed_at=None)))
        read = set(session.scalars(select(Review.case_id).filter_by(state=ReviewState.APPROVED)))
        read |= {mark.case_id for mark in marks}
        for reading in _newest_readings(session):
            if reading.case_id in read:
                findings.update((each["recogniser"], each["kind"]) for each in reading.findings)
    changes: Counter[tuple[str, str, str]] = Counter()
    for mark in marks:
        for each in mark.effect:
            changes[each["change"], each["recogniser"], each["kind"]] += each["count"]
    return Corrections(
        len(read),
        tuple(_recognisers(findings, changes)),
        tuple(_missed(findings, changes)),
        tuple(_habits(marks)),
        tuple(_kept_words(marks)),
    )


def _newest_readings(session: Session) -> Iterator[MachineReading]:
    """One reading a case: the last that was written down."""
    newest: dict[int, int] = {}
    for id_, case_id in session.execute(
        select(MachineReading.id, MachineReading.case_id).order_by(MachineReading.id)
    ):
        newest[case_id] = id_
    wanted = set(newest.values())
    for reading in session.scalars(select(MachineReading).execution_options(yield_per=BATCH)):
        if reading.id in wanted:
            yield reading


def _recognisers(
    findings: Counter[tuple[str, str]], changes: Counter[tuple[str, str, str]]
) -> list[RecogniserScore]:
    # What changes a reviewer's own mark corrects no recogniser.
    told = {
        (name, kind)
        for change, name, kind in changes
        if change != "under" and name and name != REVIEWER
    }
    scores = [
        RecogniserScore(
            name,
            kind,
            # A mark may be older than the newest reading: no more can be wrong than was found.
            max(findings[name, kind], changes["over", name, kind] + changes["changed", name, kind]),
            changes["over", name, kind],
            changes["changed", name, kind],
        )
        for name, kind in findings.keys() | told
    ]
    return sorted(scores, key=lambda score: (-score.over, -score.findings, score.recogniser))


def _missed(
    findings: Counter[tuple[str, str]], changes: Counter[tuple[str, str, str]]
) -> list[MissedKind]:
    found: Counter[str] = Counter()
    for (_name, kind), count in findings.items():
        found[kind] += count
    under: Counter[str] = Counter()
    for (change, _name, kind), count in changes.items():
        if change == "under":
            under[kind] += count
    missed = [MissedKind(kind, count, found[kind]) for kind, count in under.items()]
    return sorted(missed, key=lambda each: (-each.under, each.kind))


def _habits(marks: list[CaseMark]) -> list[Habit]:
    counts: Counter[tuple[str, str, str]] = Counter()
    cases: dict[tuple[str, str, str], set[int]] = {}
    for mark in marks:
        kinds = {each["kind"] for each in mark.effect} or {mark.kind}
        for kind in kinds:
            key = (mark.act, _field_of(mark.path), kind)
            counts[key] += 1
            cases.setdefault(key, set()).add(mark.case_id)
    habits = [
        Habit(act, field, kind, count, len(cases[act, field, kind]))
        for (act, field, kind), count in counts.items()
    ]
    return sorted(habits, key=lambda habit: (-habit.marks, habit.act, habit.field))[:MOST]


def _field_of(path: str) -> str:
    """``events[3].text`` → ``events.text``: the field whatever entry it stands in."""
    return "".join(part.partition("]")[2] if "]" in part else part for part in path.split("["))


def _kept_words(marks: list[CaseMark]) -> list[tuple[str, int]]:
    """Words left as written most often: candidates for the lists of what is no name."""
    cases: dict[str, set[int]] = {}
    for mark in marks:
        # One that was not granted is still masked, and is somebody's name or number.
        if mark.act == MarkAct.KEEP and any(each["change"] == "over" for each in mark.effect):
            cases.setdefault(mark.text, set()).add(mark.case_id)
    counted = [(word, len(where)) for word, where in cases.items()]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))[:MOST]
