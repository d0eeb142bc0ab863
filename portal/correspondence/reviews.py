"""Review by the next court (复核): received, forwarded, reported, decided, corrected."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from portal.correspondence.desk import LetterDesk
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.letter_file import LetterFile
from portal.correspondence.models import Handling
from portal.correspondence.settling import changing
from portal.reference.clock import BEIJING


class ReviewStep(StrEnum):
    """The steps in their order; the decision has two forms."""

    RECEIVE = "receive"
    FORWARD = "forward"
    REPORT = "report"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    FIX = "fix"


STEP_WORDS = {
    ReviewStep.RECEIVE: "收到复核申请",
    ReviewStep.FORWARD: "已转办执行法院",
    ReviewStep.REPORT: "执行法院已报告",
    ReviewStep.UPHOLD: "复核结论：异议成立",
    ReviewStep.DISMISS: "复核结论：维持原处理",
    ReviewStep.FIX: "已按复核结论更正",
}


def open_steps(file: LetterFile) -> tuple[ReviewStep, ...]:
    """What can be written down next."""
    done = file.handling
    if file.kind.is_clue:
        return ()
    if done.review_received_on is None:
        return (ReviewStep.RECEIVE,)
    if done.review_forwarded_on is None:
        return (ReviewStep.FORWARD,)
    if done.review_reported_on is None:
        return (ReviewStep.REPORT,)
    if done.review_decided_on is None:
        return (ReviewStep.UPHOLD, ReviewStep.DISMISS)
    if done.review_upheld and done.review_fixed_on is None:
        return (ReviewStep.FIX,)
    return ()


def record_review(
    desk: LetterDesk,
    file: LetterFile,
    step: ReviewStep,
    day: date | None,
    *,
    revision: int,
    actor: str,
    today: date,
) -> None:
    """Write down one step with the day it was taken; a closed letter is open again by it."""
    if day is None or not file.received_at.astimezone(BEIJING).date() <= day <= today:
        raise CorrespondenceError("请填写日期：不早于收到之日，不晚于今天。", "day")
    if step not in open_steps(file):
        raise CorrespondenceError("这一步现在不能登记。", "step")
    detail = {"review_step": STEP_WORDS[step], "on": day.isoformat()}
    with changing(
        desk, file.receipt, "inbox.review", revision=revision, actor=actor, detail=detail
    ) as (_, handling):
        before = _last_day(handling)
        if before and day < before:
            raise CorrespondenceError("日期不能早于上一步。", "day")
        handling.closed_on = None
        if step is ReviewStep.RECEIVE:
            handling.review_received_on = day
        elif step is ReviewStep.FORWARD:
            handling.review_forwarded_on = day
        elif step is ReviewStep.REPORT:
            handling.review_reported_on = day
        elif step is ReviewStep.FIX:
            handling.review_fixed_on = day
        else:
            handling.review_decided_on = day
            handling.review_upheld = step is ReviewStep.UPHOLD


def _last_day(handling: Handling) -> date | None:
    days = (
        handling.review_received_on,
        handling.review_forwarded_on,
        handling.review_reported_on,
        handling.review_decided_on,
    )
    return max((day for day in days if day), default=None)
