"""Gathers documents in memory and writes them as one segment."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
from whoosh.filedb.filestore import FileStorage

from search_index.documents import Document
from search_index.whoosh_engine.document_file import Rows
from search_index.whoosh_engine.posting_file import PostingWriter
from search_index.whoosh_engine.schema import keys_of
from search_index.whoosh_engine.segments import DOCUMENTS, POSTINGS, TERMS, Leaf, Segment
from search_index.whoosh_engine.term_file import TermWriter

_WEIGHT_BITS, _WEIGHT_MASK = 8, 0xFF

_Entry: TypeAlias = "int | array[int]"
"""Number and weight in one number, or many such: most terms stand in one document only."""


class SegmentBuilder:
    """A segment in the making; about 3 kB of memory a document."""

    def __init__(self) -> None:
        self._rows = Rows()
        self._entries: dict[bytes, _Entry] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def add_document(self, document: Document) -> None:
        """Take a document.

        Raises:
            UnicodeEncodeError: for text that is no text.
        """
        keys = list(keys_of(document))
        number = self._rows.add(document, len(keys))
        for key, weight in keys:
            self._add(key, number << _WEIGHT_BITS | weight)

    def add_leaf(self, leaf: Leaf) -> None:
        """Take what is alive of another segment, lists and rows as they lie there."""
        documents = leaf.files.documents
        moved = {number: self._rows.add_row(*documents.row(number)) for number in leaf.alive()}
        for key, extent in leaf.files.terms.items():
            postings = leaf.files.lists.read(extent)
            # Once each: what was erased left its neighbour in the list a second time.
            weights = dict(zip(postings.numbers.tolist(), postings.weights.tolist(), strict=True))
            for number, weight in weights.items():
                if number in moved:
                    self._add(key, moved[number] << _WEIGHT_BITS | weight)

    def write(self, directory: Path) -> Segment:
        """Write the files and let go of everything taken."""
        segment = Segment()
        segment.set_doc_count(len(self._rows))
        storage = FileStorage(str(directory))
        terms = TermWriter(segment.create_file(storage, TERMS))
        with segment.path(directory, POSTINGS).open("wb") as file:
            lists = PostingWriter(file)
            for key, count, numbers, weights in self._drained():
                terms.add_term(key, lists.add(numbers, weights), count)
        terms.close()
        with segment.path(directory, DOCUMENTS).open("wb") as file:
            self._rows.write(file)
        self._rows = Rows()
        segment.measure(directory)
        return segment

    def _add(self, key: bytes, entry: int) -> None:
        held = self._entries.get(key)
        if held is None:
            self._entries[key] = entry
        elif isinstance(held, int):
            self._entries[key] = array("Q", (held, entry))
        else:
            held.append(entry)

    def _drained(self) -> Iterator[tuple[bytes, int, bytes, bytes]]:
        """Every term in order, with the length of its list and the bytes of both halves of it."""
        entries, self._entries = self._entries, {}
        for key in sorted(entries):
            entry = entries.pop(key)
            if isinstance(entry, int):
                number, weight = entry >> _WEIGHT_BITS, entry & _WEIGHT_MASK
                yield key, 1, number.to_bytes(4, sys.byteorder), bytes((weight,))
                continue
            packed = np.frombuffer(entry, np.uint64)
            numbers = (packed >> np.uint64(_WEIGHT_BITS)).astype(np.uint32)
            yield key, len(entry), numbers.tobytes(), packed.astype(np.uint8).tobytes()
