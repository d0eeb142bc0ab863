"""How a document is kept in an index: as readable JSON."""

import json
from datetime import date

from search_index.documents import Document, Kind


def to_json(document: Document) -> str:
    """Write a document down."""
    values = vars(document) | {"date": document.date.isoformat() if document.date else None}
    return json.dumps(values, ensure_ascii=False)


def from_json(data: str | bytes) -> Document:
    """Read a document back.

    Raises:
        ValueError, KeyError, TypeError: when that is not what `to_json` wrote.
    """
    values = json.loads(data)
    day = values.pop("date")
    return Document(
        kind=Kind(values.pop("kind")),
        date=date.fromisoformat(day) if day else None,
        case_keys=tuple(values.pop("case_keys")),
        near_keys=tuple(values.pop("near_keys")),
        names=tuple(values.pop("names")),
        **values,
    )


def holds(written: bytes, name: str, text: str) -> bool:
    """Whether a text of a document holds another, without reading what `to_json` wrote of it.

    Inside a text every quotation mark is escaped, so only the end of one looks like its end.
    """
    begin = written.find(f'"{name}": "'.encode())
    if begin < 0:
        return False
    begin += len(name) + 5
    return written.find(text.encode(), begin, written.find(b'", "', begin)) >= 0


def identity(kind: Kind, document_id: str) -> str:
    """The term that names one document."""
    return f"{kind.value}:{document_id}"


def parse_identity(term: str) -> tuple[Kind, str]:
    """Read `identity` back."""
    kind, _, document_id = term.partition(":")
    return Kind(kind), document_id
