"""Letters to the court: what waits and by when, one letter, and the steps of its handling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.correspondence import handling
from portal.correspondence.answers import MAX_ANSWER
from portal.correspondence.desk import (
    Due,
    LetterDesk,
    LetterFilter,
    find_letter,
    list_answers,
    list_closed,
    list_open,
    narrow,
)
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.letter_file import LetterFile, Stage
from portal.correspondence.models import UNSIGNED, Outcome
from portal.correspondence.opening import open_letter, proof_notes
from portal.correspondence.phrases import phrases_for
from portal.correspondence.reviews import STEP_WORDS, ReviewStep, open_steps, record_review
from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.inbox.receipts import read_number
from portal.inbox.sealing import CannotOpen
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.inbox_keys import current_keys, letter_desk, minutes_left
from portal.office.pages import (
    PAGE_SIZE,
    Pages,
    day_or_none,
    page_number,
    page_offset,
    whole_number,
)
from portal.office.session import actor, current_member
from portal.publication.standing import find_standing
from portal.reference.clock import today_in_beijing
from portal.reference.courts import BY_CODE
from portal.reference.submission_kinds import SubmissionKind
from portal.staff.permissions import Permission, is_granted
from portal.staff.trail import TrailFilter, read_trail

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")

RECENT_ACTS = 50
Errors = list[tuple[str, str]]


@blueprint.get("")
@requires(Permission.READ_LETTERS)
def index() -> Response:
    """Letters that wait, the most pressing first; or closed ones, newest first."""
    desk, chosen, today = letter_desk(), _filter(), today_in_beijing()
    cut = False
    if chosen.closed:
        files, total = list_closed(desk, chosen, today, limit=PAGE_SIZE, offset=page_offset())
    else:
        waiting, cut = list_open(desk, today)
        narrowed = narrow(waiting, chosen)
        files, total = narrowed[page_offset() : page_offset() + PAGE_SIZE], len(narrowed)
    return render_page(
        "office/inbox.html",
        "results",
        files=files,
        pages=Pages(page_number(), total),
        chosen=chosen,
        cut=cut,
        kinds=[(kind.value, kind.short) for kind in SubmissionKind],
        handlers=[
            (name, name)
            for name in (*handling.list_handlers(desk), *handling.list_former_handlers(desk))
        ],
        dues=[(Due.TODAY.value, "今天到期"), (Due.OVERDUE.value, "逾期（办结的：曾逾期）")],
        minutes=minutes_left(),
    )


@blueprint.get("/<receipt>")
@requires(Permission.READ_LETTERS)
def show(receipt: str) -> Response:
    """One letter: clocks, steps, answers, and what it says where its key is unlocked."""
    return letter_page(letter_or_404(receipt))


@blueprint.post("/<receipt>/assign")
@requires(Permission.HANDLE_LETTERS)
def assign(receipt: str) -> BaseResponse:
    """Give the letter to a person."""
    handler = request.form.get("handler", "")

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        handling.assign(desk, file, handler, **who)

    return settle_act(receipt, act, "承办人已指定。")


@blueprint.post("/<receipt>/conclude")
@requires(Permission.HANDLE_LETTERS)
def conclude(receipt: str) -> BaseResponse:
    """Write down what checking came to."""
    written = request.form.get("outcome", "")

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        if written not in set(Outcome):
            raise CorrespondenceError("请选择核查结果。", "outcome")
        handling.conclude(desk, file, Outcome(written), today=today_in_beijing(), **who)

    return settle_act(receipt, act, "核查结果已登记。")


@blueprint.post("/<receipt>/fix")
@requires(Permission.HANDLE_LETTERS)
def fix(receipt: str) -> BaseResponse:
    """Note that what was wrong is right."""

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        handling.record_fix(desk, file, today=today_in_beijing(), **who)

    return settle_act(receipt, act, "更正已登记。")


@blueprint.post("/<receipt>/review")
@requires(Permission.HANDLE_LETTERS)
def review(receipt: str) -> BaseResponse:
    """Write down a step of the review by the next court."""
    written, day = request.form.get("step", ""), day_or_none("day")

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        if written not in set(ReviewStep):
            raise CorrespondenceError("请选择复核的步骤。", "step")
        record_review(desk, file, ReviewStep(written), day, today=today_in_beijing(), **who)

    return settle_act(receipt, act, "复核步骤已登记。")


@blueprint.post("/<receipt>/close")
@requires(Permission.HANDLE_LETTERS)
def close(receipt: str) -> BaseResponse:
    """End the work on a letter."""

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        handling.close(desk, file, today=today_in_beijing(), **who)

    return settle_act(receipt, act, "已办结。")


@blueprint.post("/<receipt>/reopen")
@requires(Permission.HANDLE_LETTERS)
def reopen(receipt: str) -> BaseResponse:
    """Take a closed letter up again."""

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        handling.reopen(desk, file, **who)

    return settle_act(receipt, act, "已重新打开。")


def letter_or_404(receipt: str) -> LetterFile:
    """The letter of an address."""
    number = read_number(receipt)
    file = find_letter(letter_desk(), number, today_in_beijing()) if number == receipt else None
    if file is None:
        raise NotFound("收件箱中没有这个回执号。")
    return file


def settle_act(
    receipt: str, act: Callable[[LetterDesk, LetterFile, dict[str, Any]], None], done: str
) -> BaseResponse:
    """Do one act on the letter as its reader saw it, then show it again."""
    file = letter_or_404(receipt)
    who = {"revision": whole_number("revision"), "actor": actor()}
    try:
        act(letter_desk(), file, who)
    except CorrespondenceError as error:
        return letter_page(letter_or_404(receipt), [(error.field, str(error))])
    flash(done, "good")
    return redirect(url_for("inbox.show", receipt=receipt), code=303)


def letter_page(file: LetterFile, errors: Errors | None = None) -> Response:
    """The page of one letter; opened where the session's keys allow it."""
    desk, letter, sealed = letter_desk(), None, ""
    may_open = is_granted(current_member().role, Permission.HANDLE_LETTERS)
    keys = current_keys() if may_open else {}
    if keys:
        try:
            letter = open_letter(desk, file, keys, actor=actor())
        except CannotOpen as reason:
            sealed = f"{reason}。"
    answers = list_answers(desk, file.receipt)
    phrases = phrases_for(file.kind, file.handling.outcome)
    chosen = whole_number("phrase")
    unsigned = next((each for each in answers if each.state in UNSIGNED), None)
    acts, _ = read_trail(current_registry(), TrailFilter(subject=file.receipt), limit=RECENT_ACTS)
    return render_page(
        "office/letter.html",
        status=422 if errors else 200,
        file=file,
        letter=letter,
        sealed=sealed,
        locked=may_open and not keys,
        proofs=proof_notes(letter) if letter else [],
        minutes=minutes_left(),
        handlers=handling.list_handlers(desk),
        outcomes=[(each, handling.OUTCOME_WORDS[each]) for each in handling.outcomes_of(file.kind)],
        is_public=handling.still_public(desk, file),
        standing=find_standing(desk.gate.stores, file.case_number) if file.case_number else None,
        steps=[(step, STEP_WORDS[step]) for step in open_steps(file)],
        answers=answers,
        unsigned=unsigned,
        phrases=phrases,
        prepared=phrases[chosen - 1] if 1 <= chosen <= len(phrases) else "",
        most=MAX_ANSWER,
        mine=unsigned is not None and unsigned.author == actor(),
        acts=acts,
        errors=errors or [],
        typed=request.form,
        today=today_in_beijing(),
    )


def _filter() -> LetterFilter:
    given = request.args
    stage, kind, court, due = (given.get(name, "") for name in ("stage", "kind", "court", "due"))
    return LetterFilter(
        closed=stage == Stage.CLOSED,
        stage=Stage(stage) if stage in set(Stage) else None,
        kind=SubmissionKind(kind) if kind in set(SubmissionKind) else None,
        court=court if court in BY_CODE else "",
        handler=given.get("handler", "")[:64],
        due=Due(due) if due in set(Due) else None,
        case_slug=given.get("case", "")[:64],
    )
