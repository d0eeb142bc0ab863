"""Posting lists: the numbers of the documents that hold a term, ascending, then their weights.

A list lies in its file as the arrays a search works on: it is cut and probed without being
decoded, and one document is taken out of it by overwriting four bytes with its neighbour.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from search_index.whoosh_engine.term_file import Extent, map_file

MAGIC = f"postings   {sys.byteorder:>6} ".encode()[:16]
_NUMBER = 4

Numbers = NDArray[np.uint32]
"""Documents of a segment by number."""
Weights = NDArray[np.uint8]
"""What a term weighs in each of them, in steps."""


@dataclass(frozen=True, slots=True)
class Postings:
    """One list. A number may stand there twice, where one beside it was erased."""

    numbers: Numbers
    weights: Weights

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, part: slice) -> Self:
        return type(self)(self.numbers[part], self.weights[part])


class PostingWriter:
    """Writes lists one behind the other, each at a multiple of four bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = file.write(MAGIC)

    def add(self, numbers: bytes, weights: bytes) -> int:
        """Write a list, numbers ascending and in the order of bytes of this machine.

        Gives its place.
        """
        place = self._at
        padding = bytes(-len(weights) % _NUMBER)
        self._at += self._file.write(numbers + weights + padding)
        return place


class PostingFile:
    """The lists of one segment; threads may share it."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self._map = map_file(path, writable=writable)
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError("these are no posting lists of this machine")

    def read(self, extent: Extent) -> Postings:
        """Give a list as it lies in the file."""
        offset, count = extent
        return Postings(
            np.frombuffer(self._map, np.uint32, count, offset),
            np.frombuffer(self._map, np.uint8, count, offset + count * _NUMBER),
        )


def erase_from(postings: Postings, number: int) -> bool | None:
    """Take a document out of a list that is open for writing.

    Tells whether the list names others; one that does not is left as it is and has to go together
    with its term. None where the document is not in it.
    """
    numbers, weights = postings.numbers, postings.weights
    sought = np.uint32(number)
    first = int(np.searchsorted(numbers, sought))
    last = int(np.searchsorted(numbers, sought, side="right"))
    if first == last:
        return None
    if last - first == len(numbers):
        return False
    neighbour = first - 1 if first else last
    # Four bytes at once: who reads meanwhile sees the one number or the other.
    numbers[first:last] = numbers[neighbour]
    weights[first:last] = weights[neighbour]
    return True
