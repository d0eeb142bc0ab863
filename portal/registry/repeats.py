"""Cases that come more than once in a file: the last valid line counts.

Found before anything is imported, so that the same file says the same every time it comes.
The numbers of a file are kept in memory, its records are not; only the lines of a number
that comes again are read and validated a second time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from portal.reference import case_numbers
from portal.registry.exchange import CaseRecord
from portal.registry.lines import Line, read_lines


@dataclass(frozen=True)
class Repeats:
    """Line numbers: ``replaced`` by a later line of the same case, ``again`` after an earlier."""

    replaced: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()


def find_repeats(path: Path) -> Repeats:
    """Read the file for cases that come more than once. Raises UnreadableFile."""
    first: dict[str, int] = {}
    suspects: set[str] = set()
    for line in read_lines(path):
        number = _number(line)
        if number and first.setdefault(number, line.number) != line.number:
            suspects.add(number)
    if not suspects:
        return Repeats()
    valid: defaultdict[str, list[int]] = defaultdict(list)
    for line in read_lines(path):
        number = _number(line)
        if number in suspects and _is_valid(line):
            valid[number].append(line.number)
    return Repeats(
        replaced=frozenset(at for lines in valid.values() for at in lines[:-1]),
        again=frozenset(at for lines in valid.values() for at in lines[1:]),
    )


def _number(line: Line) -> str:
    """Canonical number of the line's case; empty where it cannot be read."""
    written = (line.record or {}).get("case_number")
    if not isinstance(written, str):
        return ""
    try:
        return case_numbers.parse(written).canonical
    except case_numbers.CaseNumberError:
        return ""


def _is_valid(line: Line) -> bool:
    try:
        CaseRecord.model_validate(line.record)
    except ValidationError:
        return False
    return True
