"""How well found spans cover labelled ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Labelled, Spans

from redaction.recognisers.places import district_of


@dataclass(frozen=True)
class Score:
    """One kind in one collection. Covered: every letter and digit of the span was found."""

    labelled: int
    covered: float
    exact_recall: float
    exact_precision: float


def score(texts: Sequence[Labelled], found: Sequence[Spans]) -> dict[str, Score]:
    """Scores by kind; precision counts only the kinds the collection labels.

    Of an address only the part below the district has to be covered: the district is public.
    """
    labelled: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    claimed: Counter[str] = Counter()
    for row, spans in zip(texts, found, strict=True):
        cells = {cell for start, end, _ in spans for cell in range(start, end)}
        places = {(start, end) for start, end, _ in spans}
        claimed.update(kind for _, _, kind in spans)
        for start, end, kind in row.spans:
            labelled[kind] += 1
            exact[kind] += (start, end) in places
            if kind == "address":
                start += len(district_of(row.text[start:end]))
            needed = (cell for cell in range(start, end) if row.text[cell].isalnum())
            covered[kind] += all(cell in cells for cell in needed)
    return {
        kind: Score(
            total,
            covered[kind] / total,
            exact[kind] / total,
            exact[kind] / claimed[kind] if claimed[kind] else 0.0,
        )
        for kind, total in sorted(labelled.items())
    }
