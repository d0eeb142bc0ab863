"""How often the public surface answers questions that must not be used for guessing."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, request

from portal.errors import TooManyRequests
from portal.extensions import open_inbox
from portal.inbox.attempts import Attempts, Patience, in_words
from portal.inbox.rules import (
    LOOKUPS_NEAR_NUMBER,
    LOOKUPS_OF_ADDRESS,
    PARTY_OF_ADDRESS,
    PARTY_OF_CASE,
    STATUS_OF_ADDRESS,
    STATUS_OF_RECEIPT,
    SUBMISSIONS_OF_ADDRESS,
)
from portal.reference.id_numbers import NumberKind

GUESSING = "为防止有人猜测个人信息，查询次数有限制。请在{wait}以后再试，或者按姓名查询。"


def spend_lookup(kind: NumberKind, number: str) -> None:
    """Count a lookup by number; raises TooManyRequests. Knows nothing of what is listed.

    Numbers that differ only where the list shows nothing are counted together, whoever asks:
    guessing the hidden digits of one person is one long row of tries.
    """
    spend(LOOKUPS_OF_ADDRESS, request.remote_addr or "")
    if kind is NumberKind.CITIZEN:
        district_and_year, shown_end = number[:10], number[-2:]
        spend(LOOKUPS_NEAR_NUMBER, district_and_year + shown_end)


def spend_submission() -> None:
    """Count a letter handed in from this address; raises TooManyRequests."""
    telephone = current_app.extensions["settings"].site.telephone
    sentence = f"短时间内提交的次数过多。请在{{wait}}以后再提交；紧急情况请拨打 {telephone}。"
    spend(SUBMISSIONS_OF_ADDRESS, request.remote_addr or "", sentence)


def spend_status(receipt: str) -> None:
    """Count a question for a receipt, whether anybody has it or not; raises TooManyRequests."""
    sentence = "为防止有人猜测查询密码，查询次数有限制。请在{wait}以后再试。"
    spend(STATUS_OF_ADDRESS, request.remote_addr or "", sentence)
    if receipt:
        spend(STATUS_OF_RECEIPT, receipt, sentence)


def forget_status(receipt: str) -> None:
    """Forget the tries at a receipt whose PIN somebody has given."""
    _attempts().clear(STATUS_OF_RECEIPT, receipt)


def spend_party(case_number: str) -> None:
    """Count a try at a party's view, whether there is such a case or not; TooManyRequests."""
    sentence = "为防止有人猜测，当事人查询的次数有限制。请在{wait}以后再试，也可以联系承办人。"
    spend(PARTY_OF_ADDRESS, request.remote_addr or "", sentence)
    spend(PARTY_OF_CASE, case_number, sentence)


def give_back_party(case_number: str) -> None:
    """A try that was right does not count; the wrong ones before it do."""
    _attempts().give_back(PARTY_OF_ADDRESS, request.remote_addr or "")
    _attempts().give_back(PARTY_OF_CASE, case_number)


def spend(patience: Patience, subject: str, sentence: str = GUESSING) -> None:
    """Count a try of this subject; raises TooManyRequests where it has to wait."""
    wait = _attempts().spend(patience, subject, datetime.now(UTC))
    if wait is not None:
        raise TooManyRequests(
            sentence.format(wait=in_words(wait)), retry_after=int(wait.total_seconds()) + 1
        )


def _attempts() -> Attempts:
    settings = current_app.extensions["settings"]
    return Attempts(open_inbox(), settings.secret_key.encode())
