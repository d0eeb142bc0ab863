"""Names nobody announced, by the model; its cuts are repaired by the rules of where names end.

The model cuts rare given names short (吴琰｜浛送达) and reads some names as units or places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.names.boundary import follow_strength, read_name, surname_length
from redaction.names.lexicon import begins_like_a_word
from redaction.names.surnames import HAN, NEVER_GIVEN
from redaction.names.words import Words
from redaction.view import Candidate, View

NAME = "name_model"
_NAME = re.compile(f"[{HAN}]{{2,5}}|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+")
_BRAND = re.compile(r"[“\"「《【（(]$")
_LONGEST = 4


def find(view: View, words: Words) -> Iterator[Candidate]:
    """Yield names the model sees in the clauses it has read."""
    for word in words.people():
        yield from _repaired(view, words, word.start, word.end)


def _repaired(view: View, words: Words, start: int, end: int) -> Iterator[Candidate]:
    text = view.text
    name = text[start:end]
    if not _NAME.fullmatch(name) or any(c in NEVER_GIVEN for c in name):
        if len(name) == 1 and surname_length(text, start):
            span = read_name(text, start)
            if span is not None and follow_strength(text, span.end) >= 2:
                yield _candidate(start, span.end, 0.75)
        return
    if begins_like_a_word(name, announced=False):
        return
    if "·" in name:
        yield _candidate(start, end, 0.9)
    elif _cut_short(text, start):
        # 令|狐蓁涵, 向|睿骞: the model took the family name for a word of its own
        yield from _repaired(view, words, start - 1, end)
    elif not surname_length(text, start):
        # 阿平, 老五 and names whose family name no table knows: sure enough at an edge only.
        quoted = _BRAND.search(text[:start][-1:]) is not None
        if len(name) <= _LONGEST and not quoted:
            yield _candidate(start, end, 0.7 if follow_strength(text, end) else 0.66)
    else:
        span = read_name(text, start)
        open_end = follow_strength(text, end) == 0 and not words.goes_on(end)
        if span is not None and span.end > end and open_end:
            end = span.end
        yield _candidate(start, end, 0.88 if follow_strength(text, end) else 0.75)


def _cut_short(text: str, start: int) -> bool:
    """Whether the family name begins one character before ``start``."""
    if start == 0:
        return False
    length = surname_length(text, start - 1)
    return length == 2 or (length == 1 and not surname_length(text, start))


def _candidate(start: int, end: int, score: float) -> Candidate:
    return Candidate(Kind.PERSON, start, end, score, "模型识别的姓名", NAME)
