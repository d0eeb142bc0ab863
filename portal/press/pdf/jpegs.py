"""Leaves a JPEG its picture and takes away what else its file says: place, camera, comments."""

from __future__ import annotations

# The one application segment a decoder needs: it says how the colours are meant.
_ADOBE = 0xEE
_APPLICATION = range(0xE0, 0xF0)
_COMMENT, _SCAN, _START, _END = 0xFE, 0xDA, 0xD8, 0xD9
_RESTARTS = range(0xD0, 0xD8)


def bare_jpeg(data: bytes) -> bytes:
    """The JPEG without descriptions and without anything behind its end; ValueError where it
    cannot be followed from marker to marker."""
    if data[:2] != bytes((0xFF, _START)):
        raise ValueError("not a JPEG")
    parts, at = [data[:2]], 2
    while True:
        # A marker may have any number of these before it.
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        marker = _marker(data, at)
        if marker == _END:
            return b"".join((*parts, data[at : at + 2]))
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        if marker == _ADOBE or not (marker in _APPLICATION or marker == _COMMENT):
            parts.append(data[at:end])
        at = end


def _marker(data: bytes, at: int) -> int:
    if data[at : at + 2] == bytes((0xFF, _END)):
        return _END
    if len(data) < at + 4:
        raise ValueError("the JPEG ends in the middle")
    if data[at] != 0xFF:
        raise ValueError("no marker where one has to be")
    return data[at + 1]


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: a byte FF of the picture itself is followed by a zero."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise ValueError("the JPEG ends in the middle")
        if data[at + 1] != 0 and data[at + 1] not in _RESTARTS:
            return at
        at += 2
