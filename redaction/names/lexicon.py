"""Ordinary words that begin like a name: 单位, 有财产, 经查. No such word is anybody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Words that begin like a name, those of them a person could be called, words that end so."""

    plain: frozenset[str]
    possible: frozenset[str]
    endings: frozenset[str]


@cache
def _words() -> _Lexicon:
    text = files("redaction").joinpath("data/not_names.txt").read_text(encoding="utf-8")
    lists: dict[str, set[str]] = {"": set(), ":": set(), ">": set()}
    for line in text.splitlines():
        if not line.startswith("#"):
            mark = line[:1] if line[:1] in (":", ">") else ""
            lists[mark].update(line.removeprefix(mark).split())
    return _Lexicon(frozenset(lists[""]), frozenset(lists[":"]), frozenset(lists[">"]))


def is_word(pair: str) -> bool:
    """Whether two characters are a word of the dictionary that is surely no name."""
    return pair in _words().plain


def ends_word(pair: str) -> bool:
    """Whether the second of two characters, a family name elsewhere, ends a word here: 给付."""
    lexicon = _words()
    return pair in lexicon.endings or pair in lexicon.plain


def begins_like_a_word(name: str, *, announced: bool, seen: bool = False) -> bool:
    """Whether a supposed name is, or begins with, an ordinary word.

    ``announced`` says that a role word stands right before: then a word that could be a name
    (高明) is one. ``seen`` says that the model takes it for a name: then 成立军 is one, although
    成立 is a word.
    """
    lexicon = _words()
    if name in lexicon.plain:
        return not (announced and seen)
    if name[:2] in lexicon.plain:
        return not seen
    return not announced and name in lexicon.possible
