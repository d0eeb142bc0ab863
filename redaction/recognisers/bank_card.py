"""Bank cards (Luhn, issuer ranges), accounts (by label), digit runs too long to be harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction import checksums
from redaction.digits import DigitRun
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "bank_card"
_LABEL = re.compile(
    r"银行|卡号|账号|账户|账户号|存折|开户|户名|尾号|信用卡|储蓄|借记|汇至|转入|转账|打款|汇款|社保卡"
)
_CARD_STARTS = ("62", "4", "5", "3", "9", "60", "88")
_LARGEST_GROUP = 8
_UNIT = re.compile(r"\s*(?:元|万|亿|平方|㎡|美元)")
_LABELLED = re.compile(
    r"(?:账号|账户|卡号|存折号?|银行卡|开户行[^\d，。；]{0,24}|户名[^\d。；]{0,24})"
    r"[^\d，。；元\n]{0,10}?"
    r"(\d(?:[ \t·.\-]{0,3}\d){5,34})(?!\d)"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield card and account numbers of a text."""
    for run in view.digit_runs:
        yield from _cards(view, run)
        yield from _long_runs(view, run)
    if view.has_digits:
        yield from _accounts(view)


def _cards(view: View, run: DigitRun) -> Iterator[Candidate]:
    for first, last in run.pieces(15, 19):
        digits = run.digits[first:last]
        start, end = run.span(first, last)
        if not digits.startswith(_CARD_STARTS) or _UNIT.match(view.text, end):
            continue
        labelled = bool(_LABEL.search(view.before(start, 16)))
        if not labelled and view.guards.covers(start, end):
            continue
        whole = _is_one_number(run, first, last)
        if checksums.is_luhn(digits) and (labelled or whole):
            score = 0.99 if labelled else 0.9
            yield Candidate(Kind.BANK_CARD, start, end, score, "银行卡号，校验位正确", NAME)
        elif len(digits) >= 16 and digits.startswith("62") and whole:
            yield Candidate(Kind.BANK_CARD, start, end, 0.8, "银行卡号样式，校验位不符", NAME)


def _is_one_number(run: DigitRun, first: int, last: int) -> bool:
    """Whether the groups look like one number: unbroken, or in groups as cards are printed.

    A group of nine digits or more is a number of its own that happens to stand beside another.
    """
    sizes = run.sizes(first, last)
    return len(sizes) == 1 or max(sizes) <= _LARGEST_GROUP or len(sizes) == 2


def _accounts(view: View) -> Iterator[Candidate]:
    for match in _LABELLED.finditer(view.text):
        start, end = match.span(1)
        if not _UNIT.match(view.text, end):
            digits = re.sub(r"\D", "", match.group(1))
            kind = (
                Kind.BANK_CARD
                if 15 <= len(digits) <= 19 and checksums.is_luhn(digits)
                else Kind.BANK_ACCOUNT
            )
            yield Candidate(kind, start, end, 0.95, "账号标签后的号码", NAME)


def _long_runs(view: View, run: DigitRun) -> Iterator[Candidate]:
    """Fail closed: twelve digits or more that nothing explains are taken for an account."""
    for first, last in zip(run.bounds, run.bounds[1:], strict=False):
        start, end = run.span(first, last)
        if (
            last - first >= 12
            and not _UNIT.match(view.text, end)
            and not view.guards.covers(start, end)
        ):
            labelled = bool(_LABEL.search(view.before(start, 16)))
            score = 0.9 if labelled else 0.6
            yield Candidate(Kind.BANK_ACCOUNT, start, end, score, "无法解释的长号码", NAME)
