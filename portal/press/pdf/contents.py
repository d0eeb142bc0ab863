"""The drawing instructions of a page, a form, a pattern or a glyph, gone through one by one.

Marked content is left out: it carries replacement texts, names and layers beside what is drawn.
What is drawn is counted, because a picture and a shape may hold words that no program reads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, NameObject, PdfObject

_MARKS = frozenset({b"BMC", b"BDC", b"EMC", b"MP", b"DP", b"BX", b"EX"})
_CURVES = frozenset({b"c", b"v", b"y"})
_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_INLINE = b"INLINE IMAGE"
_PAINT = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", _INLINE})
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
        if operator in _MARKS:
            continue
        kept.append((operands, operator))
        for kind, name in _names(operands, operator):
            used[kind].add(name)
    content.operations = kept
    named = {kind: frozenset(names) for kind, names in used.items()}
    return Content(content.get_data(), _drawn_by(operator for _, operator in kept), named)


def _drawn_by(operators: Iterable[bytes]) -> Drawn:
    counted = Counter(operators)
    return Drawn(
        images=counted[_INLINE],
        curves=sum(counted[each] for each in _CURVES),
        text=not _TEXT.isdisjoint(counted),
        paint=not _PAINT.isdisjoint(counted),
    )


def _names(operands: Any, operator: bytes) -> list[tuple[str, str]]:
    if operator == _INLINE:
        # A space of colours may be named; a filter or a mask never is.
        settings = operands["settings"]
        named = settings.get("/CS", settings.get("/ColorSpace"))
        return [("/ColorSpace", str(named))] if isinstance(named, NameObject) else []
    kind = _NAMED.get(operator)
    if kind is None or not operands:
        return []
    name = operands[0] if operator == b"Tf" else operands[-1]
    return [(kind, str(name))] if isinstance(name, NameObject) else []
