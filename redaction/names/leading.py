"""What stands before a place: a role, a title, a verb, an edge, a number."""

from __future__ import annotations

import re
from enum import IntEnum

from redaction.names.cuewords import (
    KINSHIP_SIGNS,
    LEADING_CHARACTERS,
    LEADING_WORDS,
    PERSON_ENDINGS,
    ROLE_WORDS,
    TITLE_WORDS,
)
from redaction.names.surnames import is_han

SIGN_ENDINGS = (
    LEADING_CHARACTERS
    | PERSON_ENDINGS
    | KINSHIP_SIGNS
    | {word[-1] for word in ROLE_WORDS | TITLE_WORDS | LEADING_WORDS}
)
"""Every character that something leading up to a person can end in."""

_LONGEST = max(map(len, ROLE_WORDS | TITLE_WORDS))
_COPULA = re.compile(r"(?:(?<!姓)名[叫为]|叫做?|系|是|为|即)?[：: ]{0,2}$")
_COPULA_ENDS = frozenset("名叫做系是为即：: ")
_REMARK = re.compile(r"[（(][^（）()\n]{1,12}[）)]$")
_MEASURE = re.compile(r"(?:^|[^0-9])[0-9]{1,5}$|[一二三四五六七八九十两几多半整元克只]$")


class Before(IntEnum):
    """What stands before a place."""

    MEASURE = -1
    NOTHING = 0
    WORD = 1
    EDGE = 2
    ROLE = 3
    TITLE = 4


def what_leads_to(text: str, offset: int) -> Before:
    """What stands before ``offset`` in a folded text."""
    window = text[max(0, offset - _LONGEST - 4) : offset]
    last = window[-1:]
    if not last:
        return Before.EDGE
    announced = _announcement(window)
    if announced is not None:
        return announced
    if _MEASURE.search(window):
        return Before.MEASURE
    if not is_han(last):
        return Before.EDGE
    if last in LEADING_CHARACTERS or last in PERSON_ENDINGS or _ends_in_leading_word(window):
        return Before.WORD
    return Before.NOTHING


def _announcement(window: str) -> Before | None:
    """Whether a text ends in a role, kinship or title, a remark and a colon aside."""
    if window[-1] in _COPULA_ENDS:
        window = _COPULA.sub("", window)
    if window[-1:] in ("）", ")"):
        window = _REMARK.sub("", window)
    for length in range(min(_LONGEST, len(window)), 1, -1):
        word = window[-length:]
        if word in TITLE_WORDS:
            return Before.TITLE
        if word in ROLE_WORDS:
            return Before.ROLE
    if window[-1:] in KINSHIP_SIGNS and window[-2:-1] in ("的", "之", "其", "系"):
        return Before.ROLE
    return None


def _ends_in_leading_word(window: str) -> bool:
    return window[-2:] in LEADING_WORDS or window[-3:] in LEADING_WORDS
