"""Names with middle dots: 阿依古丽·买买提, 让·雅克·卢梭.

The dot is the surest sign of a name there is; what has to be found is where the name begins and
ends, for these names are of any length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.names.boundary import follow_strength
from redaction.names.dictionary import Cut, Entry, is_common
from redaction.names.leading import Before, what_leads_to
from redaction.names.surnames import HAN
from redaction.view import Candidate, View

NAME = "name_foreign"
_LONGEST_PART = 8
_LONGEST_NAME = 6
# Bounded, so that a megabyte of characters without an end costs no more than its length.
_DOTTED = re.compile(
    f"[{HAN}]{{1,{_LONGEST_PART}}}(?:·[{HAN}]{{1,{_LONGEST_PART}}}){{1,{_LONGEST_NAME}}}"
)


def find(view: View, cut: Cut) -> Iterator[Candidate]:
    """Yield names with middle dots."""
    if "·" not in view.text:
        return
    for match in _DOTTED.finditer(view.text):
        first = view.text.index("·", match.start())
        last = view.text.rindex("·", match.start(), match.end())
        if _is_word(cut.ending_at(first)) and _is_word(cut.at(last + 1)):
            continue  # 演示数据·盖州法院: the dot joins words
        start = _start(view.text, match.start(), first, cut)
        end = _end(view.text, last + 1, match.end(), cut)
        yield Candidate(Kind.PERSON, start, end, 0.88, "带间隔号的姓名", NAME)


def _is_word(entry: Entry | None) -> bool:
    return entry is not None and len(entry.text) > 1 and is_common(entry.text)


def _start(text: str, low: int, dot: int, cut: Cut) -> int:
    """Behind the last role or ordinary word before the first part of the name."""
    for offset in range(dot - 1, low, -1):
        if what_leads_to(text, offset) >= Before.ROLE:
            return offset
    start = dot
    while start > low and (word := cut.ending_at(start)) is not None and word.start >= low:
        particle = follow_strength(text, word.start) == 1 and is_common(word.text)
        if word.end < dot and (particle or _is_word(word)):
            break
        start = word.start
    return start if start < dot else low


def _end(text: str, first: int, high: int, cut: Cut) -> int:
    """Before the first word that follows names, or the first ordinary word, of the last part."""
    for offset in range(first + 1, high):
        if follow_strength(text, offset) >= 2:
            return offset
        word = cut.at(offset)
        if _is_word(word):
            return offset
    return high
