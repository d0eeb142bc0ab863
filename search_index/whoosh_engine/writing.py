"""Commits that leave nothing behind.

Whoosh only marks a deleted document and keeps its text and terms until the segment happens to be
merged. A withdrawn item must be gone from the disk when the commit is, so every segment that lost
a document is rewritten in the same commit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from search_index.clauses import Field
from search_index.documents import Change, Document
from search_index.storing import identity
from search_index.whoosh_engine.codec import LengthlessCodec
from search_index.whoosh_engine.files import NAME
from search_index.whoosh_engine.schema import IndexSchema, to_fields

SMALL_SEGMENT = 1_000
_LARGEST_SHARE = 25
_MEMORY_MB = 64


def largest_segment(documents: int) -> int:
    """Size beyond which the segments of an index of so many documents are not merged.

    A segment bounds what one withdrawal has to rewrite; their number adds to every search.
    """
    return max(SMALL_SEGMENT, documents // _LARGEST_SHARE)


class _Writer(SegmentWriter):  # type: ignore[misc]
    """Copies the posting lists of a rewritten segment straight from its file.

    Whoosh's own copy filters and checks every posting in several layers, which takes twice as long.
    """

    def add_postings_to_pool(
        self, reader: Any, startdoc: int, docmap: Mapping[int, int] | None
    ) -> None:
        segment = reader.segment()
        terms = segment.codec().terms_reader(reader.storage(), segment)
        add = self.pool.add
        for field, text in terms.terms():
            postings = terms.matcher(field, text, self.schema[field].format)
            for numbers, weights in postings.blocks():
                for old, weight in zip(numbers, weights, strict=True):
                    new = startdoc + old if docmap is None else docmap.get(old)
                    if new is not None:
                        add((field, text, new, weight, b""))
        terms.close()


def create_empty(directory: Path) -> None:
    """Write an index without documents into an empty directory."""
    FileIndex.create(FileStorage(str(directory)), IndexSchema(), NAME)


def write_changes(directory: Path, changes: Sequence[Change]) -> int:
    """Commit changes, at most one a document, together with the position they reach."""
    writer = _open_writer(directory)
    try:
        gone = [identity(change.document_kind, change.document_id) for change in changes]
        _delete(writer, gone)
        for change in changes:
            if change.document is not None:
                writer.add_document(**to_fields(change.document))
        position = max([writer.schema.position, *(change.position for change in changes)])
        writer.schema.position = position
        writer.commit(mergetype=_merge)
    except BaseException:
        _abandon(writer)
        raise
    return int(position)


def write_all(
    directory: Path,
    documents: Iterable[Document],
    position: int,
    progress: Callable[[int], None] | None,
) -> None:
    """Fill an empty index segment by segment."""
    remaining = iter(documents)
    done = 0
    while batch := list(islice(remaining, largest_segment(done))):
        writer = _open_writer(directory)
        try:
            for document in batch:
                writer.add_document(**to_fields(document))
                done += 1
                if progress:
                    progress(done)
            writer.commit(merge=False)
        except BaseException:
            _abandon(writer)
            raise
    writer = _open_writer(directory)
    writer.schema.position = position
    writer.commit(merge=False)


def _open_writer(directory: Path) -> Any:
    index = FileIndex(FileStorage(str(directory)), indexname=NAME)
    return _Writer(index, limitmb=_MEMORY_MB, codec=LengthlessCodec())


def _abandon(writer: Any) -> None:
    """Release Whoosh's own lock and files; `sweep` removes what was half written."""
    if not writer.is_closed:
        writer.cancel()


def _delete(writer: Any, identities: Sequence[str]) -> None:
    reader = writer.reader()
    try:
        if not reader.doc_count_all():
            return
        for leaf, offset in reader.leaf_readers():
            for term in identities:
                if (Field.IDENTITY, term) in leaf:
                    writer.delete_document(offset + leaf.postings(Field.IDENTITY, term).id())
    finally:
        reader.close()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Rewrite what lost documents, and small segments once the new one is as large as they are.

    Sizes therefore grow geometrically: a document is rewritten a logarithmic number of times.
    """
    damaged = [segment for segment in segments if segment.has_deletions()]
    intact = [segment for segment in segments if not segment.has_deletions()]
    size = writer.doc_count()
    largest = largest_segment(size + sum(segment.doc_count() for segment in segments))
    for segment in damaged:
        size += segment.doc_count()
        _rewrite(writer, segment)
    kept = []
    for segment in sorted(intact, key=lambda segment: int(segment.doc_count())):
        count = segment.doc_count()
        if count <= size and size + count <= largest:
            size += count
            _rewrite(writer, segment)
        else:
            kept.append(segment)
    return kept


def _rewrite(writer: Any, segment: Any) -> None:
    if not segment.doc_count():
        return
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()
