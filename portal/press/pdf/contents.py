"""The drawing instructions of a page, a form, a pattern or a glyph, gone through one by one.

Only what draws is kept, with the operands it takes. Marked content carries replacement texts,
names and layers beside what is drawn; a word no reader knows may carry anything.
What is drawn is counted, because a picture and a shape may hold words that no program reads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from portal.press.pdf.pixels import bare_inline

_CURVES = frozenset({b"c", b"v", b"y"})
_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_INLINE = b"INLINE IMAGE"
_PAINT = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", _INLINE})
_NUMBERS = FloatObject | NumberObject
_WORDS = TextStringObject | ByteStringObject
_DRAWING = frozenset(
    {
        *(b"q", b"Q", b"cm", b"w", b"J", b"j", b"M", b"d", b"ri", b"i", b"gs", b"m", b"l", b"h"),
        *(b"re", b"n", b"W", b"W*", b"CS", b"cs", b"SC", b"SCN", b"sc", b"scn", b"G", b"g"),
        *(b"RG", b"rg", b"K", b"k", b"Do", b"d0", b"d1", b"BT", b"ET", b"Tc", b"Tw", b"Tz"),
        *(b"TL", b"Tf", b"Tr", b"Ts", b"Td", b"TD", b"Tm", b"T*"),
        *(*_CURVES, *_TEXT, *_PAINT),
    }
)
# Which operand of an operator names what kind of resource.
_NAMED: Mapping[bytes, str] = {
    b"Do": "/XObject",
    b"gs": "/ExtGState",
    b"Tf": "/Font",
    b"cs": "/ColorSpace",
    b"CS": "/ColorSpace",
    b"scn": "/Pattern",
    b"SCN": "/Pattern",
    b"sh": "/Shading",
}


@dataclass(frozen=True)
class Drawn:
    """What was drawn: pictures, curves, whether any words, whether anything at all."""

    images: int = 0
    curves: int = 0
    text: bool = False
    paint: bool = False

    def __add__(self, other: Drawn) -> Drawn:
        return Drawn(
            self.images + other.images,
            self.curves + other.curves,
            self.text or other.text,
            self.paint or other.paint,
        )


@dataclass(frozen=True)
class Content:
    """Instructions without marks: as bytes, what they draw, which resources they name."""

    data: bytes
    drawn: Drawn
    used: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_content(stream: PdfObject | None, reader: PdfReader) -> Content:
    """Go through one stream of instructions, or the streams of one page."""
    if stream is None:
        return Content(b"", Drawn())
    content = ContentStream(stream, reader)
    kept, used = [], defaultdict[str, set[str]](set)
    for operands, operator in content.operations:
        if operator not in _DRAWING:
            continue
        operands = _own_operands(operands, operator)
        kept.append((operands, operator))
        for kind, name in _names(operands, operator):
            used[kind].add(name)
    content.operations = kept
    named = {kind: frozenset(names) for kind, names in used.items()}
    return Content(content.get_data(), _drawn_by(operator for _, operator in kept), named)


def _own_operands(operands: Any, operator: bytes) -> Any:
    """What the operator takes: words are for those that show words."""
    if operator == _INLINE:
        return bare_inline(operands)
    if operator in _TEXT:
        shown = operands[-3:] if operator == b'"' else operands[-1:]
        return [
            _spaced(each) for each in shown if isinstance(each, ArrayObject | _WORDS | _NUMBERS)
        ]
    return [each for each in map(_measured, operands) if each is not None]


def _spaced(words: PdfObject) -> PdfObject:
    """Words as they are, or with the room between them."""
    if not isinstance(words, ArrayObject):
        return words
    return ArrayObject(each for each in words if isinstance(each, _WORDS | _NUMBERS))


def _measured(operand: PdfObject) -> PdfObject | None:
    """A name, a number, or a row of numbers; None for anything else."""
    if isinstance(operand, ArrayObject):
        return ArrayObject(each for each in operand if isinstance(each, _NUMBERS))
    return operand if isinstance(operand, NameObject | _NUMBERS) else None


def _drawn_by(operators: Iterable[bytes]) -> Drawn:
    counted = Counter(operators)
    return Drawn(
        images=counted[_INLINE],
        curves=sum(counted[each] for each in _CURVES),
        text=not _TEXT.isdisjoint(counted),
        paint=not _PAINT.isdisjoint(counted),
    )


def _names(operands: Any, operator: bytes) -> list[tuple[str, str]]:
    kind = _NAMED.get(operator)
    if kind is None or not operands:
        return []
    name = operands[0] if operator == b"Tf" else operands[-1]
    return [(kind, str(name))] if isinstance(name, NameObject) else []
