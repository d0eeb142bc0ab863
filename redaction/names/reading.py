"""All names of a text: known ones, announced ones, modelled ones, and every repetition of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redaction.model import Kind, Known
from redaction.names import cues, statistical
from redaction.names.boundary import follow_strength
from redaction.names.known import NameFinder
from redaction.names.words import Words
from redaction.view import Candidate, View

KNOWN_NAME = "known_name"
REPEATED = "repeated_name"
_LEAD = re.compile(r"[^\u3400-\u9fff]|[向与和给从由对将被把跟同经让人员妻夫父母子女]")
_TITLE = re.compile(r"《[^《》\n]{2,60}》")


def known_spellings(known: Known) -> list[str]:
    """Every spelling of every known person."""
    return [name for person in known.persons for name in (person.name, *person.aliases)]


def kept_spans(view: View, known: Known, words: Words) -> list[tuple[int, int]]:
    """Spans that stay: kept terms and organisations, and names of people acting for an office.

    A kept name that is also a party's name stays only where the title stands before it.
    """
    people = set(known_spellings(known))
    office = list(cues.office_holders(view.text, words))
    terms = [term for term in known.keep if term not in people]
    terms += [name for start, end in office if (name := view.text[start:end]) not in people]
    return office + [(start, end) for start, end, _ in NameFinder(terms).find(view.text)]


def read_names(
    view: View, known: Known, kept: list[tuple[int, int]], words: Words
) -> list[Candidate]:
    """Names in a folded text as candidates that do not overlap each other, in order."""
    listed = [
        Candidate(Kind.PERSON, start, end, 0.99, "本案已知人员的姓名", KNOWN_NAME)
        for start, end, _ in NameFinder(known_spellings(known)).find(view.text)
    ]
    organisations = [
        (start, end) for start, end, _ in NameFinder(known.organisations).find(view.text)
    ]
    titles = [match.span() for match in _TITLE.finditer(view.text)]
    blocked = kept + organisations + titles
    heard = [
        candidate
        for candidate in (*cues.find(view, words), *statistical.find(view, words))
        if not _touches(blocked, candidate)
    ]
    found = _surest([c for c in listed if not _touches(kept, c)] + heard)
    repeated = [c for c in _repetitions(view, found) if not _touches(blocked, c)]
    return _surest(found + repeated)


def _repetitions(view: View, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names found once are found everywhere. Short ones only where a name may end."""
    scores: dict[str, float] = {}
    for candidate in found:
        name = view.text[candidate.start : candidate.end]
        scores[name] = max(scores.get(name, 0.0), candidate.score)
    for start, end, name in NameFinder(scores).find(view.text):
        if len(name) > 2 or follow_strength(view.text, end) or _is_led_in(view.text, start):
            yield Candidate(Kind.PERSON, start, end, scores[name], "文中他处已识别的姓名", REPEATED)


def _is_led_in(text: str, start: int) -> bool:
    """Whether a preposition or no Han character stands before: 向莫洋抵债."""
    return start == 0 or _LEAD.match(text[start - 1]) is not None


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


def _touches(spans: Iterable[tuple[int, int]], candidate: Candidate) -> bool:
    return any(start < candidate.end and candidate.start < end for start, end in spans)
