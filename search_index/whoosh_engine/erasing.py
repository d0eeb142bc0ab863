"""Takes withdrawn documents out of the files of their segment, where they lie.

Rewriting the segment would cost time in proportion to it; this costs as much as the document has
terms. Readers may hold the same files open: they see a list with or without the document, a term
or none, and a document whose first byte says that it is gone.
"""

import logging
from collections.abc import Collection, Iterable
from pathlib import Path

from search_index.whoosh_engine.posting_file import erase_from
from search_index.whoosh_engine.schema import keys_of
from search_index.whoosh_engine.segments import Files, Segment

log = logging.getLogger(__name__)


def erase(directory: Path, segment: Segment, numbers: Collection[int]) -> None:
    """Overwrite documents of a segment with everything they were found by.

    May be repeated when it was interrupted. The documents have to be dead in the commit in force.
    """
    files = Files.open(directory, segment, writable=True)
    for number in numbers:
        document = files.documents.document(number)
        # The document goes last, since it tells what there was to erase: where it is gone, or an
        # interrupted writer had begun to overwrite it, its terms went before.
        if document is not None:
            erased = _erase_terms(files, number, (key for key, _ in keys_of(document)))
            if erased != files.documents.term_counts[number]:
                # Interrupted the last time, or written by other rules than those of today: search
                # every list of the segment.
                log.warning("index_terms_searched_for: %s", segment.segment_id())
                _erase_terms(files, number, [key for key, _ in files.terms.items()])
        files.documents.erase(number)


def _erase_terms(files: Files, number: int, keys: Iterable[bytes]) -> int:
    """Take a document out of the lists of some terms; give the number of lists it was in."""
    erased = 0
    for key in keys:
        postings = files.postings(key)
        left = None if postings is None else erase_from(postings, number)
        if left is None:
            continue
        erased += 1
        if not left:
            files.terms.erase(key)
    return erased
