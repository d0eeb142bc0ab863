"""Whole files are told from cut, padded and disguised ones by their structure alone."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.inbox.proofs import Proof
from portal.inbox.structure import MOST_PIXELS

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def picture(form: str, **options: object) -> bytes:
    held = BytesIO()
    Image.effect_noise((48, 32), 60).convert("RGB").save(held, form, **options)
    return held.getvalue()


JPEG, PNG = picture("JPEG"), picture("PNG")


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(width: int, height: int, *rest: bytes) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return PNG[:8] + chunk(b"IHDR", size + b"\x08\x02\0\0\0") + b"".join(rest)


def suffix(data: bytes) -> str:
    return Proof("x", data).suffix


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PDF, "pdf"),
        # An appended change ends with another table and end mark.
        (PDF + b"2 0 obj\n<<>>\nendobj\nstartxref\n99\n%%EOF", "pdf"),
        (JPEG, "jpg"),
        (picture("JPEG", progressive=True), "jpg"),
        (picture("JPEG", exif=b"Exif\0\0" + b"\xff\xd9" * 8), "jpg"),
        # Cameras write a film or a second picture behind the first.
        (JPEG + b"MotionPhoto" + bytes(4000), "jpg"),
        (PNG, "png"),
        (picture("PNG", optimize=True), "png"),
    ],
)
def test_what_programs_write_is_taken(data: bytes, expected: str) -> None:
    assert suffix(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\0",
        b"<html>%PDF-1.4 startxref %%EOF</html>",
        b"%PDF-9.9\nstartxref\n9\n%%EOF",
        # The end mark of an earlier state alone: the rest was cut off.
        PDF + b"2 0 obj\n" + b"x" * 5000,
        PDF[: PDF.rfind(b"%%EOF")],
        PDF.replace(b"startxref\n9\n", b""),
        JPEG[: len(JPEG) // 2],
        JPEG[:-2],
        # A name and an end are no picture.
        b"\xff\xd8\xff\xe0\x00\x10JFIF\xff\xd9",
        b"\xff\xd8\xff<script>alert(1)</script>\xff\xd9",
        PNG[:-1],
        PNG[: len(PNG) // 2] + PNG[-12:],
        # Something else behind the last chunk: an archive, a page.
        PNG + b"PK\x03\x04",
        PNG.replace(b"IDAT", b"IDAX"),
        png(4, 4, chunk(b"IEND", b"")),
        PNG[:8] + chunk(b"IEND", b""),
        # More than a decoder should be asked for.
        png(MOST_PIXELS, 2, chunk(b"IDAT", b"x"), chunk(b"IEND", b"")),
        png(0, 9, chunk(b"IDAT", b"x"), chunk(b"IEND", b"")),
    ],
)
def test_what_is_cut_or_disguised_is_not(data: bytes) -> None:
    assert suffix(data) == ""


@given(st.sampled_from([PDF, JPEG, PNG]), st.data())
def test_no_beginning_of_a_picture_is_a_whole_one(data: bytes, draw: st.DataObject) -> None:
    cut = draw.draw(st.integers(0, len(data.rstrip()) - 2))
    assert suffix(data[:cut]) == ""


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff\xe0", PNG[:8], b"%PDF-1.4"]))
def test_junk_is_refused_and_breaks_nothing(junk: bytes, head: bytes) -> None:
    assert suffix(head + junk) == ""
