"""The last look at the best candidates, and what of them is shown: the same in every engine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_index.documents import Document, Kind
from search_index.folding import fold
from search_index.grams import Word
from search_index.queries import Hit, Query
from search_index.snippets import cut, mark

RERANKED = 50
"""So many of the best hits are looked at closely to put literal matches first."""
WHOLE_BONUS = 30.0
"""For a document whose title or name is the text."""
_LITERAL_BONUS, _BODY_BONUS = 10.0, 2.0
_KINDS = tuple(Kind)


@dataclass(frozen=True)
class Candidate:
    """A document that answers, and how well."""

    score: float
    document: Document


def looks_closely(query: Query) -> bool:
    """Whether a page lies among the hits that are looked at closely."""
    return (query.page - 1) * query.page_size < RERANKED


def in_order(best: Iterable[Candidate], words: Sequence[Word], exact: bool) -> list[Candidate]:
    """Order the best candidates by a close look at each."""
    if exact:
        # The case itself before the lists and auctions that carry its number.
        return sorted(best, key=_order)
    lifted = [Candidate(c.score + _literal(c.document, words), c.document) for c in best]
    return sorted(lifted, key=lambda c: (-c.score, *_order(c)))


def to_hit(candidate: Candidate, words: Sequence[Word]) -> Hit:
    """Cut out what a page shows of a document."""
    document = candidate.document
    return Hit(
        kind=document.kind,
        id=document.id,
        title=document.title,
        url=document.url,
        title_segments=mark(document.title, words),
        snippet=cut(document.body, words),
        court=document.court,
        date=document.date,
        status=document.status,
        score=candidate.score,
    )


def kind_code(kind: Kind) -> int:
    """The place of a kind in the order of kinds."""
    return _KINDS.index(kind)


def kind_of(code: int) -> Kind:
    """Read `kind_code` back."""
    return _KINDS[code]


def day_of(document: Document) -> int:
    """The date as a number; 0 for an undated document."""
    return document.date.toordinal() if document.date else 0


def _literal(document: Document, words: Sequence[Word]) -> float:
    """Reward words that stand in the document as they were typed, not only in pairs."""
    heads = [fold(text) for text in (document.title, *document.names)]
    bonus = 0.0
    for word in words:
        if any(word.text in head for head in heads):
            bonus += _LITERAL_BONUS
        elif word.text in document.body:
            bonus += _BODY_BONUS
    return bonus


def _order(candidate: Candidate) -> tuple[int, int, str]:
    """Order of equals: by kind, the newest first."""
    document = candidate.document
    return kind_code(document.kind), -day_of(document), document.id
