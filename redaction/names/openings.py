"""Where a name could begin: most places of a text are passed over without weighing anything."""

from __future__ import annotations

import re
from functools import cache

from redaction.names.cuewords import KINSHIP_SIGNS, LEADING_CHARACTERS, PERSON_ENDINGS
from redaction.names.dictionary import Cut, Entry, Familiarity, familiarity, is_common
from redaction.names.leading import SIGN_ENDINGS, Before, what_leads_to
from redaction.names.lexicon import ends_word, is_word
from redaction.names.surnames import HAN, is_han, surname_beginnings

# Parts of speech of single characters that are hardly words by themselves.
_HARDLY_WORDS = frozenset(
    {"g", "ng", "vg", "ag", "tg", "k", "h", "y", "e", "o", "j", "z", "n", "q", "b", "a"}
)
_CUTTING = LEADING_CHARACTERS | PERSON_ENDINGS


def name_places(text: str, cut: Cut) -> list[int]:
    """Where a family name could begin: at a word, or inside one behind a sign of a person.

    The dictionary cuts 开户人马天佑 into 开户, 人马 and 天佑. Behind 人 and the like any word may
    be a name, one with a family name of no table, too.
    """
    beginnings = surname_beginnings()
    places = {
        start
        for start, word, _ in cut
        if word[0] in beginnings and not _is_plain(text, start, word)
    }
    for match in _behind_signs().finditer(text):
        offset = match.start()
        around = cut.around(offset)
        if around is None:
            word = cut.at(offset)
            if text[offset - 1] in PERSON_ENDINGS and word is not None and is_odd(word):
                places.add(offset)
        elif text[offset] in beginnings and (
            _may_be_cut(around, text[offset - 1])
            or _cuts_kinship(text, offset, around)
            or cut.leaves_given_name(around, offset)
        ):
            places.add(offset)
    return sorted(places)


def _may_be_cut(word: Entry, sign: str) -> bool:
    """Whether a name may begin inside a word, behind a sign: in 人马, not in 机关 or 和解."""
    if not is_common(word.text):
        return True
    return len(word.text) == 2 and sign in _CUTTING and not ends_word(word.text)


def _cuts_kinship(text: str, offset: int, word: Entry) -> bool:
    """Whether a relative ends inside a common word: 其女|王小美, but 系女方亲属."""
    return (
        text[offset - 1] in KINSHIP_SIGNS
        and word.text != "女方"
        and what_leads_to(text, offset) is Before.ROLE
    )


@cache
def _behind_signs() -> re.Pattern[str]:
    beginnings = "".join(surname_beginnings())
    signs, people = "".join(sorted(SIGN_ENDINGS)), "".join(sorted(PERSON_ENDINGS))
    return re.compile(f"(?<=[{signs}])[{beginnings}]|(?<=[{people}])[{HAN}]")


def _is_plain(text: str, start: int, word: str) -> bool:
    """Whether an ordinary word stands where nothing leads up to a person: no need to weigh it."""
    if len(word) == 1:
        return not is_han(text[start + 1 : start + 2])
    known = is_word(word[:2])
    last = text[start - 1 : start]
    if last in SIGN_ENDINGS:
        return known and is_common(word)
    return known or (is_han(last) and is_common(word))


def is_odd(entry: Entry) -> bool:
    """Whether a word with no family name in front may be a name: unknown, or hardly a word."""
    if len(entry.text) == 1:
        return is_han(entry.text) and entry.tag in _HARDLY_WORDS
    unknown = familiarity(entry.text) is Familiarity.UNKNOWN
    return unknown and is_han(entry.text[0]) and entry.text[0] not in "之其"
