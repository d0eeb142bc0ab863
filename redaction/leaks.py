"""Look for private values in what is about to be public, in any form a value can be written.

Instead of listing forms, both sides are brought to one skeleton: folded (full width, circled and
other digits, invisible marks), Chinese numerals as digits, separators gone, letters in one case.
A value that matches in the skeleton is readable in the text, however it is spelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from redaction.dates import dates_in
from redaction.digits import TO_ASCII
from redaction.folding import fold
from redaction.model import Kind, Leak, PrivateValue
from redaction.names.known import NameFinder
from redaction.recognisers.places import district_of

_NOISE = re.compile(r"[^0-9a-z\u3400-\u9fff\ue000-\uf8ff\U00020000-\U000323af]+")
_SHORTEST = 4
_SHORTEST_TAIL = 5
_CORE = re.compile(r"\d{6,}(?=\D*$)")
_APART = "\0"
_WORDS = frozenset({Kind.PERSON, Kind.MINOR})


def skeleton(text: str) -> str:
    """The one form all spellings of a number or address share."""
    return _NOISE.sub("", fold(text).text.translate(TO_ASCII).casefold())


@dataclass(frozen=True, slots=True)
class _Text:
    """One public string in the forms values are looked up in."""

    path: str
    raw: str
    folded: str
    skeleton: str
    dates: frozenset[date]


def verify(
    public: Mapping[str, Any] | Iterable[tuple[str, str]],
    private: Iterable[PrivateValue],
    *,
    allowed: Iterable[tuple[str, str]] = (),
) -> tuple[Leak, ...]:
    """Every private value that can be read in ``public``, as leaks that do not repeat the value.

    ``public`` is nested data (paths are built as ``events[3].text``) or pairs of path and text.
    ``allowed`` are pairs of a path prefix and a value that may stand under it, such as the name of
    a listed debtor on the page of the list.
    """
    texts = [_read(path, value) for path, value in _leaves(public)]
    whole = _joined(texts)
    exempt = [(prefix, skeleton(value)) for prefix, value in allowed]
    leaks: list[Leak] = []
    for value in private:
        sought = _sought(value)
        # Hardly any value stands anywhere: most are done with in one look over all texts.
        if not _form_found(sought, whole):
            continue
        for text in texts:
            if any(s == sought.bare and text.path.startswith(prefix) for prefix, s in exempt):
                continue
            form = _form_found(sought, text)
            if form:
                leaks.append(Leak(text.path, value.kind, form))
    return tuple(dict.fromkeys(leaks))


@dataclass(frozen=True, slots=True)
class _Sought:
    """One private value, in the forms it is looked for; made once for all texts."""

    value: str
    kind: Kind
    bare: str
    finder: NameFinder | None = None
    days: tuple[date, ...] = ()
    tail: str = ""
    core: str = ""


def _sought(private: PrivateValue) -> _Sought:
    value, kind = private.value, private.kind
    bare = skeleton(value)
    if kind in _WORDS:
        return _Sought(value, kind, bare, finder=NameFinder([value]))
    if kind is Kind.BIRTH_DATE:
        return _Sought(value, kind, bare, days=tuple(dates_in(fold(value).text)))
    if kind is Kind.ADDRESS:
        return _Sought(value, kind, bare, tail=skeleton(value[len(district_of(value)) :]))
    if kind is Kind.PROPERTY_CERTIFICATE:
        core = _CORE.search(bare)
        return _Sought(value, kind, bare, core=core.group() if core else "")
    return _Sought(value, kind, bare)


def _read(path: str, raw: str) -> _Text:
    folded = fold(raw).text
    return _Text(path, raw, folded, skeleton(raw), frozenset(dates_in(folded)))


def _joined(texts: Sequence[_Text]) -> _Text:
    """All texts as one, apart by a sign no value holds: what is not in it is in none of them."""
    return _Text(
        "",
        _APART.join(text.raw for text in texts),
        _APART.join(text.folded for text in texts),
        _APART.join(text.skeleton for text in texts),
        frozenset().union(*(text.dates for text in texts)),
    )


def _leaves(public: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(public, str):
        yield path, public
    elif isinstance(public, Mapping):
        for key, value in public.items():
            yield from _leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(public, Iterable):
        for index, value in enumerate(public):
            if not path and isinstance(value, tuple) and len(value) == 2:
                yield from _leaves(value[1], str(value[0]))
            else:
                yield from _leaves(value, f"{path}[{index}]")
    elif public is not None and not isinstance(public, bool):
        yield path, str(public)


def _form_found(sought: _Sought, text: _Text) -> str:
    """How the value was found, "" where it was not."""
    value, bare = sought.value, sought.bare
    if len(bare) < 2:
        return ""
    if sought.finder:
        return _name_found(value, sought.finder, text)
    if sought.kind is Kind.BIRTH_DATE:
        return _date_found(sought, text)
    if len(bare) < _SHORTEST and not value.isascii():
        return "raw" if value in text.raw else ""
    if len(bare) >= _SHORTEST and bare in text.skeleton:
        return "raw" if value in text.raw else "skeleton"
    if len(sought.tail) >= _SHORTEST_TAIL and sought.tail in text.skeleton:
        return "tail"
    return "core" if sought.core and sought.core in text.skeleton else ""


def _name_found(name: str, finder: NameFinder, text: _Text) -> str:
    if next(finder.find(text.folded), None) is None:
        return ""
    return "raw" if name in text.raw else "spaced"


def _date_found(sought: _Sought, text: _Text) -> str:
    if sought.value in text.raw:
        return "raw"
    if any(day in text.dates for day in sought.days):
        return "date"
    return "digits" if any(f"{day:%Y%m%d}" in text.skeleton for day in sought.days) else ""
