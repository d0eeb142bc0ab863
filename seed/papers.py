"""Invented 规范性文件 of the demo world as PDF files: text on white pages, nothing else.

Set in a standard font that is not part of the file (Adobe's GB1 collection), so the words are
words to every reader and the file stays small.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

# A4 in points; a line holds this many characters of the body, a page this many lines.
WIDTH, HEIGHT, MARGIN = 595, 842, 72
BODY, LEADING = 14, 28
LINE, LINES = 32, 24


def draw_paper(title: str, number: str, paragraphs: Sequence[str]) -> bytes:
    """A PDF with number and title at the head of its first page."""
    lines = [line for text in paragraphs for line in _wrapped(f"　　{text}")]
    writer = PdfWriter()
    font = writer._add_object(_font())
    for start in range(0, len(lines), LINES):
        page = writer.add_blank_page(WIDTH, HEIGHT)
        head = [number, title] if start == 0 else []
        content = DecodedStreamObject()
        content.set_data(b"\n".join(_drawn(head, lines[start : start + LINES])))
        page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.add_metadata({"/Title": title, "/Author": "演示编辑"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(head: Sequence[str], lines: Sequence[str]) -> Iterator[bytes]:
    at = HEIGHT - MARGIN
    for text in head:
        yield _line(text, (WIDTH - 18 * len(text)) / 2, at, 18)
        at -= LEADING + 6
    for text in lines:
        yield _line(text, MARGIN, at, BODY)
        at -= LEADING


def _line(text: str, left: float, bottom: float, size: int) -> bytes:
    coded = text.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {left:.1f} {bottom} Td <{coded}> Tj ET".encode()


def _wrapped(text: str) -> Iterator[str]:
    while text:
        cut = LINE
        if text[cut : cut + 1] in {"，", "。", "、", "；", "：", "）", "”"}:
            # A mark does not begin a line.
            cut += 1
        yield text[:cut]
        text = text[cut:]


def _font() -> DictionaryObject:
    name = NameObject("/STSong-Light")
    collection = {
        NameObject("/Registry"): TextStringObject("Adobe"),
        NameObject("/Ordering"): TextStringObject("GB1"),
        NameObject("/Supplement"): NumberObject(4),
    }
    descendant = {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/CIDFontType0"),
        NameObject("/BaseFont"): name,
        NameObject("/CIDSystemInfo"): DictionaryObject(collection),
        NameObject("/DW"): NumberObject(1000),
    }
    font = {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type0"),
        NameObject("/BaseFont"): name,
        NameObject("/Encoding"): NameObject("/UniGB-UCS2-H"),
        NameObject("/DescendantFonts"): ArrayObject([DictionaryObject(descendant)]),
    }
    return DictionaryObject(font)
