"""The interface every search engine of the portal keeps to."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from search_index.documents import Change, Difference, Document, Kind
from search_index.queries import Page, Query


class SearchIndex(Protocol):
    """A full-text index of public items with one writer and any number of readers."""

    @property
    def position(self) -> int:
        """Outbox position the index contains; committed together with the content."""

    def search(self, query: Query) -> Page:
        """Answer from the newest commit.

        Raises:
            QueryTooShort: when neither the text nor a case number can be looked up.
        """

    def apply(self, changes: Iterable[Change]) -> int:
        """Bring changes in as one commit and give the position reached.

        Applying a change twice does no harm. After an error the position has not moved, and the
        batch is to be applied again; whether a part of it is in already is up to the engine.
        Nothing of a withdrawn or replaced document can be found afterwards.

        Raises:
            IndexLocked: when another writer is at work.
        """

    def tidy(self) -> bool:
        """Do one step of housekeeping, bounded in size; tell whether there may be more to do.

        Searches are right without it and slower: it merges what many commits have left in pieces.

        Raises:
            IndexLocked: when another writer is at work.
        """

    def rebuild(
        self,
        documents: Iterable[Document],
        position: int,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Replace the whole content at once; readers see the old content until it is done.

        `progress` is called with the number of documents taken so far.
        """

    def check(self, expected: Iterable[tuple[Kind, str]]) -> Difference:
        """Compare what is indexed with what should be, both ways."""

    def refresh(self) -> bool:
        """Turn to the newest commit; tell whether there was one. `search` does it by itself."""

    def terms(self) -> Iterator[str]:
        """Give every term that can be searched for, for leak checks."""

    def stored(self) -> Iterator[str]:
        """Give every stored text, one document a string, for leak checks."""

    def close(self) -> None:
        """Let go of the files."""
