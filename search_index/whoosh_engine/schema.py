"""How a document lies in a Whoosh index.

Every field is a set of terms with weights that are known when the document is written, so that
ranking needs no statistics of the collection. The document itself is kept as uncompressed JSON:
what the index holds can be read with `grep`.
"""

import struct
from collections.abc import Iterator

from whoosh import fields, formats

from search_index.clauses import Field
from search_index.documents import Document
from search_index.storing import identity
from search_index.terms import terms_of

LAYOUT = 5
"""Raised whenever an index written before can no longer be read, and whenever `terms_of` changes:
a withdrawal finds what it has to erase by making the terms of the document once more."""

_CODES = {field: struct.pack("!H", code) for code, field in enumerate(sorted(Field))}
_WEIGHT_STEPS = 4
_MOST_STEPS = 255


class TermField(fields.FieldType):  # type: ignore[misc]
    """Terms of a document and the weight of each."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None)


class IndexSchema(fields.Schema):  # type: ignore[misc]
    """The schema, which Whoosh writes into the very file that makes a commit valid.

    The outbox position travels in it, so that content and position can never disagree, and so do
    the documents that this commit withdrew: should the writer be killed before it has erased them,
    the next one does.
    """

    def __init__(self) -> None:
        super().__init__(**{field.value: TermField() for field in Field})
        self.layout = LAYOUT
        self.position = 0
        self.withdrawn: tuple[tuple[str, int], ...] = ()
        """Segment and number of each."""


def key_of(field: Field, text: str) -> bytes:
    """Give the key of a term in the dictionary of terms: two bytes for the field, then the text."""
    return _CODES[field] + text.encode()


def text_of(key: bytes) -> bytes:
    """Give the text of a key."""
    return key[2:]


def field_code(field: Field) -> bytes:
    """Give what every key of a field begins with."""
    return _CODES[field]


def keys_of(document: Document) -> Iterator[tuple[bytes, int]]:
    """Give the key of every term of a document and its weight in steps, no key twice.

    Raises:
        UnicodeEncodeError: for text that is no text.
    """
    terms = terms_of(document)
    for field, weights in (
        (Field.GRAMS, terms.grams),
        (Field.RUNS, terms.runs),
        (Field.STARTS, terms.starts),
        (Field.NAME_PARTS, terms.name_parts),
    ):
        code = _CODES[field]
        for text, weight in weights.items():
            yield code + text.encode(), to_steps(weight)
    one = to_steps(1.0)
    for field, texts in (
        (Field.WHOLES, terms.wholes),
        (Field.IDENTITY, {identity(document.kind, document.id)}),
        (Field.CASE_KEYS, set(document.case_keys)),
        (Field.NEAR_KEYS, set(document.near_keys)),
        (Field.COURT, {document.court}),
        (Field.STATUS, {document.status}),
        (Field.KIND, {document.kind.value}),
    ):
        for text in texts:
            if text:
                yield key_of(field, text), one


def to_steps(weight: float) -> int:
    """Give a weight as the whole number of quarters that a posting list keeps."""
    return min(round(weight * _WEIGHT_STEPS), _MOST_STEPS)


def from_steps(steps: int) -> float:
    """Read `to_steps`, or a sum of such, back."""
    return steps / _WEIGHT_STEPS
