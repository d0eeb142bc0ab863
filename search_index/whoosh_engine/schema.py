"""How a document lies in a Whoosh index.

Every field is a set of terms with weights that are known when the document is written, so that
ranking needs no statistics of the collection. The document itself is kept as uncompressed JSON in
a column: what the index holds can be read with `grep`.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from whoosh import columns, fields, formats

from search_index.documents import Document, Kind
from search_index.grams import name_words, run_pairs, whole, words

LAYOUT = 2
"""Raised whenever an index written before can no longer be read."""

GRAMS, RUNS, NAME_PARTS, WHOLES = "grams", "runs", "name_parts", "wholes"
IDENTITY, CASE_KEYS, NEAR_KEYS, COURT, STATUS = (
    "identity",
    "case_key",
    "near_key",
    "court",
    "status",
)
KIND, DAY, DATA = "kind", "day", "data"

_KINDS = tuple(Kind)
_NAME_WEIGHT, _TITLE_WEIGHT = 8.0, 4.0


class Terms(fields.FieldType):  # type: ignore[misc]
    """Terms of a document and the weight of each."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None)

    def index(
        self, value: Mapping[str, float], **kwargs: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""


class IndexSchema(fields.Schema):  # type: ignore[misc]
    """The schema, which Whoosh writes into the very file that makes a commit valid.

    The outbox position travels in it, so that content and position can never disagree.
    """

    def __init__(self) -> None:
        terms = [GRAMS, RUNS, NAME_PARTS, WHOLES, IDENTITY, CASE_KEYS, NEAR_KEYS, COURT, STATUS]
        super().__init__(
            **{name: Terms() for name in terms},
            **{
                KIND: fields.COLUMN(columns.NumericColumn("B")),
                DAY: fields.COLUMN(columns.NumericColumn("i")),
                DATA: fields.COLUMN(columns.VarBytesColumn()),
            },
        )
        self.layout = LAYOUT
        self.position = 0


def identity(kind: Kind, document_id: str) -> str:
    """The term that names one document."""
    return f"{kind.value}:{document_id}"


def parse_identity(term: str) -> tuple[Kind, str]:
    kind, _, document_id = term.partition(":")
    return Kind(kind), document_id


def kind_code(kind: Kind) -> int:
    return _KINDS.index(kind)


def kind_of(code: int) -> Kind:
    return _KINDS[code]


def to_fields(document: Document) -> dict[str, Any]:
    """Give what Whoosh writes for a document."""
    grams, runs = _text_terms(document)
    return {
        GRAMS: grams,
        RUNS: runs,
        NAME_PARTS: dict.fromkeys(_name_parts(document), _NAME_WEIGHT),
        WHOLES: _ones(whole(text) for text in (document.title, *document.names)),
        IDENTITY: {identity(document.kind, document.id): 1.0},
        CASE_KEYS: _ones(document.case_keys),
        NEAR_KEYS: _ones(document.near_keys),
        COURT: _ones([document.court]),
        STATUS: _ones([document.status]),
        KIND: kind_code(document.kind),
        DAY: document.date.toordinal() if document.date else 0,
        DATA: _to_json(document).encode(),
    }


def from_data(data: bytes) -> Document:
    """Read a document back from its column."""
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


def _to_json(document: Document) -> str:
    values = vars(document) | {"date": document.date.isoformat() if document.date else None}
    return json.dumps(values, ensure_ascii=False)


def _ones(terms: Iterable[str]) -> dict[str, float]:
    return {term: 1.0 for term in terms if term}


def _text_terms(document: Document) -> tuple[dict[str, float], dict[str, float]]:
    """Weigh the terms: in a name above in a title above in the body, short texts above long."""
    grams: dict[str, float] = {}
    runs: dict[str, float] = {}
    body = words(document.body)
    parts = [
        (_NAME_WEIGHT, [word for name in document.names for word in name_words(name)]),
        (_TITLE_WEIGHT, words(document.title)),
        # A body weighs at most 2, less the longer it is, in steps that keep postings small.
        (_step(2 / (1 + math.log10(1 + len(document.body) / 100))), body),
    ]
    for weight, found in parts:
        for word in found:
            for gram in word.grams():
                grams.setdefault(gram, weight)
            for run in word.runs():
                runs.setdefault(run.text, weight)
    for gram, count in Counter(gram for word in body for gram in word.grams()).items():
        if count > 1:
            grams[gram] += _step(math.log2(count) / 4)
    return grams, runs


def _step(weight: float) -> float:
    return round(weight * 4) / 4


def _name_parts(document: Document) -> set[str]:
    return {
        pair
        for name in document.names
        for word in name_words(name)
        for run in word.runs()
        for pair in run_pairs(run.text)
    }
