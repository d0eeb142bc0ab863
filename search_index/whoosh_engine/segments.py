"""One segment: its dictionary of terms, its posting lists and its documents."""

import secrets
from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from whoosh.codec.whoosh3 import W3Segment

from search_index.clauses import Field
from search_index.documents import Kind
from search_index.storing import parse_identity
from search_index.whoosh_engine.document_file import DocumentFile
from search_index.whoosh_engine.files import NAME
from search_index.whoosh_engine.posting_file import Numbers, PostingFile, Postings
from search_index.whoosh_engine.schema import field_code, text_of
from search_index.whoosh_engine.term_file import TermFile

TERMS, POSTINGS, DOCUMENTS = ".trm", ".pst", ".doc"


class Segment(W3Segment):  # type: ignore[misc]
    """What the file of a commit says of a segment."""

    sizes: dict[str, int]
    """Bytes of each of its files: one that was cut short is told when it is opened."""
    gone: frozenset[int]
    """Numbers of documents that were withdrawn or replaced."""

    def __init__(self) -> None:
        # Whoosh draws the name from `random`; whoever seeds that would get the same name twice.
        super().__init__(None, NAME, segid=secrets.token_hex(8))
        self.gone = frozenset()

    def path(self, directory: Path, extension: str) -> Path:
        """Where a file of this segment lies."""
        return directory / str(self.make_filename(extension))

    def measure(self, directory: Path) -> None:
        """Note the sizes of the files, which are complete."""
        self.sizes = {
            extension: self.path(directory, extension).stat().st_size
            for extension in (TERMS, POSTINGS, DOCUMENTS)
        }


@dataclass(frozen=True)
class Files:
    """The files of a segment. They stay as they are but for what is erased in them."""

    terms: TermFile
    lists: PostingFile
    documents: DocumentFile

    @classmethod
    def open(cls, directory: Path, segment: Segment, *, writable: bool = False) -> Self:
        """Map the files of a segment into memory.

        Raises:
            OSError: when a file is missing.
            ValueError: when one is damaged.
        """
        for extension, size in segment.sizes.items():
            if segment.path(directory, extension).stat().st_size != size:
                raise ValueError(f"{segment.make_filename(extension)} has not the size it had")
        return cls(
            TermFile(segment.path(directory, TERMS), writable=writable),
            PostingFile(segment.path(directory, POSTINGS), writable=writable),
            DocumentFile(
                segment.path(directory, DOCUMENTS), segment.doc_count_all(), writable=writable
            ),
        )

    def postings(self, key: bytes) -> Postings | None:
        """Give the list of a term, None where no document holds it."""
        extent = self.terms.find(key)
        return None if extent is None else self.lists.read(extent)


@dataclass(frozen=True, eq=False)
class Leaf:
    """A segment as of one commit."""

    segment: Segment
    files: Files
    dead: Numbers
    """Documents that were withdrawn or replaced, ascending."""

    @classmethod
    def of(cls, segment: Segment, files: Files) -> Self:
        return cls(segment, files, np.array(sorted(segment.gone), np.uint32))

    def __len__(self) -> int:
        return len(self.files.documents) - len(self.dead)

    def without(self, numbers: Collection[int]) -> Self:
        """The same segment after more of its documents were withdrawn."""
        segment = copy(self.segment)
        segment.gone = segment.gone.union(numbers)
        return self.of(segment, self.files)

    def postings(self, key: bytes) -> Postings | None:
        """Give the list of a term, None where no document holds it; the dead may be in it."""
        return self.files.postings(key)

    def count(self, key: bytes) -> int:
        """Number of documents that hold a term, the dead ones included."""
        extent = self.files.terms.find(key)
        return 0 if extent is None else extent[1]

    def numbers_of(self, key: bytes) -> list[int]:
        """Give the documents that hold a term and are alive."""
        postings = self.postings(key)
        if postings is None:
            return []
        return sorted(set(postings.numbers.tolist()) - self.segment.gone)

    def identities(self) -> Iterator[tuple[Kind, str]]:
        """Name every document that is alive."""
        gone = self.segment.gone
        for key, extent in self.files.terms.items(field_code(Field.IDENTITY)):
            if not gone or not gone.issuperset(self.files.lists.read(extent).numbers.tolist()):
                yield parse_identity(text_of(key).decode())

    def alive(self) -> Iterator[int]:
        """Numbers of the documents that are alive."""
        gone = self.segment.gone
        return (n for n in range(len(self.files.documents)) if n not in gone)
