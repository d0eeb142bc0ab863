"""Commits that leave nothing behind.

A commit writes the new documents as one small segment, marks those they replace as dead and, once
it is in force, erases these where they lie: its time goes with what changed, not with the index.
Small segments are merged in passing, larger ones by `tidy` in steps of bounded size.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search_index.clauses import Field
from search_index.documents import Change, Document
from search_index.storing import identity
from search_index.whoosh_engine.building import SegmentBuilder
from search_index.whoosh_engine.erasing import erase
from search_index.whoosh_engine.files import NAME
from search_index.whoosh_engine.joining import join
from search_index.whoosh_engine.schema import IndexSchema, key_of
from search_index.whoosh_engine.segments import Leaf, Segment
from search_index.whoosh_engine.snapshots import Snapshot

BUILT_SEGMENT = 250_000
"""Documents that a rebuild gathers in memory, at about 3 kB each, before it writes them out."""
MERGED_IN_PASSING = 4_096
"""Documents of a segment up to which a commit merges small segments into the new one."""
TIDY_SEGMENT = 65_536
"""Documents that one step of `tidy` rewrites at most."""
_TIMES, _FEW, _WASTE = 4, 4, 4


def create_empty(directory: Path) -> None:
    """Write an index without documents into an empty directory."""
    _commit(directory, 0, 0, [])


def write_changes(directory: Path, snapshot: Snapshot, changes: Sequence[Change]) -> int:
    """Commit changes, at most one a document, together with the position they reach."""
    builder = SegmentBuilder()
    for change in changes:
        if change.document is not None:
            builder.add_document(change.document)
    gone = [
        key_of(Field.IDENTITY, identity(change.document_kind, change.document_id))
        for change in changes
    ]
    leaves = []
    for leaf in snapshot.leaves:
        numbers = [number for key in gone for number in leaf.numbers_of(key)]
        leaves.append(leaf.without(numbers) if numbers else leaf)
    position = max([snapshot.position, *(change.position for change in changes)])
    _replace(directory, snapshot, _merge_small(builder, leaves), builder, position)
    return position


def write_all(
    directory: Path,
    documents: Iterable[Document],
    position: int,
    progress: Callable[[int], None] | None,
) -> None:
    """Fill an empty index: segment by segment, and these made one in the end."""
    builder = SegmentBuilder()
    segments: list[Segment] = []
    for done, document in enumerate(documents, start=1):
        builder.add_document(document)
        if len(builder) == BUILT_SEGMENT:
            segments.append(builder.write(directory))
        if progress:
            progress(done)
    if len(builder):
        segments.append(builder.write(directory))
    if len(segments) > 1:
        segments = [join(directory, segments)]
    _commit(directory, 1, position, segments)


def tidy(directory: Path, snapshot: Snapshot) -> bool:
    """Merge many segments into one, or one into less; False where that is not worth while."""
    chosen: list[Leaf] = []
    for leaf in sorted(snapshot.leaves, key=len):
        if sum(map(len, chosen)) + len(leaf) > TIDY_SEGMENT:
            break
        chosen.append(leaf)
    wasteful = any(len(leaf.dead) * _WASTE > len(leaf.files.documents) for leaf in chosen)
    if len(chosen) < _FEW and not wasteful:
        return False
    builder = SegmentBuilder()
    for leaf in chosen:
        builder.add_leaf(leaf)
    kept = [leaf for leaf in snapshot.leaves if leaf not in chosen]
    _replace(directory, snapshot, kept, builder, snapshot.position)
    return True


def erase_withdrawn(directory: Path, snapshot: Snapshot) -> None:
    """Overwrite what the commit in force withdrew, as far as it is still there."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for name, number in snapshot.withdrawn:
        numbers[name].append(number)
    for leaf in snapshot.leaves:
        left = [
            number
            for number in numbers[leaf.segment.segment_id()]
            if not leaf.files.documents.is_blank(number)
        ]
        if left:
            erase(directory, leaf.segment, left)


def _merge_small(builder: SegmentBuilder, leaves: Sequence[Leaf]) -> list[Leaf]:
    """Take small segments into the new one while it is not much smaller; give the others.

    Sizes therefore grow geometrically: a document is rewritten a logarithmic number of times.
    """
    kept = []
    for leaf in sorted(leaves, key=len):
        size = len(builder)
        if len(leaf) <= _TIMES * size and size + len(leaf) <= MERGED_IN_PASSING:
            builder.add_leaf(leaf)
        elif len(leaf):
            kept.append(leaf)
    return kept


def _replace(
    directory: Path,
    snapshot: Snapshot,
    kept: Sequence[Leaf],
    builder: SegmentBuilder,
    position: int,
) -> None:
    """Put some segments and a new one in force, and erase what was withdrawn from the first."""
    before = {leaf.segment.segment_id(): leaf.segment.gone for leaf in snapshot.leaves}
    withdrawn = [
        (leaf, sorted(leaf.segment.gone - before[leaf.segment.segment_id()])) for leaf in kept
    ]
    segments = [leaf.segment for leaf in kept]
    if len(builder):
        segments.append(builder.write(directory))
    named = [(leaf.segment.segment_id(), n) for leaf, numbers in withdrawn for n in numbers]
    _commit(directory, snapshot.mark[1] + 1, position, segments, named)
    for leaf, numbers in withdrawn:
        if numbers:
            erase(directory, leaf.segment, numbers)


def _commit(
    directory: Path,
    generation: int,
    position: int,
    segments: Sequence[Segment],
    withdrawn: Iterable[tuple[str, int]] = (),
) -> None:
    """Put segments in force; the older commit goes with the next `sweep`."""
    schema = IndexSchema()
    schema.position, schema.withdrawn = position, tuple(withdrawn)
    TOC(schema, list(segments), generation).write(FileStorage(str(directory)), NAME)
