"""``portal verify``: reads everything public again and looks for what must not be there.

Five passes. Each case's rows and index documents against the private values of that
case; rows whose case the registry does not know; stories, notices and pictures; the figures of
statistics, which must neither be small nor give a small one away; and the bytes of the database
and the index on disk against every long private number of the whole registry, because a row that
was deleted badly leaves its bytes behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicPicture
from portal.disclosure.models import PublicCase
from portal.disclosure.statistics import read_statistics
from portal.publication.addresses import item_id, item_kind, list_rows
from portal.publication.article_inspection import (
    all_articles,
    inspect_article,
    inspect_picture,
)
from portal.publication.documents import load_document
from portal.publication.gate import Gate
from portal.publication.leakcheck import find_leaks, index_leaks
from portal.publication.queue import case_terms
from portal.publication.release import last_entry
from portal.publication.remembering import remembering
from portal.publication.statistics import inspect_statistics
from portal.registry.models import CaseRevision, RegistryCase
from redaction import Hold, PrivateValue, Redactor
from search_index import Kind, Where

# Shorter numbers meet others by chance; these lengths are phones, cards and IDs.
SHORTEST_NUMBER = 11
_RUN = re.compile(rb"[0-9]{%d,40}[Xx]?" % SHORTEST_NUMBER)
_CHUNK = 1 << 20


@dataclass(frozen=True)
class PublicLeak:
    """Where something private stands in public: item, path in it, kind. Never the value."""

    item: str
    path: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Inspection:
    """Items read (rows with an address, and files) and what was found in them."""

    scanned: int
    leaks: tuple[PublicLeak, ...]


def inspect_public(gate: Gate, progress: Callable[[int, int], None] | None = None) -> Inspection:
    """Read all that is public. ``progress`` is told cases done and cases in all."""
    leaks: list[PublicLeak] = []
    numbers: set[str] = set()
    scanned = 0
    redactor = remembering(gate.redactor)
    with gate.stores.registry() as session, gate.stores.disclosure() as public:
        unseen = set(public.scalars(select(PublicCase.case_number)))
        total = session.scalar(select(func.count(RegistryCase.id))) or 0
        cases = session.scalars(
            select(RegistryCase).order_by(RegistryCase.id).execution_options(yield_per=200)
        )
        for done, case in enumerate(cases, 1):
            private = _private_values(redactor, session, public, case)
            numbers |= _long_numbers(private)
            unseen.discard(case.case_number)
            scanned += _inspect_case(public, case.case_number, private, leaks)
            if progress:
                progress(done, total)
        for number in sorted(unseen):
            scanned += 1
            leaks.append(PublicLeak(number, "", "other", "登记库中没有这一案件"))
        for row in all_articles(public):
            scanned += 1
            found = inspect_article(gate, session, row)
            leaks += [PublicLeak(row.slug, path, "other", reason) for path, reason in found]
        for picture in public.scalars(select(PublicPicture).execution_options(yield_per=20)):
            scanned += 1
            wrong = inspect_picture(picture)
            leaks += [PublicLeak(picture.story_slug, "picture", "other", why) for why in wrong]
        scanned += read_statistics(public) is not None
        leaks += [
            PublicLeak("statistics", path, "other", reason)
            for path, reason in inspect_statistics(public)
        ]
        engine = public.get_bind()
    for path in _public_files(engine, gate.index_path):
        scanned += 1
        leaks += _inspect_bytes(path, numbers)
    return Inspection(scanned, tuple(leaks))


def _private_values(
    redactor: Redactor, session: Session, public: Session, case: RegistryCase
) -> tuple[PrivateValue, ...]:
    """What must not be seen of a case: by its newest record, and by the one that is published.

    They differ while a newer version waits; who is a party only of the older is private too.
    """
    records = [case.content]
    entry = last_entry(public, "case", case.case_number)
    if entry is not None and entry.revision != case.revision:
        records += session.scalars(
            select(CaseRevision.content).filter_by(case_id=case.id, revision=entry.revision)
        )
    terms = case_terms(session, case.id)
    values = (
        redactor.for_record(record, hide=terms.hide, keep=terms.keep).private for record in records
    )
    return tuple(dict.fromkeys(chain.from_iterable(values)))


def _inspect_case(
    public: Session,
    number: str,
    private: tuple[PrivateValue, ...],
    leaks: list[PublicLeak],
) -> int:
    case = public.scalars(select(PublicCase).filter_by(case_number=number)).one_or_none()
    if case is None:
        return 0
    rows = list_rows(case)
    found: list[Hold] = list(find_leaks(case, private))
    documents = ((row, load_document(public, Kind(item_kind(row)), item_id(row))) for row in rows)
    found += index_leaks([(row, told) for row, told in documents if told], private)
    leaks += [PublicLeak(number, hold.path, str(hold.kind or ""), hold.reason) for hold in found]
    return len(rows)


def _long_numbers(private: Iterable[PrivateValue]) -> set[str]:
    runs = (re.sub(r"\D", "", value.value) for value in private)
    return {run for run in runs if len(run) >= SHORTEST_NUMBER}


def _public_files(engine: object, index_path: Where) -> Iterator[Path]:
    if isinstance(engine, Engine) and engine.dialect.name == "sqlite" and engine.url.database:
        database = Path(engine.url.database)
        yield from sorted(database.parent.glob(database.name + "*"))
    # The files of a cluster lie on other machines; what it was sent has been looked at above.
    if isinstance(index_path, Path):
        yield from sorted(path for path in index_path.rglob("*") if path.is_file())


def _inspect_bytes(path: Path, numbers: set[str]) -> Iterator[PublicLeak]:
    lengths = sorted({len(number) for number in numbers})
    with path.open("rb") as handle:
        tail = b""
        while chunk := handle.read(_CHUNK):
            for match in _RUN.finditer(tail + chunk):
                run = match.group().decode()
                if any(
                    run[start : start + length] in numbers
                    for length in lengths
                    for start in range(len(run) - length + 1)
                ):
                    yield PublicLeak(path.name, "", "other", "文件字节中有私密号码")
                    return
            tail = chunk[-64:]
