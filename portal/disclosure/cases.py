"""Reading the public cases: the list, and one case with everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicCase
from portal.disclosure.outlook import Outlook, outlook_of
from portal.disclosure.related import RelatedCase, read_related
from portal.disclosure.versions import VersionNote, read_notes
from portal.reference.case_numbers import CaseNumber, parse
from portal.reference.stages import BY_NAME, Stage, enforces
from portal.reference.vocabulary import CASE_KINDS, Relation

CASES = PublicList(
    PublicCase,
    filters={"court": PublicCase.court_code, "stage": PublicCase.stage},
    day=PublicCase.filed_on,
    orders=by_day(PublicCase.filed_on, PublicCase.id),
    unread=(
        PublicCase.obligation,
        PublicCase.parties,
        PublicCase.controls,
        PublicCase.measures,
        PublicCase.masked,
        PublicCase.closing_text,
    ),
)


class StepState(StrEnum):
    """How a case stands towards one stage, in the words a reader is told."""

    DONE = "已经过"
    NOW = "正在进行"
    SKIPPED = "没有记录"
    AHEAD = "尚未到达"


@dataclass(frozen=True)
class Step:
    """One stage on the track of a case."""

    stage: Stage
    state: StepState


@dataclass(frozen=True)
class CaseRecord:
    """A case page: the case, its way through the stages, what to expect, its other cases.

    ``notes`` say what changed from version to version, newest first; empty for pages
    released before there were notes, and for a case closed to the public.
    """

    case: PublicCase
    track: tuple[Step, ...]
    outlook: Outlook
    related: tuple[RelatedCase, ...]
    notes: tuple[VersionNote, ...]

    @property
    def kind(self) -> str:
        """What kind of case the type word of its number makes it."""
        return CASE_KINDS.get(parse(self.case.case_number).type, "执行案件")

    @property
    def is_enforcement(self) -> bool:
        """Whether money and property are sought in this case, or what was done reviewed."""
        return enforces(self.case.case_number)

    @property
    def changed_at(self) -> datetime:
        """When the page last changed: released anew, or list entries taken from it."""
        return self.notes[0].at if self.notes else self.case.released_at

    @property
    def resumption(self) -> RelatedCase | None:
        """The newest public case in which enforcement goes on, where this one has ended."""
        resumed = [one for one in self.related if one.relation is Relation.RESUMPTION]
        return resumed[-1] if resumed and self.case.closed_on else None


def read_case(session: Session, number: CaseNumber) -> CaseRecord | None:
    """Read the case with this number and all that is shown with it, None when not public."""
    case = session.scalar(
        select(PublicCase)
        .where(PublicCase.case_number == number.canonical)
        .options(
            selectinload(PublicCase.events),
            selectinload(PublicCase.notes),
            selectinload(PublicCase.debtors),
            selectinload(PublicCase.restrictions),
            selectinload(PublicCase.termination),
            selectinload(PublicCase.auctions),
        )
    )
    if case is None:
        return None
    return CaseRecord(
        case=case,
        track=track_of(case),
        outlook=outlook_of(case),
        related=read_related(session, case),
        notes=read_notes(case),
    )


def track_of(case: PublicCase) -> tuple[Step, ...]:
    """Where the case stands on each stage; empty when its stage is not known, or it has none.

    A stage counts as passed only where a node of it is recorded: a case closed by 终本
    may never have come to a sale, and must not look as if it had.
    """
    order = list(Stage)
    if case.stage not in order or not enforces(case.case_number):
        return ()
    reached = order.index(Stage(case.stage))
    recorded = {BY_NAME[event.node].stage for event in case.events if event.node in BY_NAME}
    recorded.add(Stage.FILED)

    def state(position: int, stage: Stage) -> StepState:
        if position == reached:
            return StepState.DONE if case.closed_on else StepState.NOW
        if position > reached:
            return StepState.AHEAD
        return StepState.DONE if stage in recorded else StepState.SKIPPED

    return tuple(Step(stage, state(position, stage)) for position, stage in enumerate(order))
