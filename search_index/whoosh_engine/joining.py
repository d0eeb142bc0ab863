"""Makes one segment of several that were just built, without taking them into memory.

A search asks every segment for every term, so one large segment answers sooner than several; but
a segment is built in memory, which bounds its size. The files are therefore read side by side.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from search_index.whoosh_engine.document_file import join_documents
from search_index.whoosh_engine.posting_file import PostingWriter
from search_index.whoosh_engine.segments import DOCUMENTS, POSTINGS, TERMS, Files, Segment
from search_index.whoosh_engine.term_file import Extent, TermWriter

_Held = tuple[bytes, int, Extent]
"""A term, the place of a segment among those joined, and where its list lies there."""


def join(directory: Path, segments: Sequence[Segment]) -> Segment:
    """Write segments of which nothing was withdrawn as one, their documents in the same order."""
    parts = [Files.open(directory, segment) for segment in segments]
    starts = [0, *accumulate(len(files.documents) for files in parts)]
    joined = Segment()
    joined.set_doc_count(starts[-1])
    terms = TermWriter(joined.create_file(FileStorage(str(directory)), TERMS))
    with joined.path(directory, POSTINGS).open("wb") as file:
        lists = PostingWriter(file)
        held = heapq.merge(*(_held(place, files) for place, files in enumerate(parts)))
        for key, group in groupby(held, key=itemgetter(0)):
            count, numbers, weights = _appended(parts, starts, group)
            terms.add_term(key, lists.add(numbers, weights), count)
    terms.close()
    with joined.path(directory, DOCUMENTS).open("wb") as file:
        join_documents([files.documents for files in parts], file)
    joined.measure(directory)
    return joined


def _held(place: int, files: Files) -> Iterator[_Held]:
    return ((key, place, extent) for key, extent in files.terms.items())


def _appended(
    parts: Sequence[Files], starts: Sequence[int], held: Iterator[_Held]
) -> tuple[int, bytes, bytes]:
    """The lists of a term one behind the other: their length and the bytes of both halves."""
    count, numbers, weights = 0, b"", b""
    for _, place, extent in held:
        postings = parts[place].lists.read(extent)
        count += len(postings)
        numbers += (postings.numbers + np.uint32(starts[place])).tobytes()
        weights += postings.weights.tobytes()
    return count, numbers, weights
