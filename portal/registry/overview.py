"""What is to be known of a whole file first: its length, and cases that come more than once.

Of a case that comes again the last valid line counts. That is found before anything is
imported, so that the same file says the same every time it comes. The numbers of a file are
kept in memory, its records are not; only the lines of a number that comes again are read and
validated a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from portal.reference import case_numbers
from portal.registry.exchange import CaseRecord
from portal.registry.lines import Line, read_lines

# Lines between two words on how far it is.
STEP = 5_000


@dataclass(frozen=True)
class Overview:
    """``lines`` is the number of the last line.

    Line numbers: ``replaced`` by a later line of the same case, ``again`` after an earlier.
    """

    lines: int = 0
    replaced: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()


def look_over(path: Path, progress: Callable[[int], None] | None = None) -> Overview:
    """Read a whole file once; ``progress`` is told the lines read. Raises UnreadableFile."""
    first: dict[str, int] = {}
    suspects: set[str] = set()
    last = 0
    for line in read_lines(path):
        last = line.number
        number = _number(line)
        if number and first.setdefault(number, last) != last:
            suspects.add(number)
        if progress and last % STEP == 0:
            progress(last)
    if not suspects:
        return Overview(last)
    valid: defaultdict[str, list[int]] = defaultdict(list)
    for line in read_lines(path):
        number = _number(line)
        if number in suspects and _is_valid(line):
            valid[number].append(line.number)
    return Overview(
        last,
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
