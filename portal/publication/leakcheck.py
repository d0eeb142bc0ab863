"""The gate reads its own output again, against every private value of the case.

Every column of every row is read, whatever its name: a column added tomorrow is
checked without anybody remembering to. The only texts let off are the legal name of a
listed party and, for a listed organisation, its representative and credit code, which
法释〔2017〕7号 art. 6 tells the court to publish, and those only on the list row itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import inspect

from portal.disclosure.base import DisclosureBase
from portal.disclosure.models import PublicCase, PublicDebtor, PublicRestriction
from portal.publication.addresses import PublicRow, list_rows
from portal.publication.allowances import Allowance, without_allowed
from portal.reference.vocabulary import PartyKind
from redaction import Grade, Hold, Leak, PrivateValue, verify
from search_index import Document

# Columns that a list row fills by law; nothing else may hold a private value.
_PUBLISHED_BY_LAW = {
    PublicDebtor: ("name",),
    PublicRestriction: ("name",),
}
_PUBLISHED_OF_ORGANISATIONS = {
    PublicDebtor: ("legal_representative", "id_masked"),
    PublicRestriction: ("id_masked",),
}


# How a private value was found, in a reviewer's words.
FORMS = {
    "raw": "与原文相同",
    "skeleton": "换了写法",
    "spaced": "字间有间隔",
    "tail": "住址的后半部分",
    "core": "证号中的号码",
    "date": "同一日期",
    "digits": "以数字写出的日期",
}


def public_texts(row: DisclosureBase, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, text) for every column of a public row, JSON columns leaf by leaf."""
    for column in inspect(type(row)).columns:
        value = getattr(row, column.key)
        if value is not None:
            yield from _leaves(f"{prefix}{column.key}", value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{path}.{key}", str(key)
            yield from _leaves(f"{path}.{key}", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(f"{path}[{index}]", item)
    else:
        yield path, str(value)


def case_texts(case: PublicCase) -> Iterator[tuple[str, str]]:
    """Every public text of a case and its entries, but for what the law wants on a list."""
    for row in list_rows(case):
        name = type(row).__name__
        exempt = set(_PUBLISHED_BY_LAW.get(type(row), ()))
        if getattr(row, "kind", PartyKind.PERSON) != PartyKind.PERSON:
            exempt |= set(_PUBLISHED_OF_ORGANISATIONS.get(type(row), ()))
        for path, text in public_texts(row, f"{name}."):
            if path.removeprefix(f"{name}.") not in exempt:
                yield path, text
    for event in case.events:
        yield from public_texts(event, f"events[{event.position}].")
    for index, link in enumerate(case.links):
        yield from public_texts(link, f"links[{index}].")
    yield from _note_texts(case)


def find_leaks(
    case: PublicCase,
    private: tuple[PrivateValue, ...],
    allowances: Iterable[Allowance] = (),
) -> tuple[Hold, ...]:
    """Private values that stand in the public form of their own case, in any written form.

    What two people let stand (``allowances``) is passed over in its own texts.
    """
    let = tuple(allowances)
    texts = ((path, without_allowed(text, let)) for path, text in case_texts(case))
    leaks = list(_verify(texts, private))
    listed: list[PublicDebtor | PublicRestriction] = [*case.debtors, *case.restrictions]
    for name in dict.fromkeys(row.name for row in listed):
        # The name column holds the party's legal name and nothing beside it.
        others = tuple(value for value in private if value.value != name)
        names = ((f"{type(row).__name__}.name", row.name) for row in listed if row.name == name)
        leaks += _verify(names, others)
    return tuple(
        Hold(f"屏蔽后仍可见到私密内容（{FORMS[leak.form]}）", leak.kind, leak.path, Grade.LEAK)
        for leak in leaks
    )


def find_note_leaks(case: PublicCase, private: tuple[PrivateValue, ...]) -> tuple[Leak, ...]:
    """Private values in the version notes, which are written after the draft was read."""
    return tuple(_verify(_note_texts(case), private))


def _note_texts(case: PublicCase) -> Iterator[tuple[str, str]]:
    for note in case.notes:
        yield from public_texts(note, f"notes[{note.position}].")


def index_leaks(
    documents: Iterable[tuple[PublicRow, Document]],
    private: tuple[PrivateValue, ...],
    allowed_texts: Iterable[tuple[str, str]] = (),
) -> tuple[Hold, ...]:
    """Private values in what the index is told of a case; list entries may give their name.

    ``allowed_texts`` are public texts with words that were let stand, and the same without them.
    """
    texts: list[tuple[str, str]] = []
    allowed = tuple(allowed_texts)
    for row, document in documents:
        body = document.body
        for text, without in allowed:
            body = body.replace(text, without)
        texts += [("body", body), ("url", document.url), ("status", document.status)]
        if not isinstance(row, PublicDebtor | PublicRestriction):
            texts += [("title", document.title), *(("names", name) for name in document.names)]
    return tuple(
        Hold("索引文档中有私密内容", leak.kind, f"index.{leak.path}", Grade.LEAK)
        for leak in _verify(texts, private)
    )


def _verify(texts: Iterable[tuple[str, str]], private: tuple[PrivateValue, ...]) -> Iterator[Leak]:
    """Look through every text; one that stands in several places is read once."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in texts:
        places[text].append(path)
    numbered = list(places)
    for leak in verify([(str(at), text) for at, text in enumerate(numbered)], private):
        for path in places[numbered[int(leak.path)]]:
            yield replace(leak, path=path)
