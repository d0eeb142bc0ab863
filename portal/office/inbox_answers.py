"""Answers to letters: written, handed to a signer, signed, returned, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from werkzeug import Response as BaseResponse

from portal.correspondence import answers
from portal.correspondence.desk import LetterDesk
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.letter_file import LetterFile
from portal.correspondence.opening import read_letter
from portal.inbox.letters import Letter
from portal.inbox.sealing import CannotOpen
from portal.office.guard import requires
from portal.office.inbox import settle_act
from portal.office.inbox_keys import current_keys
from portal.office.pages import whole_number
from portal.office.session import may
from portal.reference.clock import today_in_beijing
from portal.staff.permissions import Permission

blueprint = Blueprint("inbox_answers", __name__, url_prefix="/inbox")

Act = Callable[[LetterDesk, LetterFile, dict[str, Any]], None]


@blueprint.post("/<receipt>/answer")
@requires(Permission.HANDLE_LETTERS)
def write(receipt: str) -> BaseResponse:
    """Keep the draft, or hand it to the signer."""
    text, submit = request.form.get("text", ""), "submit" in request.form

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        letter = _opened(desk, file)
        answers.write_answer(desk, file, text, letter, submit=submit, **who)

    return settle_act(receipt, act, "答复已提交签发。" if submit else "答复草稿已保存。")


@blueprint.post("/<receipt>/sign")
@requires(Permission.SIGN_ANSWERS)
def sign(receipt: str) -> BaseResponse:
    """Sign the submitted answer: it stands on the status page from now on."""

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        letter = _opened(desk, file)
        answers.sign_answer(desk, file, letter, today=today_in_beijing(), signer=_may_sign(), **who)

    return settle_act(receipt, act, "答复已签发，提交人可以凭回执看到。")


@blueprint.post("/<receipt>/return")
@requires(Permission.SIGN_ANSWERS)
def give_back(receipt: str) -> BaseResponse:
    """Return the submitted answer to its author."""
    comment = request.form.get("reason", "")

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        answers.return_answer(desk, file, comment, signer=_may_sign(), **who)

    return settle_act(receipt, act, "答复已退回起草人。")


@blueprint.post("/<receipt>/withdraw")
@requires(Permission.SIGN_ANSWERS)
def withdraw(receipt: str) -> BaseResponse:
    """Take a signed answer off the status page."""
    reason = request.form.get("reason", "")

    def act(desk: LetterDesk, file: LetterFile, who: dict[str, Any]) -> None:
        number = whole_number("answer")
        answers.withdraw_answer(desk, file, number, reason, signer=_may_sign(), **who)

    return settle_act(receipt, act, "答复已撤回，查询页上不再显示。")


def _may_sign() -> bool:
    return may(Permission.SIGN_ANSWERS)


def _opened(desk: LetterDesk, file: LetterFile) -> Letter:
    """The letter an answer is about: its own words must not come back in the answer."""
    keys = current_keys()
    if not keys:
        raise CorrespondenceError("收件箱已经锁定。请先输入口令开启密钥，再提交一次。", "text")
    try:
        return read_letter(desk, file, keys)
    except CannotOpen as reason:
        raise CorrespondenceError(f"来信打不开，无法核对答复：{reason}。", "text") from None
