"""How a document lies in a Whoosh index.

Every field is a set of terms with weights that are known when the document is written, so that
ranking needs no statistics of the collection. The document itself is kept as uncompressed JSON in
a column: what the index holds can be read with `grep`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from whoosh import columns, fields, formats

from search_index.clauses import Field
from search_index.documents import Document
from search_index.ranking import day_of, kind_code
from search_index.storing import identity, to_json
from search_index.terms import terms_of

LAYOUT = 3
"""Raised whenever an index written before can no longer be read."""

KIND, DAY, DATA = "kind", "day", "data"


class TermField(fields.FieldType):  # type: ignore[misc]
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
        super().__init__(
            **{field.value: TermField() for field in Field},
            **{
                KIND: fields.COLUMN(columns.NumericColumn("B")),
                DAY: fields.COLUMN(columns.NumericColumn("i")),
                DATA: fields.COLUMN(columns.VarBytesColumn()),
            },
        )
        self.layout = LAYOUT
        self.position = 0


def to_fields(document: Document) -> dict[str, Any]:
    """Give what Whoosh writes for a document."""
    terms = terms_of(document)
    found_by: dict[Field, Mapping[str, float]] = {
        Field.GRAMS: terms.grams,
        Field.RUNS: terms.runs,
        Field.STARTS: terms.starts,
        Field.NAME_PARTS: terms.name_parts,
        Field.WHOLES: _ones(terms.wholes),
        Field.IDENTITY: _ones([identity(document.kind, document.id)]),
        Field.CASE_KEYS: _ones(document.case_keys),
        Field.NEAR_KEYS: _ones(document.near_keys),
        Field.COURT: _ones([document.court]),
        Field.STATUS: _ones([document.status]),
    }
    return {field.value: weights for field, weights in found_by.items()} | {
        KIND: kind_code(document.kind),
        DAY: day_of(document),
        DATA: to_json(document).encode(),
    }


def _ones(terms: Iterable[str]) -> dict[str, float]:
    return {term: 1.0 for term in terms if term}
