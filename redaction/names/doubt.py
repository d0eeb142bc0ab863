"""Places in doubt, with the model's opinion: who is a name after all.

What the words around a place announce is checked against the model where it is not certain:
被执行人有财产 announces nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redaction.model import Kind
from redaction.names.boundary import NameSpan, follow_strength, read_name
from redaction.names.evidence import Evidence
from redaction.names.leading import Before
from redaction.names.lexicon import begins_like_a_word, is_word
from redaction.names.organisation import begins_organisation
from redaction.names.surnames import DOUBTFUL_SURNAMES, SURE_SURNAMES
from redaction.names.words import Words
from redaction.view import Candidate, View

NAME = "name_cue"
_ORDINARY_NOUNS = frozenset({"n", "v", "vn", "a", "ad", "an", "d", "TIME", "LOC", "m", "t", "f"})


def settle(view: View, doubts: Iterable[Evidence], words: Words) -> Iterator[Candidate]:
    """Yield those places in doubt that are names."""
    for doubt in doubts:
        span = _read_checked(view.text, doubt.start, words)
        if span is None:
            continue
        if doubt.before >= Before.ROLE:
            if _announced(view.text, span, doubt, words):
                yield _candidate(span, 0.0, "称谓或身份词之后的姓名")
        elif _unannounced(view.text, span, doubt, words):
            yield _candidate(span, -0.1, "前后文字表明为姓名")


def _strength(text: str, span: NameSpan, doubt: Evidence) -> int:
    """How well the name ends; the evidence knows more where it ends at the same place."""
    return doubt.behind if span.end == doubt.end else follow_strength(text, span.end)


def _announced(text: str, span: NameSpan, doubt: Evidence, words: Words) -> bool:
    strength = _strength(text, span, doubt)
    seen = words.is_person(span.start, span.end)
    name = text[span.start : span.end]
    if begins_like_a_word(name, announced=strength > 0, seen=seen):
        return False
    if strength < 2 and begins_organisation(text, span.start):
        return False
    return strength > 0 or not words.contradict(span.start, span.end)


def _unannounced(text: str, span: NameSpan, doubt: Evidence, words: Words) -> bool:
    """Whether what follows speaks for a name, and the model is at least at a loss."""
    start, end = span.start, span.end
    name = text[start:end]
    strength = _strength(text, span, doubt)
    phrase = strength == 4
    if is_word(name[:2]) or (strength < 2 and len(name) < 4):
        return False
    coined = words.is_coined(start, end)
    if name[0] in DOUBTFUL_SURNAMES and not (coined or words.is_person(start, end)):
        return False
    if name.startswith(SURE_SURNAMES):
        return True
    if begins_like_a_word(name, announced=False):
        return False
    if doubt.before >= Before.WORD and strength >= 2 and words.is_unheard_of(start, end):
        return True
    if not coined and words.contradict(start, end):
        return False
    if begins_organisation(text, start) and not phrase:
        return False
    held = words.inside(start, end)
    return phrase or coined or len(held) != 1 or held[0].tag not in _ORDINARY_NOUNS


def _read_checked(text: str, offset: int, words: Words) -> NameSpan | None:
    """The name at ``offset``, cut where the model sees a whole ordinary word begin."""
    span = read_name(text, offset)
    end = words.ends_name(offset, span.end) if span else None
    if span is None or end is None or end - offset < 2:
        return span
    return replace(span, end=end)


def _candidate(span: NameSpan, bonus: float, reason: str) -> Candidate:
    return Candidate(Kind.PERSON, span.start, span.end, span.score + bonus, reason, NAME)
