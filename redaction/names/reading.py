"""All names of a text: known ones, announced ones, modelled ones, and every repetition of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redaction.model import Kind
from redaction.names import cues, statistical
from redaction.names.boundary import follow_strength
from redaction.names.known import NameFinder
from redaction.names.roster import KNOWN_NAME, Roster
from redaction.names.words import Words
from redaction.spans import SpanSet
from redaction.view import Candidate, View

REPEATED = "repeated_name"
_LEAD = re.compile(r"[^\u3400-\u9fff]|[向与和给从由对将被把跟同经让人员妻夫父母子女]")
_TITLE = re.compile(r"《[^《》\n]{2,60}》")


def kept_spans(view: View, roster: Roster, words: Words) -> SpanSet:
    """Spans that stay: kept terms, and names of people acting for an office.

    A kept name that is also a party's name stays only where the title stands before it.
    """
    office = list(cues.office_holders(view.text, words))
    names = {view.text[start:end] for start, end in office}
    again = NameFinder(name for name in names if not roster.is_listed(name))
    spans = [*office, *((start, end) for start, end, _ in again.find(view.text))]
    spans += [
        span for span in roster.kept_terms(view) if not roster.is_listed(view.text[slice(*span)])
    ]
    return SpanSet(spans)


def read_names(view: View, roster: Roster, kept: SpanSet, words: Words) -> list[Candidate]:
    """Names in a folded text as candidates that do not overlap each other, in order."""
    titles = [match.span() for match in _TITLE.finditer(view.text)]
    blocked = SpanSet([*roster.organisations(view), *titles])
    found = [c for c in roster.people(view) if not kept.touches(c.start, c.end)]
    for heard in (*cues.find(view, words), *statistical.find(view, words)):
        if not blocked.touches(heard.start, heard.end) and not kept.touches(heard.start, heard.end):
            found.append(heard)
    found = _surest(found)
    repeated = [
        c
        for c in _repetitions(view, found)
        if not blocked.touches(c.start, c.end) and not kept.touches(c.start, c.end)
    ]
    return _surest([*found, *repeated])


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name that nobody listed is a name here, too.

    Names of two characters are so short that they occur inside words: 高明 is a person in 高明的
    and none in 高明度. What follows or leads in decides.
    """
    if end - start > 2 or follow_strength(text, end):
        return True
    return start == 0 or _LEAD.match(text[start - 1]) is not None


def _repetitions(view: View, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names found once are found everywhere."""
    scores: dict[str, float] = {}
    for candidate in found:
        name = view.text[candidate.start : candidate.end]
        scores[name] = max(scores.get(name, 0.0), candidate.score)
    for start, end, name in NameFinder(scores).find(view.text):
        if stands_alone(view.text, start, end):
            yield Candidate(Kind.PERSON, start, end, scores[name], "文中他处已识别的姓名", REPEATED)


def _surest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a place: known names first, then the longer, then the surer."""
    ordered = sorted(
        candidates, key=lambda c: (c.recogniser != KNOWN_NAME, c.start - c.end, -c.score)
    )
    chosen: dict[int, Candidate] = {}
    covered: dict[int, int] = {}
    for candidate in ordered:
        cells = range(candidate.start, candidate.end)
        clash = next((covered[cell] for cell in cells if cell in covered), None)
        if clash is None:
            chosen[candidate.start] = candidate
            covered.update(dict.fromkeys(cells, candidate.start))
        elif (candidate.start, candidate.end) == (chosen[clash].start, chosen[clash].end):
            best = max(candidate.score, chosen[clash].score)
            chosen[clash] = replace(chosen[clash], score=best)
    return [chosen[start] for start in sorted(chosen)]
