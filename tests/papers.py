"""PDF files for tests: a good one, and ways to spoil it."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from portal.press.pdf.sandbox import Reading
from portal.press.pdf.taking_apart import take_apart
from seed.papers import draw_paper

_HEXED = re.compile(rb"<(?:[0-9A-Fa-f]{2})+>")
_LITERAL = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
TEXT = "本规定自发布之日起施行。"


def paper(*paragraphs: str) -> bytes:
    """A 规范性文件 of some paragraphs."""
    return draw_paper("执行信息公开规定", "演示〔2018〕9号", paragraphs or (TEXT,))


def spoiled(spoil: Callable[[PdfWriter], Any], data: bytes = b"") -> bytes:
    """A good file with something done to it."""
    writer = PdfWriter(clone_from=io.BytesIO(data or paper()))
    spoil(writer)
    return written(writer)


def take_apart_here(data: bytes) -> tuple[Reading, bytes]:
    """What the worker does, without a process of its own, which takes most of a second."""
    told, cleaned = take_apart(data)
    return Reading.from_json(told), cleaned


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf(value: Any) -> PdfObject:
    """Python as PDF: strings with a slash are names, dictionaries and lists are what they are."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): pdf(each) for key, each in value.items()})
    if isinstance(value, list):
        return ArrayObject([pdf(each) for each in value])
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, float):
        return FloatObject(value)
    return NameObject(value) if value.startswith("/") else TextStringObject(value)


def stream(data: bytes, **head: Any) -> StreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({NameObject(f"/{key}"): pdf(value) for key, value in head.items()})
    return made


def put(writer: PdfWriter, kind: str, name: str, value: PdfObject) -> None:
    """Give the first page a resource."""
    resources: Any = writer.pages[0]["/Resources"]
    resources.setdefault(NameObject(kind), DictionaryObject())[NameObject(name)] = (
        writer._add_object(value)
    )


def draw(writer: PdfWriter, instructions: bytes) -> None:
    """Draw something more on the first page."""
    page = writer.pages[0]
    before = ContentStream(page["/Contents"].get_object(), writer).get_data()
    page[NameObject("/Contents")] = writer._add_object(stream(before + b"\n" + instructions))


def annotate(writer: PdfWriter, **fields: Any) -> None:
    """Put a note on the first page."""
    note = {"/Type": "/Annot", "/Rect": [10, 10, 90, 90]}
    note |= {f"/{key}": value for key, value in fields.items()}
    notes = writer.pages[0].setdefault(NameObject("/Annots"), ArrayObject())
    notes.append(writer._add_object(pdf(note)))


def at_root(writer: PdfWriter, key: str, value: Any) -> None:
    writer.root_object[NameObject(key)] = pdf(value)


def said(text: str) -> bytes:
    """Instructions that set words in the font of ``paper``."""
    return b"BT /F1 14 Tf 72 90 Td <" + text.encode("utf-16-be").hex().encode() + b"> Tj ET"


def jpeg(**kept: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 48), 90).convert("RGB").save(out, "JPEG", **kept)
    return out.getvalue()


def image(data: bytes, filter_: str = "/DCTDecode") -> StreamObject:
    """A picture of 64 × 48 pixels."""
    made = StreamObject()
    made._data = data
    head = {
        "/Type": "/XObject", "/Subtype": "/Image", "/Width": 64, "/Height": 48,
        "/ColorSpace": "/DeviceRGB", "/BitsPerComponent": 8, "/Filter": filter_,
    }  # fmt: skip
    made.update({NameObject(key): pdf(value) for key, value in head.items()})
    return made


def everything_in(data: bytes) -> str:
    """All that is written anywhere in a file: its bytes, its streams unpacked, its strings.

    Also what no table of the file leads to any more.
    """
    reader = PdfReader(io.BytesIO(data))
    found = [data.decode("latin-1")]
    for piece in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        with suppress(zlib.error):
            found += _said(zlib.decompress(piece))
    for number in range(1, reader.trailer["/Size"] + 1):
        found += _written_in(reader.get_object(number))
    return "\n".join(found)


def _written_in(value: Any) -> Iterator[str]:
    if isinstance(value, DictionaryObject):
        for key, each in value.items():
            yield str(key)
            yield from _written_in(each)
    elif isinstance(value, ArrayObject):
        for each in value:
            yield from _written_in(each)
    elif isinstance(value, ByteStringObject):
        yield value.decode("latin-1")
    elif value is not None:
        yield str(value)
    if isinstance(value, StreamObject):
        yield from _said(value.get_data())


def _said(data: bytes) -> Iterator[str]:
    yield data.decode("latin-1")
    yield data.decode("utf-8", "replace")
    pieces = [*_HEXED.findall(data), *map(_unescaped, _LITERAL.findall(data))]
    yield "".join(piece.decode("utf-16-be", "replace") for piece in map(_unhexed, pieces))


def _unhexed(piece: bytes) -> bytes:
    return bytes.fromhex(piece[1:-1].decode()) if piece[:1] == b"<" else piece


def _unescaped(piece: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        word = match[1]
        return bytes([int(word, 8)]) if word.isdigit() else _ESCAPED.get(word, word)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, piece[1:-1], flags=re.DOTALL)
