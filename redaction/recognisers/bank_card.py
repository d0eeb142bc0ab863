"""Bank cards (Luhn, issuer ranges) and accounts (by label)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction import checksums
from redaction.digits import DIGIT, LOOKALIKES, TO_ASCII, DigitRun, misread
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "bank_card"
_LABEL = re.compile(
    r"银行|卡号|账号|账户|账户号|存折|开户|户名|尾号|信用卡|储蓄|借记|汇至|转入|转账|打款|汇款|社保卡"
)
_CARD_STARTS = ("62", "4", "5", "3", "9", "60", "88")
_CARD_SIZES = (19, 18, 17, 16, 15)
_LARGEST_GROUP = 8
_UNCHECKED = 0.8
_UNIT = re.compile(r"\s*(?:元|万|亿|平方|m2(?![0-9A-Za-z])|美元)")
_VALUE = rf"(?:[ \t·.\-_]{{0,3}}{DIGIT}){{5,34}}"
# A long number may go on in the next line.
_NEXT_LINE = rf"(?:[ \t]*\r?\n[ \t]*{DIGIT}{{4,}}(?![年月日\-./:：]))?"
_LABELLED = re.compile(
    r"(?:账号|账户|卡号|存折号?|行卡|开户行[^\d，。；]{0,24}|户名[^\d。；]{0,24})"
    r"(?:[^\d，。；元\n]{0,10}?|\s?[:：]\s{0,4})"
    rf"({DIGIT}{_VALUE}{_NEXT_LINE})(?!\d)"
)
_MISREAD = re.compile(
    r"(?:账号|账户|卡号|存折号?|行卡号?)(?:为|是|[:： ])*"
    rf"([0-9{LOOKALIKES}](?:[ \t·.\-_]{{0,3}}[0-9{LOOKALIKES}]){{9,34}})(?![0-9A-Za-z])"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield card and account numbers of a text."""
    for run in view.digit_runs:
        if len(run.digits) >= _CARD_SIZES[-1]:
            yield from _cards(view, run)
    yield from _accounts(view)


def _cards(view: View, run: DigitRun) -> Iterator[Candidate]:
    starts = [b for b in run.bounds if run.digits.startswith(_CARD_STARTS, b)]
    if not starts:
        return
    is_luhn = checksums.luhn_of_parts(run.digits)
    for first in starts:
        for size in _CARD_SIZES:
            last = first + size
            if last in run.edges and (
                score := _score(view, run, first, last, is_luhn(first, last))
            ):
                reason = (
                    "银行卡号，校验位正确" if score > _UNCHECKED else "银行卡号样式，校验位不符"
                )
                yield Candidate(Kind.BANK_CARD, *run.span(first, last), score, reason, NAME)
                break  # what is shorter lies inside


def _score(view: View, run: DigitRun, first: int, last: int, valid: bool) -> float:
    """How sure it is that some groups of a run are a card; 0 where they are none."""
    shaped = last - first >= 16 and run.digits.startswith("62", first)
    if not valid and not shaped:
        return 0
    start, end = run.span(first, last)
    if _UNIT.match(view.text, end):
        return 0
    labelled = bool(_LABEL.search(view.before(start, 16)))
    if not labelled and view.guards.covers(start, end):
        return 0
    if valid and labelled:
        return 0.99
    if _is_one_number(run, first, last):
        return 0.9 if valid else _UNCHECKED
    return 0


def _is_one_number(run: DigitRun, first: int, last: int) -> bool:
    """Whether the groups look like one number: unbroken, or in groups as cards are printed.

    A group of nine digits or more is a number of its own that happens to stand beside another.
    """
    sizes = run.sizes(first, last)
    return len(sizes) == 1 or max(sizes) <= _LARGEST_GROUP or len(sizes) == 2


def _accounts(view: View) -> Iterator[Candidate]:
    for at in view.labels(NAME):
        match = _LABELLED.match(view.text, at)
        slip = _MISREAD.match(view.text, at)
        if match and slip and slip.end(1) > match.end(1) and misread(slip.group(1)):
            match = None  # the digits end where a letter was read for one
        if match and not _UNIT.match(view.text, match.end(1)):
            digits = re.sub(r"\D", "", match.group(1).translate(TO_ASCII))
            is_card = 15 <= len(digits) <= 19 and checksums.is_luhn(digits)
            kind = Kind.BANK_CARD if is_card else Kind.BANK_ACCOUNT
            yield Candidate(kind, *match.span(1), 0.95, "账号标签后的号码", NAME)
        elif slip and match is None and misread(slip.group(1)):
            reason = "账号标签后的号码，疑似数字误识为字母"
            yield Candidate(Kind.BANK_ACCOUNT, *slip.span(1), 0.85, reason, NAME)
