"""All names of a text: known ones, evident ones, modelled ones, and every repetition of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redaction.model import Kind
from redaction.names import doubt, foreign, latin, registered, spaced, statistical
from redaction.names.boundary import follow_strength
from redaction.names.dictionary import Cut
from redaction.names.evidence import Evidence, Verdict, weigh_all
from redaction.names.known import NameFinder
from redaction.names.leading import Before
from redaction.names.model import Tagger
from redaction.names.roster import KNOWN_NAME, Roster
from redaction.names.surnames import DOUBTFUL_SURNAMES
from redaction.names.words import Words
from redaction.spans import SpanSet
from redaction.view import Candidate, View

EVIDENT = "name_cue"
REPEATED = "repeated_name"
_LEAD = re.compile(r"[^\u3400-\u9fff]|[向与和给从由对将被把跟同经让人员妻夫父母子女]")
_TITLE = re.compile(r"《[^《》\n]{2,60}》")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one text, in order and apart from each other, and the spans that stay."""

    found: tuple[Candidate, ...]
    kept: SpanSet


@dataclass(frozen=True, slots=True)
class _Outline:
    """A first look at a text, without the model."""

    view: View
    blocked: SpanSet
    found: tuple[Candidate, ...]
    doubts: tuple[Evidence, ...]
    titled: tuple[Evidence, ...]


def read_names(views: Sequence[View], roster: Roster, tagger: Callable[[], Tagger]) -> list[Names]:
    """The names in the folded texts of one case.

    What the words themselves make evident in any of the texts needs no model in the others.
    """
    outlines = [_outline(view, roster) for view in views]
    evident = NameFinder(
        outline.view.text[c.start : c.end] for outline in outlines for c in outline.found
    )
    doubts = [_open_doubts(outline, evident) for outline in outlines]
    asked = [
        [e.start for e in (*open_, *outline.titled) if not _certain(outline, e)]
        for outline, open_ in zip(outlines, doubts, strict=True)
    ]
    words = Words.of([view.text for view in views], asked, tagger)
    return [
        _names(outline, open_, read, roster)
        for outline, open_, read in zip(outlines, doubts, words, strict=True)
    ]


def _outline(view: View, roster: Roster) -> _Outline:
    titles = [match.span() for match in _TITLE.finditer(view.text)]
    blocked = SpanSet([*roster.organisations(view), *titles])
    cut = Cut(view.text)
    found = [
        *roster.people(view),
        *latin.find(view),
        *foreign.find(view, cut),
        *spaced.find(view),
        *registered.find(view),
    ]
    doubts: list[Evidence] = []
    titled: list[Evidence] = []
    for evidence in weigh_all(view.text, cut):
        if blocked.touches(evidence.start, evidence.end) or evidence.verdict is Verdict.NONE:
            continue
        if evidence.before is Before.TITLE:
            titled.append(evidence)
        elif evidence.verdict is Verdict.NAME:
            found.append(_evident(evidence))
        else:
            doubts.append(evidence)
    return _Outline(view, blocked, tuple(found), tuple(doubts), tuple(titled))


def _evident(evidence: Evidence) -> Candidate:
    announced = evidence.before is Before.ROLE
    reason = "称谓或身份词之后的姓名" if announced else "前后文字表明为姓名"
    span = (evidence.start, evidence.end)
    return Candidate(Kind.PERSON, *span, evidence.score, reason, EVIDENT)


def _open_doubts(outline: _Outline, evident: NameFinder) -> list[Evidence]:
    covered = SpanSet((start, end) for start, end, _ in evident.find(outline.view.text))
    return [e for e in outline.doubts if not covered.touches(e.start, e.start + 1)]


def _names(outline: _Outline, doubts: list[Evidence], words: Words, roster: Roster) -> Names:
    view = outline.view
    kept = _kept_spans(outline, words, roster)

    def stays(candidate: Candidate) -> bool:
        span = (candidate.start, candidate.end)
        return kept.touches(*span) or (
            candidate.recogniser != KNOWN_NAME and outline.blocked.touches(*span)
        )

    heard = [*outline.found, *doubt.settle(view, doubts, words), *statistical.find(view, words)]
    found = _surest(c for c in heard if not stays(c))
    repeated = (c for c in _repetitions(view, found) if not stays(c))
    return Names(tuple(_surest([*found, *repeated])), kept)


def _kept_spans(outline: _Outline, words: Words, roster: Roster) -> SpanSet:
    """Spans that stay: kept terms, and names of people acting for an office.

    A kept name that is also a party's name stays only where the title stands before it. What
    stays is published, so a doubtful reading does not count.
    """
    view = outline.view
    office = [
        (e.start, e.end)
        for e in outline.titled
        if _certain(outline, e) or words.is_person(e.start, e.end)
    ]
    names = {view.text[start:end] for start, end in office}
    again = NameFinder(name for name in names if not roster.is_listed(name))
    spans = [*office, *((start, end) for start, end, _ in again.find(view.text))]
    spans += [
        span for span in roster.kept_terms(view) if not roster.is_listed(view.text[slice(*span)])
    ]
    return SpanSet(spans)


def _certain(outline: _Outline, evidence: Evidence) -> bool:
    """Whether a name after a title needs no second opinion."""
    if evidence.before is not Before.TITLE:
        return False
    if outline.view.text[evidence.start] in DOUBTFUL_SURNAMES:
        return False
    return evidence.behind >= 3 or (evidence.verdict is Verdict.NAME and evidence.behind >= 2)


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
        name = spaced.without_blanks(view.text[candidate.start : candidate.end])
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
        elif candidate.score > chosen[clash].score and (candidate.start, candidate.end) == (
            chosen[clash].start,
            chosen[clash].end,
        ):
            chosen[clash] = replace(chosen[clash], score=candidate.score)
    return [chosen[start] for start in sorted(chosen)]
