"""Words and tags of a text as the model cuts it, with what they say for and against a name.

Only clauses in which a doubt is left are read; what the model said about a text is dropped with
the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from redaction.names.cuewords import LEADING_CHARACTERS
from redaction.names.dictionary import Familiarity, familiarity, is_common
from redaction.names.model import Tagged, Tagger
from redaction.names.surnames import is_rare

_CLAUSE = re.compile(r"[^，。；\n！？]{1,200}[，。；\n！？]?|[，。；\n！？]")
# Tags of ordinary words; PER, ORG, nz, nr, nw and the unknown may hide a name.
_ORDINARY = frozenset(
    {"n", "v", "vd", "vn", "a", "ad", "an", "d", "m", "q", "r", "p", "c", "u", "xc", "f", "s", "t",
     "TIME", "LOC"}
)  # fmt: skip
_LINKING = frozenset({"v", "p", "c", "d", "u", "r", "f", "m", "q", "vd", "xc"})
_FOLLOWING = frozenset({"v", "vn", "vd", "d", "ad", "p", "c", "r", "s"})
_UNLIKELY = frozenset({"n", "p", "d", "a", "c", "r", "q", "u", "xc", "an"})
_PLACE_ENDINGS = frozenset("省市区县镇乡村州路街河湖江岛港桥店庄屯沟堡坝盟旗")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text as the model cut it."""

    start: int
    end: int
    tag: str


class Words:
    """The words of one text, computed for a clause when somebody asks about it."""

    def __init__(self, text: str, tagger: Callable[[], Tagger]) -> None:
        self._text = text
        self._tagger = tagger
        self._spans = [match.span() for match in _CLAUSE.finditer(text)]
        self._starts = [start for start, _ in self._spans]
        self._cut: dict[int, tuple[list[int], list[Word]]] = {}

    @classmethod
    def of(
        cls, texts: Sequence[str], doubts: Sequence[Iterable[int]], tagger: Callable[[], Tagger]
    ) -> list[Words]:
        """The words of several texts; the model reads all clauses in doubt at once.

        ``doubts`` are, for each text, the offsets that somebody is going to ask about.
        """
        every = [cls(text, tagger) for text in texts]
        wanted = list(
            dict.fromkeys(
                (words, words._clause(offset))
                for words, offsets in zip(every, doubts, strict=True)
                for offset in offsets
            )
        )
        if wanted:
            # Court papers repeat themselves: a clause is read once however often it stands there.
            clauses = list(dict.fromkeys(words._clause_text(n) for words, n in wanted))
            tagged = dict(zip(clauses, tagger().tag(clauses), strict=True))
            for words, number in wanted:
                words._keep(number, tagged[words._clause_text(number)])
        return every

    def people(self) -> Iterator[Word]:
        """Every word tagged as a personal name in the clauses that were read."""
        for number in sorted(self._cut):
            for word in self._cut[number][1]:
                if word.tag == "PER":
                    yield word

    def inside(self, start: int, end: int) -> list[Word]:
        """The words that overlap ``start``..``end``, which lies within one clause."""
        if start >= len(self._text):
            return []
        starts, words = self._read(self._clause(start))
        first = max(0, bisect_right(starts, start) - 1)
        found = []
        for word in words[first:]:
            if word.start >= end:
                break
            if word.end > start:
                found.append(word)
        return found

    def is_person(self, start: int, end: int) -> bool:
        """Whether the model sees a personal name that begins at ``start``."""
        return any(word.tag == "PER" and word.start == start for word in self.inside(start, end))

    def is_coined(self, start: int, end: int) -> bool:
        """Whether ``start``..``end`` is one word of three characters with a tag it cannot have.

        A preposition or a place of three characters that begins with a family name (向建静,
        陶兰海) is a name the model never met.
        """
        words = self.inside(start, end)
        if len(words) != 1 or (words[0].start, words[0].end) != (start, end) or end - start != 3:
            return False
        tag = words[0].tag
        return tag in _UNLIKELY or (tag == "LOC" and self._text[end - 1] not in _PLACE_ENDINGS)

    def is_unheard_of(self, start: int, end: int) -> bool:
        """Whether the model reads one word that no dictionary holds: 雷涛, 欠赖波."""
        words = self.inside(start, end)
        if len(words) != 1 or words[0].end != end:
            return False
        glued = words[0].start == start - 1 and self._text[start - 1] in LEADING_CHARACTERS
        if words[0].start != start and not glued:
            return False
        return familiarity(self._text[words[0].start : end]) is Familiarity.UNKNOWN

    def ends_name(self, start: int, end: int) -> int | None:
        """Where the model ends a name that begins at ``start``, if an ordinary word follows.

        董敏|连带: the two characters of a whole word after the name outweigh the rule that most
        given names have two characters. None where the model has no such opinion.
        """
        words = self.inside(start, end + 1)
        if len(words) < 2 or words[0].tag != "PER" or words[0].start != start:
            return None
        following = words[1]
        return words[0].end if following.start < end and self._goes_on(following) else None

    def goes_on(self, offset: int) -> bool:
        """Whether an ordinary word of two characters or more begins at ``offset``."""
        words = self.inside(offset, offset + 1)
        return bool(words) and words[0].start == offset and self._goes_on(words[0])

    def _goes_on(self, word: Word) -> bool:
        """Whether a word is one that follows names rather than the torn-off end of a name."""
        if word.end - word.start < 2 or is_rare(self._text[word.start]):
            return False
        return word.tag in _FOLLOWING

    def contradict(self, start: int, end: int) -> bool:
        """Whether the model reads ``start``..``end`` as ordinary words.

        It does where the span begins inside a word (父|母居住), where it begins with a whole
        ordinary word (家属, 付清), and where a function word is followed by one (有|财产).
        """
        words = self.inside(start, end)
        if not words:
            return False
        head = words[0]
        if head.tag not in _ORDINARY:
            return False
        if head.start < start:
            return head.end - head.start > 1 and not self._is_glued(head, start)
        if head.end - head.start > 1:
            return head.end - head.start < 3 or head.tag in ("LOC", "TIME")
        following = words[1] if len(words) > 1 else None
        return (
            head.tag in _LINKING
            and following is not None
            and following.tag in _ORDINARY
            and following.end - following.start > 1
        )

    def _is_glued(self, word: Word, surname: int) -> bool:
        """Whether a word is a preposition or verb glued to a family name: 欠白|建国."""
        if (word.start, word.end) != (surname - 1, surname + 1):
            return False
        pair = self._text[word.start : word.end]
        return pair[0] in LEADING_CHARACTERS and not is_common(pair)

    def _clause(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _read(self, number: int) -> tuple[list[int], list[Word]]:
        if number not in self._cut:
            self._keep(number, self._tagger().tag([self._clause_text(number)])[0])
        return self._cut[number]

    def _clause_text(self, number: int) -> str:
        return self._text[slice(*self._spans[number])]

    def _keep(self, number: int, tagged: Tagged) -> None:
        words = list(_placed(tagged, self._starts[number]))
        self._cut[number] = ([word.start for word in words], words)


def _placed(tagged: Tagged, offset: int) -> Iterator[Word]:
    for word, tag in tagged:
        yield Word(offset, offset + len(word), tag)
        offset += len(word)
