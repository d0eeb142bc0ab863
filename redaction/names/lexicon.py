"""Ordinary words that begin like a name: 单位, 有财产, 经查. No such word is anybody."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    text = files("redaction").joinpath("data/not_names.txt").read_text(encoding="utf-8")
    plain: set[str] = set()
    possible: set[str] = set()
    for line in text.splitlines():
        if not line.startswith("#"):
            target = possible if line.startswith(":") else plain
            target.update(line.removeprefix(":").split())
    return frozenset(plain), frozenset(possible - plain)


def is_word(pair: str) -> bool:
    """Whether two characters are a word of the dictionary that is surely no name."""
    return pair in _words()[0]


def begins_like_a_word(name: str, *, announced: bool, seen: bool = False) -> bool:
    """Whether a supposed name is, or begins with, an ordinary word.

    ``announced`` says that a role word stands right before: then a word that could be a name
    (高明) is one. ``seen`` says that the model takes it for a name: then 成立军 is one, although
    成立 is a word.
    """
    plain, possible = _words()
    if name in plain:
        return not (announced and seen)
    if name[:2] in plain:
        return not seen
    return not announced and name in possible
