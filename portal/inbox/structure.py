"""Whether the bytes of a PDF, JPEG or PNG file are all there, told without decoding any of it.

A PNG is walked chunk by chunk with its checksums and has to end with its last chunk; a JPEG is
walked segment by segment to its scan, which has to end. Cameras write more behind a JPEG's end
(a film, a second picture), so that is let be: the office draws pictures anew before it shows
them. Neither may ask a decoder for more than ``MOST_PIXELS``. A PDF has its marks at both ends.
"""

from __future__ import annotations

import re
import zlib

MOST_PIXELS = 50_000_000
_PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
_PDF_TAIL = 2048
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_CHUNK_FRAME = 12
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SCAN, _END = 0xDA, b"\xff\xd9"


def is_whole_pdf(data: bytes) -> bool:
    """Version at the head; ``startxref`` and the end mark, in this order, at the tail."""
    tail = data[-_PDF_TAIL:]
    start = tail.rfind(b"startxref")
    return bool(_PDF_HEAD.match(data)) and 0 <= start < tail.rfind(b"%%EOF")


def is_whole_png(data: bytes) -> bool:
    """Every chunk with its checksum, IHDR first, picture data, IEND last, nothing behind it."""
    if not data.startswith(_PNG_HEAD):
        return False
    at, kinds = len(_PNG_HEAD), []
    while at + _CHUNK_FRAME <= len(data):
        end = at + _CHUNK_FRAME + int.from_bytes(data[at : at + 4], "big")
        body, check = data[at + 4 : end - 4], data[end - 4 : end]
        if end > len(data) or zlib.crc32(body) != int.from_bytes(check, "big"):
            return False
        kinds.append(body[:4])
        if len(kinds) == 1 and not (body[:4] == b"IHDR" and _is_drawable(body[4:8], body[8:12])):
            return False
        at = end
        if body[:4] == b"IEND":
            break
    return at == len(data) and kinds[-1:] == [b"IEND"] and b"IDAT" in kinds


def is_whole_jpeg(data: bytes) -> bool:
    """Segments that follow each other up to the scan, one frame among them, and an end mark."""
    if not data.startswith(b"\xff\xd8\xff"):
        return False
    at, framed = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            # Filling before a marker.
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(data):
            return False
        if marker in _FRAMES:
            framed = _is_drawable(data[at + 7 : at + 9], data[at + 5 : at + 7])
        at += 2 + length
        if marker == _SCAN:
            return framed and data.find(_END, at) >= 0
    return False


def _is_drawable(width: bytes, height: bytes) -> bool:
    pixels = int.from_bytes(width, "big") * int.from_bytes(height, "big")
    return 0 < pixels <= MOST_PIXELS
