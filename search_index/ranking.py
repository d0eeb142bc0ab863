"""The last look at the best candidates, and what of them is shown: the same in every engine."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

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


class Candidate(Protocol):
    """A document that answers, and what of it decides its place among the best."""

    @property
    def score(self) -> float: ...

    @property
    def kind(self) -> int:
        """What `kind_code` gives."""

    @property
    def day(self) -> int:
        """What `day_of` gives."""

    def in_head(self, text: str) -> bool:
        """Whether a text stands in what `head_of` gives."""

    def in_body(self, text: str) -> bool:
        """Whether a text stands in the body as it is."""

    def document(self) -> Document | None:
        """Give the document; None when it was withdrawn this very moment."""


def looks_closely(query: Query) -> bool:
    """Whether a page lies among the hits that are looked at closely."""
    return (query.page - 1) * query.page_size < RERANKED


def in_order(best: Iterable[Candidate], words: Sequence[Word], exact: bool) -> list[Candidate]:
    """Order the best candidates by a close look at each; equals stay in the order they come in."""
    if exact:
        # The case itself before the lists and auctions that carry its number.
        return sorted(best, key=_order)
    # A single pair stands in every one of them as it was typed.
    divisible = [word for word in words if word.is_divisible()]
    return sorted(best, key=lambda c: (-c.score - _literal(c, divisible), *_order(c)))


def to_hits(candidates: Iterable[Candidate], words: Sequence[Word]) -> Iterator[Hit]:
    """Cut out what a page shows of each document."""
    for candidate in candidates:
        document = candidate.document()
        if document is None:
            continue
        yield Hit(
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


def head_of(document: Document) -> str:
    """Give title and names, folded, one a line."""
    return "\n".join(map(fold, (document.title, *document.names)))


def kind_code(kind: Kind) -> int:
    """The place of a kind in the order of kinds."""
    return _KINDS.index(kind)


def kind_of(code: int) -> Kind:
    """Read `kind_code` back."""
    return _KINDS[code]


def day_of(document: Document) -> int:
    """The date as a number; 0 for an undated document."""
    return document.date.toordinal() if document.date else 0


def _literal(candidate: Candidate, words: Sequence[Word]) -> float:
    """Reward words that stand in the document as they were typed, not only in pairs."""
    bonus = 0.0
    for word in words:
        if candidate.in_head(word.text):
            bonus += _LITERAL_BONUS
        elif candidate.in_body(word.text):
            bonus += _BODY_BONUS
    return bonus


def _order(candidate: Candidate) -> tuple[int, int]:
    """Order of equals: by kind, the newest first."""
    return candidate.kind, -candidate.day
