"""Several runs of the gate at once: whoever comes second finds the work done, never doubled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.publication.errors import PublicationError, ReviewDecided
from portal.publication.gate import Gate
from portal.publication.marks import add_mark
from portal.publication.outcomes import Outcome
from portal.publication.review import approve
from portal.publication.withdrawal import suspend_case
from portal.registry.audit import AuditEntry
from portal.registry.marks import CaseMark
from portal.registry.models import Review, ReviewState
from redaction import Mark, MarkAct, RecordRedactor, Redactor
from tests.side_by_side import Meeting, at_once, rows_of

NUMBER = "（2018）辽0803执123号"


@pytest.fixture
def several(case: Callable[..., Any]) -> list[Any]:
    """Cases of every sort: released, held, closed."""
    closed = {"level": "不公开", "reason": "涉及个人隐私"}
    return [
        case(),
        case(case_number="（2018）辽0803执124号", disclosure=None),
        case(case_number="（2018）辽0803执125号", disclosure=closed),
    ]


@pytest.mark.parametrize("earlier", [False, True], ids=["new cases", "newer revisions"])
def test_two_runs_at_once_leave_the_rows_of_one(
    make_gate: Callable[..., Gate],
    send: Callable[..., None],
    several: list[Any],
    case: Callable[..., Any],
    tmp_path: Path,
    earlier: bool,
) -> None:
    meeting = Meeting(2)
    both = [make_gate(tmp_path / "both", meeting) for _ in range(2)]
    alone = make_gate(tmp_path / "alone")
    for gate in (both[0], alone):
        send(gate.stores.registry, *several)
        if earlier:
            make_gate(gate.index_path.parent).publish_all("clerk")
            # Now the released one is held, with its listings ended; the held one is clean.
            held = case(disclosure=None, measures=[])
            send(gate.stores.registry, held, case(case_number=several[1]["case_number"]))
    first, second = at_once(*(partial(gate.publish_all, "clerk") for gate in both))
    assert first == second == alone.publish_all("clerk")
    assert first.errors == ()
    assert rows_of(both[0].stores) == rows_of(alone.stores)


@pytest.fixture
def held(gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]) -> int:
    """Id of the review of a case that nobody gave a level."""
    bring_in(case(disclosure=None))
    gate.publish_case(NUMBER, "clerk")
    return waiting(gate)[0]


def waiting(gate: Gate) -> list[int]:
    with gate.stores.registry() as session:
        return list(session.scalars(select(Review.id).filter_by(state=ReviewState.WAITING)))


def count_acts(gate: Gate, act: str) -> int:
    with gate.stores.registry() as session:
        return len(session.scalars(select(AuditEntry).filter_by(act=act)).all())


def test_of_two_reviewers_who_approve_at_once_one_does(
    gate: Gate, held: int, make_gate: Callable[..., Gate], public_row: Callable[[], Any]
) -> None:
    meeting = Meeting(2)
    first, second = make_gate(redactor=meeting), make_gate(redactor=meeting)
    results = at_once(
        partial(approve, first, held, "reviewer", "确认", seen=1),
        partial(approve, second, held, "colleague", "确认", seen=1),
    )
    assert {type(result) for result in results} == {Outcome, ReviewDecided}
    assert public_row().version == 1
    assert count_acts(gate, "review.approve") == count_acts(gate, "case.released") == 1


def test_a_word_hidden_while_a_colleague_approves_is_never_shown(
    gate: Gate,
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    make_gate: Callable[..., Gate],
    public_row: Callable[[], Any],
) -> None:
    record = case(disclosure=None)
    record["events"][1]["text"] = "被执行人在海蓝蓝小馆打工，据小馆老板称已离开。"
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    (review,) = waiting(gate)

    class HiddenMeanwhile(Redactor):
        """Just when the first draft is made, somebody else hides a word."""

        done = False

        def for_record(self, *arguments: Any, **options: Any) -> RecordRedactor:
            drafted = super().for_record(*arguments, **options)
            if not HiddenMeanwhile.done:
                HiddenMeanwhile.done = True
                hidden = Mark(MarkAct.HIDE, "海蓝蓝小馆")
                add_mark(gate, review, hidden, "colleague", seen=1)
            return drafted

    with pytest.raises(PublicationError):
        approve(make_gate(redactor=HiddenMeanwhile()), review, "reviewer", "确认", seen=1)
    row = public_row()
    assert row is None or "海蓝蓝" not in row.events[1].text
    with gate.stores.registry() as session:
        assert session.scalars(select(CaseMark.text)).all() == ["海蓝蓝小馆"]


def test_a_case_withdrawn_while_it_is_drafted_is_not_published(
    gate: Gate,
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    make_gate: Callable[..., Gate],
    public_row: Callable[[], Any],
) -> None:
    bring_in(case())
    gate.publish_case(NUMBER, "clerk")
    bring_in(case(cause="买卖合同纠纷"))

    class WithdrawnMeanwhile(Redactor):
        def for_record(self, *arguments: Any, **options: Any) -> RecordRedactor:
            suspend_case(gate, NUMBER, "reviewer", "异议")
            return super().for_record(*arguments, **options)

    office = make_gate(redactor=WithdrawnMeanwhile())
    assert office.publish_case(NUMBER, "clerk") is Outcome.WITHDRAWN
    assert public_row() is None


def test_a_record_that_changes_while_it_is_drafted_is_drafted_anew(
    gate: Gate,
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    make_gate: Callable[..., Gate],
    public_row: Callable[[], Any],
) -> None:
    bring_in(case())

    class ChangedMeanwhile(Redactor):
        done = False

        def for_record(self, *arguments: Any, **options: Any) -> RecordRedactor:
            if not ChangedMeanwhile.done:
                ChangedMeanwhile.done = True
                bring_in(case(cause="买卖合同纠纷"))
            return super().for_record(*arguments, **options)

    office = make_gate(redactor=ChangedMeanwhile())
    assert office.publish_case(NUMBER, "clerk") is Outcome.RELEASED
    assert (public_row().version, public_row().cause) == (1, "买卖合同纠纷")


def test_a_waiting_review_of_a_withdrawn_case_cannot_be_approved(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any], public_row: Any
) -> None:
    bring_in(case())
    gate.publish_case(NUMBER, "clerk")
    bring_in(case(disclosure=None))
    gate.publish_case(NUMBER, "clerk")
    (review,) = waiting(gate)
    suspend_case(gate, NUMBER, "reviewer", "异议")
    assert waiting(gate) == []
    with pytest.raises(ReviewDecided):
        approve(gate, review, "reviewer", "确认", seen=1)
    assert public_row() is None
