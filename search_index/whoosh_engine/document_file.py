"""The documents of a segment by number: what filters read, and the document itself.

    magic | kinds | days | counts of terms | heads: ends, then texts | documents: ends, then JSON

The kind is a byte, day and count are four bytes each, an end is eight. A head is the folded title
and names, one a line: what ranking looks at closely without reading the whole document.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from search_index.documents import Document
from search_index.ranking import day_of, head_of, kind_code
from search_index.storing import from_json, holds, to_json
from search_index.whoosh_engine.term_file import map_file

MAGIC = f"documents  {sys.byteorder:>6} ".encode()[:16]
_ERASED = 0


@dataclass
class Rows:
    """Documents on their way into a file."""

    kinds: bytearray = field(default_factory=bytearray)
    days: array[int] = field(default_factory=lambda: array("I"))
    term_counts: array[int] = field(default_factory=lambda: array("I"))
    heads: list[bytes] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.kinds)

    def add(self, document: Document, term_count: int) -> int:
        """Take a document; give its number."""
        data, head = to_json(document).encode(), head_of(document).encode()
        return self.add_row(kind_code(document.kind), day_of(document), term_count, head, data)

    def add_row(self, kind: int, day: int, term_count: int, head: bytes, data: bytes) -> int:
        """Take a document as it lay in another file; give its number."""
        number = len(self.kinds)
        self.kinds.append(kind)
        self.days.append(day)
        self.term_counts.append(term_count)
        self.heads.append(head)
        self.data.append(data)
        return number

    def write(self, file: BinaryIO) -> None:
        """Write everything taken."""
        file.write(MAGIC)
        file.write(self.kinds)
        file.write(self.days.tobytes())
        file.write(self.term_counts.tobytes())
        for texts in (self.heads, self.data):
            file.write(_ends(texts).tobytes())
            file.writelines(texts)


def join_documents(parts: Sequence[DocumentFile], file: BinaryIO) -> None:
    """Write the documents of several files as one."""
    file.write(MAGIC)
    file.writelines(part.kinds.tobytes() for part in parts)
    file.writelines(part.days.tobytes() for part in parts)
    file.writelines(part.term_counts.tobytes() for part in parts)
    for texts in ([part.heads for part in parts], [part.data for part in parts]):
        starts = accumulate((text.size for text in texts), initial=0)
        for text, start in zip(texts, starts, strict=False):
            file.write(text.ends_from(start).tobytes())
        file.writelines(text.raw() for text in texts)


class DocumentFile:
    """The documents of one segment; threads may share it."""

    def __init__(self, path: Path, count: int, *, writable: bool = False) -> None:
        view = self._view = memoryview(map_file(path, writable=writable))
        if view[: len(MAGIC)] != MAGIC:
            raise ValueError("these are no documents of this machine")
        at = len(MAGIC)
        self.kinds = np.frombuffer(view, np.uint8, count, at)
        at += count
        self.days = np.frombuffer(view, np.uint32, count, at)
        at += 4 * count
        self.term_counts = np.frombuffer(view, np.uint32, count, at)
        at += 4 * count
        self.heads = _Texts(view, at, count)
        self.data = _Texts(view, self.heads.end, count)
        if self.data.end != len(view):
            raise ValueError("the file does not end where its last document does")

    def __len__(self) -> int:
        return len(self.kinds)

    def in_head(self, number: int, text: str) -> bool:
        """Whether a text stands in folded title and names; in none once they were erased."""
        return text.encode() in self.heads.read(number)

    def in_body(self, number: int, text: str) -> bool:
        """Whether a text stands in the body; in none once it was erased."""
        return holds(self.data.read(number), "body", text)

    def text(self, number: int) -> str:
        """Give a document as JSON; empty when it was erased, be it while we read."""
        data = self.data.read(number)
        return "" if self.is_erased(number) else data.decode()

    def document(self, number: int) -> Document | None:
        """Give a document; None when it was erased."""
        text = self.text(number)
        return from_json(text) if text else None

    def row(self, number: int) -> tuple[int, int, int, bytes, bytes]:
        """Give all there is of a document, as `Rows.add_row` takes it."""
        return (
            int(self.kinds[number]),
            int(self.days[number]),
            int(self.term_counts[number]),
            self.heads.read(number),
            self.data.read(number),
        )

    def is_erased(self, number: int) -> bool:
        """Whether a document is gone for readers; a writer may still be at the rest of it."""
        return self._view[self.data.span(number)[0]] == _ERASED

    def is_blank(self, number: int) -> bool:
        """Whether nothing of a document is left: a writer that was killed may have begun only."""
        blank = self.data.is_blank(number) and self.heads.is_blank(number)
        return blank and not self.days[number]

    def erase(self, number: int) -> None:
        """Overwrite a document where it lies."""
        self.data.erase(number)
        self.heads.erase(number)
        self.days[number] = 0


class _Texts:
    """Texts one behind the other."""

    def __init__(self, view: memoryview, at: int, count: int) -> None:
        self._view = view
        self._start = at + 8 * count
        self._ends = view[at : self._start].cast("Q")
        self.size = self._ends[count - 1] if count else 0
        self.end = self._start + self.size

    def span(self, number: int) -> tuple[int, int]:
        begin = self._ends[number - 1] if number else 0
        return self._start + begin, self._start + self._ends[number]

    def read(self, number: int) -> bytes:
        begin, end = self.span(number)
        return bytes(self._view[begin:end])

    def raw(self) -> memoryview:
        return self._view[self._start : self.end]

    def ends_from(self, start: int) -> NDArray[np.uint64]:
        return np.frombuffer(self._ends, np.uint64) + np.uint64(start)

    def is_blank(self, number: int) -> bool:
        return not any(self.read(number))

    def erase(self, number: int) -> None:
        begin, end = self.span(number)
        if begin == end:
            return
        # The first byte says it to whoever is reading while the rest goes.
        self._view[begin] = _ERASED
        self._view[begin:end] = bytes(end - begin)


def _ends(texts: Iterable[bytes]) -> array[int]:
    ends, at = array("Q"), 0
    for text in texts:
        at += len(text)
        ends.append(at)
    return ends
