"""The dictionary of terms: Whoosh's hash file, read through a map of memory, with entries that can
be erased where they lie.

Whoosh keeps the whole table in Python objects while it writes and reads the file by seeking; at
millions of terms the one takes gigabytes and the other more time than a search has.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import HashReader, HashWriter

Extent = tuple[int, int]
"""Where a posting list begins in its file, and how many documents stand in it."""

_LENGTHS = struct.Struct("!ii")
_SLOT = struct.Struct("!Iq")
_HASH = struct.Struct("!I")
_EXTENT = struct.Struct("<QI")
_NOWHERE = bytes(_SLOT.size - _HASH.size)
_CRC = 1
_BUCKETS = 256
_ERASED = b"\xff"
"""Fills the text of an erased term: no byte of this value stands in UTF-8."""
_FIELD_BYTES = 2


class TermWriter(HashWriter):  # type: ignore[misc]
    """Writes the dictionary; keys have to come in ascending order."""

    def __init__(self, file: Any) -> None:
        super().__init__(file, hashtype=_CRC)
        self._hashes = [array("I") for _ in range(_BUCKETS)]
        self._places = [array("Q") for _ in range(_BUCKETS)]
        self._at: int = file.tell()
        self._field = b""

    def add_term(self, key: bytes, offset: int, count: int) -> None:
        """Take a term with the place of its posting list."""
        if key[:_FIELD_BYTES] != self._field:
            self._field = key[:_FIELD_BYTES]
            self.extras[self._field] = self._at
        self.dbfile.write(_LENGTHS.pack(len(key), _EXTENT.size) + key + _EXTENT.pack(offset, count))
        hashed = crc32(key)
        self._hashes[hashed & 255].append(hashed)
        self._places[hashed & 255].append(self._at)
        self._at += _LENGTHS.size + len(key) + _EXTENT.size

    def _write_hashes(self) -> None:
        at = self._at
        for hashes, places in zip(self._hashes, self._places, strict=True):
            slots = 2 * len(hashes)
            self.directory.append((at, slots))
            table = bytearray(slots * _SLOT.size)
            for hashed, place in zip(hashes, places, strict=True):
                slot = (hashed >> 8) % slots * _SLOT.size
                while table[slot + _HASH.size : slot + _SLOT.size] != _NOWHERE:
                    slot = (slot + _SLOT.size) % len(table)
                _SLOT.pack_into(table, slot, hashed, place)
            at += self.dbfile.write(table)


class TermFile:
    """The dictionary of one segment; threads may share it."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        reader = HashReader.open(FileStorage(str(path.parent)), path.name)
        self._tables: list[tuple[int, int]] = reader.tables
        self._fields: dict[bytes, int] = reader.extras
        self._begin, self._end = int(reader.startofdata), int(reader.endofdata)
        reader.close()
        self._map = map_file(path, writable=writable)

    def find(self, key: bytes) -> Extent | None:
        """Give the place of a term's posting list, None where no document holds the term."""
        found = self._locate(key)
        if found is None:
            return None
        offset, count = _EXTENT.unpack_from(self._map, found[1] + _LENGTHS.size + len(key))
        return offset, count

    def items(self, field: bytes = b"") -> Iterator[tuple[bytes, Extent]]:
        """Give all terms, or those of one field, with the places of their lists, in order."""
        at = self._fields.get(field, self._end) if field else self._begin
        while at < self._end:
            key_length, _ = _LENGTHS.unpack_from(self._map, at)
            at += _LENGTHS.size
            key = self._map[at : at + key_length]
            if not key.startswith(field):
                return
            at += key_length
            if key[_FIELD_BYTES : _FIELD_BYTES + 1] != _ERASED:
                yield key, _EXTENT.unpack_from(self._map, at)
            at += _EXTENT.size

    def erase(self, key: bytes) -> None:
        """Overwrite a term, and what its hash would tell of it, where it lies."""
        found = self._locate(key)
        if found is None:
            return
        slot, place = found
        text = place + _LENGTHS.size + _FIELD_BYTES
        length = len(key) - _FIELD_BYTES
        self._map[text : text + length] = _ERASED * length
        self._map[slot : slot + _HASH.size] = _ERASED * _HASH.size

    def _locate(self, key: bytes) -> tuple[int, int] | None:
        """The slot of a key in its table, and where its entry begins."""
        hashed = crc32(key)
        table, slots = self._tables[hashed & 255]
        for step in range(slots):
            slot = table + ((hashed >> 8) + step) % slots * _SLOT.size
            held, place = _SLOT.unpack_from(self._map, slot)
            if not place:
                return None
            if held == hashed:
                text = place + _LENGTHS.size
                if _LENGTHS.unpack_from(self._map, place)[0] == len(key) and (
                    self._map[text : text + len(key)] == key
                ):
                    return slot, place
        return None


def map_file(path: Path, *, writable: bool = False) -> mmap.mmap:
    """Map a file into memory; what another process erases in it is seen at once.

    It is let go with the last view of it: a search that goes on must not lose its ground.
    """
    with path.open("r+b" if writable else "rb") as file:
        access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
        return mmap.mmap(file.fileno(), 0, access=access)
