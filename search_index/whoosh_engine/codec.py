"""Whoosh's own file format, read and written with less ado.

Whoosh asks for the length of a field at every single posting; where fields have no lengths it
looks for a file of lengths each time, which costs more than writing the posting. And it steps
through a posting list one document at a time, although the list lies there in blocks.
"""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PerDocReader, W3Segment

Block = tuple[Sequence[int], Sequence[float]]
"""Numbers of documents in ascending order, and the weight of the term in each."""


class BlockMatcher(W3LeafMatcher):  # type: ignore[misc]
    """A posting list that can also be read block by block."""

    def blocks(self) -> Iterator[Block]:
        """Give the blocks from the current one on; afterwards the matcher is at its end."""
        while self.is_active():
            self._read_ids()
            self._read_weights()
            yield self._ids, self._weights
            self._next_block()


class _LengthlessReader(W3PerDocReader):  # type: ignore[misc]
    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return default


class LengthlessCodec(W3Codec):  # type: ignore[misc]
    """For schemas in which no field is scored by length."""

    length_stats = False

    def __init__(self) -> None:
        # Most posting lists are a few bytes: packing them costs more than it saves. None is kept
        # outside the posting file, so that all are read alike.
        super().__init__(compression=0, inlinelimit=0)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        # Whoosh draws the name from `random`; whoever seeds that would get the same name twice.
        return W3Segment(self, indexname, segid=secrets.token_hex(8))

    def per_document_reader(self, storage: Any, segment: Any) -> W3PerDocReader:
        return _LengthlessReader(storage, segment)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> BlockMatcher:
        offset, length = terminfo.extent()
        return BlockMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)
