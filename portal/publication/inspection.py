"""``portal verify``: reads everything public again and looks for what must not be there.

Seven passes. Each case's rows and index documents against the private values of that case, and
the pages that show it, as the public surface makes them; the envelopes of its parties, locked and
opened; rows whose case the registry does not know; stories, notices, pictures and files; the
figures of statistics, which must neither be small nor give a small one away; every other page; and
the bytes of the database and the index on disk against every long private number of the whole
registry, because a row that was deleted badly leaves its bytes behind.

A run over a whole court is long: it can be stopped at any moment and taken up at its bookmark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicAttachment, PublicPicture
from portal.disclosure.ledger import Tombstone
from portal.disclosure.models import PublicCase
from portal.disclosure.statistics import read_statistics
from portal.publication.addresses import case_path, item_id, item_kind, list_rows
from portal.publication.allowances import Allowance
from portal.publication.article_inspection import (
    all_articles,
    inspect_article,
    inspect_picture,
)
from portal.publication.attachment_inspection import inspect_attachment
from portal.publication.bookmarks import Bookmark
from portal.publication.documents import load_document
from portal.publication.envelope_inspection import ViewInspector, sealed_revisions
from portal.publication.gate import Gate
from portal.publication.leakcheck import find_leaks, index_leaks
from portal.publication.mark_rows import published_allowances, read_marks
from portal.publication.override_inspection import (
    PublicOverride,
    allowed_texts,
    standing_overrides,
)
from portal.publication.page_inspection import (
    SHORTEST_NUMBER,
    NumberFinder,
    Page,
    PageReader,
    Render,
)
from portal.publication.release import last_entry
from portal.publication.remembering import remembering
from portal.publication.statistics import inspect_statistics
from portal.registry.models import CaseRevision, RegistryCase
from redaction import Hold, PrivateValue, Redactor
from search_index import Kind, Where

_CHUNK = 1 << 20
# Cases read between two writings of the bookmark.
STRIDE = 20


@dataclass(frozen=True)
class PublicLeak:
    """Where something private stands in public: item, path in it, kind. Never the value."""

    item: str
    path: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Inspection:
    """Items read (rows with an address, and files), pages read, and what was found in them.

    ``faults`` are (address, reason) of pages that did not answer as they should. What two people
    let stand is no leak; it is told apart (``overridden``) so that nobody forgets it.
    """

    scanned: int
    leaks: tuple[PublicLeak, ...]
    pages: int = 0
    faults: tuple[tuple[str, str], ...] = ()
    overridden: tuple[PublicOverride, ...] = ()


def inspect_public(
    gate: Gate,
    progress: Callable[[int, int], None] | None = None,
    *,
    render: Render | None = None,
    bookmark: Bookmark | None = None,
    keep: Callable[[Bookmark], None] | None = None,
) -> Inspection:
    """Read all that is public. ``progress`` is told cases done and cases in all, then, one by one,
    the pages behind them, of which nobody knows beforehand how many there are.

    Pages are read where there is something to ``render`` them. Cases that a run which was stopped
    has read, up to its ``bookmark``, are passed over unless they were changed since; ``keep`` is
    handed the place every few cases.
    """
    place = bookmark or Bookmark(datetime.now(UTC), gate.redactor.policy.version)
    reader = PageReader(render, place) if render else None
    views = ViewInspector(gate.desk)
    with gate.stores.registry() as session, gate.stores.disclosure() as public:
        unseen = set(public.scalars(select(PublicCase.case_number)))
        numbers: set[str] = set()
        total = session.scalar(select(func.count(RegistryCase.id))) or 0
        overridden: list[PublicOverride] = []
        for done, (case, shown, private) in enumerate(_cases(gate, session, public), 1):
            unseen.discard(case.case_number)
            numbers |= _long_numbers(private)
            row = public.scalars(
                select(PublicCase).filter_by(case_number=case.case_number)
            ).one_or_none()
            overridden += standing_overrides(session, case.id, shown, row)
            if not place.has_read(case.id, (case.updated_at, row.released_at if row else None)):
                allowances = published_allowances(session, case.id, shown)
                allowed = allowed_texts(row, allowances) if row else ()
                if row:
                    _inspect_case(public, row, private, allowances, place)
                if reader:
                    _inspect_pages(reader, public, case.case_number, row, private, allowed)
                place.after = max(place.after, case.id)
            views.read(session, public, case, private)
            if keep and done % STRIDE == 0:
                keep(place)
            if progress:
                progress(done, total)
        place.scanned += len(views.seen)
        for item, where, reason in views.finish(public):
            place.note(item, where, "other", reason)
        for number in sorted(unseen):
            place.scanned += 1
            place.note(number, "", "other", "登记库中没有这一案件")
        _inspect_articles(gate, session, public, place, numbers)
        if render:
            rest = PageReader(_ticking(render, progress, total), place)
            for address, reason in rest.read_rest(public, numbers):
                place.note(address, "page", "other", reason)
        engine = public.get_bind()
    for path in _public_files(engine, gate.index_path):
        place.scanned += 1
        if _holds_number(path, numbers):
            place.note(path.name, "", "other", "文件字节中有私密号码")
    return Inspection(
        place.scanned,
        tuple(PublicLeak(*each) for each in place.found),
        place.pages,
        tuple((where, why) for where, why in place.faults),
        tuple(overridden),
    )


def _ticking(render: Render, progress: Callable[[int, int], None] | None, done: int) -> Render:
    steps = count(done + 1)

    def tick(address: str) -> Page:
        page = render(address)
        if progress:
            step = next(steps)
            progress(step, step)
        return page

    return tick


def _cases(
    gate: Gate, session: Session, public: Session
) -> Iterator[tuple[RegistryCase, int, tuple[PrivateValue, ...]]]:
    """Each case, the revision that is published of it (else its newest), and what is private."""
    redactor = remembering(gate.redactor)
    cases = select(RegistryCase).order_by(RegistryCase.id).execution_options(yield_per=200)
    for case in session.scalars(cases):
        entry = last_entry(public, "case", case.case_number)
        shown = entry.revision if entry else case.revision
        yield case, shown, _private_values(redactor, session, case, shown)


def _inspect_articles(
    gate: Gate, session: Session, public: Session, place: Bookmark, numbers: set[str]
) -> None:
    for row in all_articles(public):
        place.scanned += 1
        for path, reason in inspect_article(gate, session, row):
            place.note(row.slug, path, "other", reason)
    for picture in public.scalars(select(PublicPicture).execution_options(yield_per=20)):
        place.scanned += 1
        for reason in inspect_picture(picture):
            place.note(picture.story_slug, "picture", "other", reason)
    finder = NumberFinder(numbers)
    for file in public.scalars(select(PublicAttachment).execution_options(yield_per=5)):
        place.scanned += 1
        for path, reason in inspect_attachment(gate, session, file, finder):
            place.note(file.notice_slug, path, "other", reason)
    place.scanned += read_statistics(public) is not None
    for path, reason in inspect_statistics(public):
        place.note("statistics", path, "other", reason)


def _private_values(
    redactor: Redactor, session: Session, case: RegistryCase, shown: int
) -> tuple[PrivateValue, ...]:
    """What must not be seen of a case: by its newest record, and by those that are shown.

    They differ while a newer version waits; who is a party only of the older is private too.
    """
    revisions = sealed_revisions(session, case) | {shown}
    older = CaseRevision.revision.in_(revisions - {case.revision})
    records = {case.revision: case.content}
    for row in session.scalars(select(CaseRevision).where(CaseRevision.case_id == case.id, older)):
        records[row.revision] = row.content
    values = (
        redactor.for_record(record, read_marks(session, case.id, revision)).private
        for revision, record in records.items()
    )
    return tuple(dict.fromkeys(chain.from_iterable(values)))


def _inspect_case(
    public: Session,
    case: PublicCase,
    private: tuple[PrivateValue, ...],
    allowances: tuple[Allowance, ...],
    place: Bookmark,
) -> None:
    rows = list_rows(case)
    found: list[Hold] = list(find_leaks(case, private, allowances))
    documents = ((row, load_document(public, Kind(item_kind(row)), item_id(row))) for row in rows)
    allowed = allowed_texts(case, allowances)
    found += index_leaks([(row, told) for row, told in documents if told], private, allowed)
    for hold in found:
        place.note(case.case_number, hold.path, str(hold.kind or ""), hold.reason)
    place.scanned += len(rows)


def _inspect_pages(
    reader: PageReader,
    public: Session,
    number: str,
    case: PublicCase | None,
    private: tuple[PrivateValue, ...],
    allowed: tuple[tuple[str, str], ...],
) -> None:
    if case is not None:
        troubles = reader.read_case(case, private, allowed)
    elif public.get(Tombstone, case_path(number)):
        troubles = reader.read_grave(case_path(number), private)
    else:
        return
    before, faults = _newest_act(public, number), len(reader.place.faults)
    for address, reason in troubles:
        reader.place.note(number, address, "other", reason)
    if _newest_act(public, number) != before:
        # Published or withdrawn in the meantime: its pages were right to answer otherwise.
        del reader.place.faults[faults:]


def _newest_act(public: Session, number: str) -> int:
    entry = last_entry(public, "case", number)
    return entry.id if entry else 0


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


def _holds_number(path: Path, numbers: set[str]) -> bool:
    finder = NumberFinder(numbers)
    with path.open("rb") as handle:
        tail = b""
        while chunk := handle.read(_CHUNK):
            # Bytes of any kind: only their digits are looked at.
            if finder.finds((tail + chunk).decode("latin-1")):
                return True
            tail = chunk[-64:]
    return False
