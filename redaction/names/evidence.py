"""What the words around a place say for and against a name that begins there, without the model.

Three kinds of signs are weighed: what stands before (a role, a preposition, an edge), what stands
behind (an edge, a verb of procedure), and how a dictionary reads the characters themselves. Most
places are settled by these; only what stays in doubt is shown to the model, which costs a hundred
times as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from redaction.names.boundary import NameSpan, follow_strength, read_name, surname_length
from redaction.names.cuewords import LEADING_CHARACTERS, PHRASES_AFTER
from redaction.names.dictionary import Cut, Entry, Familiarity, familiarity, is_common
from redaction.names.leading import Before, what_leads_to
from redaction.names.lexicon import begins_like_a_word, ends_word
from redaction.names.openings import is_odd, name_places
from redaction.names.organisation import begins_organisation
from redaction.names.surnames import DOUBTFUL_SURNAMES, is_rare

_NO_ENDINGS = frozenset("省市区县镇乡村路街屯室间口牌里边厂站楼苑字")
_PARTICLES = frozenset("于上下里内外前后到着过得处时")
_PLACES_BEHIND = frozenset("省市区县镇乡村路街州桥庄屯沟堡坝旗")
_QUOTES = frozenset('“"「『')
_UNQUOTES = frozenset('”"」』')
_LANDSCAPE = frozenset("州河湖江岛港桥店庄沟堡坝盟旗")
# Parts of speech of words that stand beside names rather than inside them.
_PROCEDURE = frozenset(
    {"v", "vn", "vd", "d", "p", "c", "t", "f", "s", "r", "m", "q", "u", "ns", "l"}
)
_SINGLE_WORD = {Familiarity.UNKNOWN: 2, Familiarity.RARE: 0, Familiarity.COMMON: -2}


class Verdict(Enum):
    """What the signs add up to."""

    NAME = "name"
    NONE = "none"
    DOUBTFUL = "doubtful"


class Evidence(NamedTuple):
    """A possible name from ``start`` to ``end`` and the signs.

    ``behind`` is 4 for a phrase that only follows people, otherwise the strength of what follows
    (see :func:`follow_strength`); ``inside`` is how far the characters themselves look like a name
    (above 0) or like ordinary words (below).
    """

    start: int
    end: int
    before: Before
    behind: int
    inside: int

    @property
    def verdict(self) -> Verdict:
        if self.before >= Before.ROLE:
            sure = self.inside >= 1 if self.behind else self.inside >= 3
            if sure or (self.inside == 0 and self.behind >= 2):
                return Verdict.NAME
            return Verdict.DOUBTFUL if self.inside >= -2 else Verdict.NONE
        if self.before is Before.MEASURE:
            return Verdict.DOUBTFUL if self.inside >= 3 else Verdict.NONE
        if self._speaks_for_itself():
            return Verdict.NAME
        if self.before >= Before.WORD and self.behind == 4 and self.inside >= -2:
            return Verdict.NAME  # 登记在｜余建国｜名下: both sides speak of people only
        if self.before is Before.NOTHING:
            open_ = self.inside >= (-1 if self.behind == 4 else 2)
            return Verdict.DOUBTFUL if open_ else Verdict.NONE
        open_ = self.inside + min(self.behind, 3) >= 0
        return Verdict.DOUBTFUL if open_ else Verdict.NONE

    def _speaks_for_itself(self) -> bool:
        if self.before >= Before.WORD:
            return (self.inside >= 2 and self.behind >= 1) or (
                self.inside >= 1 and self.behind >= 3
            )
        return (self.inside >= 2 and self.behind >= 2) or (self.inside >= 3 and self.behind >= 1)

    @property
    def score(self) -> float:
        """Confidence that this is a name, for one whose verdict is NAME."""
        sure = 0.8 if self.before < Before.ROLE else 0.88
        return min(0.97, sure + 0.02 * (min(self.behind, 3) + min(self.inside, 3)))


def weigh_all(text: str, cut: Cut) -> Iterator[Evidence]:
    """The evidence at every place of a folded text where a name could begin, in order.

    Places inside of a name that is settled already are passed over.
    """
    name: Evidence | None = None
    for offset in name_places(text, cut):
        if name and offset < name.end:
            continue
        joined = name if name and offset == name.end + 1 and text[name.end] == "、" else None
        evidence = _weigh(text, offset, cut, joined)
        if evidence is None:
            continue
        if evidence.verdict is Verdict.NAME:
            name = evidence
        yield evidence


def _weigh(text: str, offset: int, cut: Cut, joined: Evidence | None) -> Evidence | None:
    surname = surname_length(text, offset)
    entry = cut.at(offset)
    if surname == 1 and _is_preposition(text, offset, entry):
        surname = 0  # 向熊珩借款: a name begins behind the preposition
    span = read_name(text, offset) if surname else None
    if span is None and (entry is None or not is_odd(entry)):
        return None
    before = max(joined.before, Before.ROLE) if joined else what_leads_to(text, offset)
    if span is None:
        if before is Before.ROLE and entry is not None:
            # 被告人帕晓燕: a family name of no table; the model has to say.
            return Evidence(offset, entry.end, before, 0, -2)
        return None
    span = _cut_before_word(text, span, offset + surname, cut)
    behind = _behind(text, span.end, cut)
    announced = before >= Before.ROLE
    inside = _inside(text, offset, span.end, surname, cut, announced=announced)
    people_only = announced or (before >= Before.WORD and behind == 4)
    if begins_like_a_word(text[offset : span.end], announced=people_only):
        inside -= 3 if announced else 6
    if text[offset - 1 : offset] in _QUOTES and text[span.end : span.end + 1] in _UNQUOTES:
        inside -= 3  # “云烟” is a brand
    # In the middle of a clause a verb behind is less telling: 永宁县东泰阳光大酒店.
    enough = 3 if before is Before.NOTHING else 2
    if behind < enough and inside >= 0 and begins_organisation(text, offset):
        inside -= 3
    return Evidence(offset, span.end, before, behind, inside)


def _is_preposition(text: str, offset: int, entry: Entry | None) -> bool:
    """Whether a family name is a preposition here, before another one; in 向阳 it is none."""
    if entry is not None and entry.tag == "nr" and len(entry.text) == 2:
        return False
    return text[offset] in LEADING_CHARACTERS and surname_length(text, offset + 1) > 0


def _behind(text: str, end: int, cut: Cut) -> int:
    if PHRASES_AFTER.match(text, end):
        return 4
    strength = follow_strength(text, end)
    following = cut.at(end) if strength < 2 else None
    return 2 if following and _is_whole_word(following) else strength


def _cut_before_word(text: str, span: NameSpan, given: int, cut: Cut) -> NameSpan:
    """A name whose last character begins a whole ordinary word ends before it: 唐娟|随身携带."""
    if span.end - 1 > given and text[span.end - 1] in _PARTICLES:
        return replace(span, end=span.end - 1)
    if follow_strength(text, span.end) > 1:
        return span
    following = cut.at(span.end - 1)
    if span.end - 1 > given and following and _is_whole_word(following):
        return replace(span, end=span.end - 1)
    return span


def _is_whole_word(entry: Entry) -> bool:
    known = Familiarity.RARE if len(entry.text) > 2 else Familiarity.COMMON
    return len(entry.text) > 1 and familiarity(entry.text) >= known


def _inside(text: str, start: int, end: int, surname: int, cut: Cut, *, announced: bool) -> int:
    """How far the characters of a possible name look like one to a dictionary."""
    sign = _reading(start, end, surname, cut)
    if announced and cut.at(start) is None:
        sign = max(sign, 0)  # 开户|人马|天佑: the role cuts the word
    if any(is_rare(character) for character in text[start + surname : end]):
        sign += 1
    if surname == 1 and text[start] in DOUBTFUL_SURNAMES and not announced:
        sign -= 1
    if start and surname == 1 and ends_word(text[start - 1 : start + 1]):
        sign -= 1
    if (
        text[end - 1] in _NO_ENDINGS
        or text[end - 1] in _PARTICLES
        or text[end : end + 1] in _PLACES_BEHIND
    ):
        sign -= 6
    elif text[end - 1] in _LANDSCAPE:
        sign -= 1
    return sign


def _reading(start: int, end: int, surname: int, cut: Cut) -> int:
    entry = cut.at(start)
    if surname > 1:
        return 2
    if entry is None:
        around = cut.around(start)
        if around and cut.leaves_given_name(around, start):
            return 1
        return -1 if around and is_common(around.text) else 0
    if len(entry.text) > 1:
        if len(entry.text) > 4:
            return 0
        known = familiarity(entry.text)
        return 0 if known is Familiarity.COMMON and entry.tag == "nr" else _SINGLE_WORD[known]
    given = cut.at(entry.end)
    if given is None:
        return 0
    if len(given.text) == 1:
        return 1
    known = familiarity(given.text)
    if given.end > end:
        return -1 if known is Familiarity.COMMON else 0
    if known is Familiarity.UNKNOWN:
        return 2
    if given.tag == "n":
        return 0
    return -1 if given.tag in _PROCEDURE else 2
