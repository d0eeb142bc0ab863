"""What goes into the index: public text only, already masked by whoever hands it over."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of public items, in the order in which exact hits are listed.

    An index on disk keeps a kind by its place here: new ones come last.
    """

    CASE = "case"
    DEBTOR = "debtor"
    RESTRICTION = "restriction"
    TERMINATION = "termination"
    AUCTION = "auction"
    STORY = "story"
    GUIDE = "guide"
    REWARD = "reward"
    REGULATION = "regulation"
    RECEPTION = "reception"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Document:
    """One public item. Everything in it is found by visitors and stored readably on disk."""

    kind: Kind
    id: str
    """Unique within the kind."""
    title: str
    url: str
    case_keys: tuple[str, ...] = ()
    """Exact keys of the case numbers this item belongs to; compared as given."""
    near_keys: tuple[str, ...] = ()
    """Keys shared with case numbers that are easily mistaken for these."""
    names: tuple[str, ...] = ()
    """Names that may be searched by any two adjacent characters: people, companies, codes."""
    body: str = ""
    """Plain text, never markup; snippets are cut from it."""
    court: str = ""
    date: dt.date | None = None
    status: str = ""


@dataclass(frozen=True)
class Change:
    """One entry of the outbox: the document as it is now, or None when it was withdrawn."""

    position: int
    document_kind: Kind
    document_id: str
    document: Document | None

    def __post_init__(self) -> None:
        document = self.document
        if document and (document.kind, document.id) != (self.document_kind, self.document_id):
            raise ValueError("a change carries the document it names")


@dataclass(frozen=True)
class Difference:
    """How the index differs from the public store."""

    missing: tuple[tuple[Kind, str], ...]
    """Public, but not in the index."""
    stale: tuple[tuple[Kind, str], ...]
    """In the index, but not public: must be removed at once."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale)


def latest_changes(changes: Iterable[Change]) -> list[Change]:
    """Keep for every document the change with the highest position, in order of position."""
    ordered = sorted(changes, key=lambda change: change.position)
    last = {(change.document_kind, change.document_id): change for change in ordered}
    return sorted(last.values(), key=lambda change: change.position)
