"""What an import of a file would do, told before it does anything.

Goes through the file as ``registry.intake`` does and counts by the same rules, writing nothing.
The list names cases and fields, never what stands in them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.exchange import CaseRecord
from portal.registry.intake import BATCH, content_digest
from portal.registry.lines import Line, read_lines
from portal.registry.messages import field_problems
from portal.registry.models import CaseRevision, RegistryCase
from portal.registry.overview import Overview

# Longer lists are read by nobody; the counts are of the whole file.
MOST_LISTED = 200


@dataclass
class Forecast:
    """Counts of lines, and the first lines that are not unchanged.

    ``listed`` is [{"line", "case_number", "what", "fields"}], ``what`` one of ``added``,
    ``changed``, ``rejected``; ``fields`` are top-level names that would change or are wrong.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    listed: list[dict[str, Any]] = field(default_factory=list)

    def note(self, what: str, line: int, case_number: str, fields: list[str]) -> None:
        """Count one line and list it while there is room."""
        setattr(self, what, getattr(self, what) + 1)
        if what != "unchanged" and len(self.listed) < MOST_LISTED:
            self.listed.append(
                {"line": line, "case_number": case_number, "what": what, "fields": fields}
            )


def forecast_file(
    registry: sessionmaker[Session],
    path: Path,
    overview: Overview,
    progress: Callable[[int], None],
) -> Forecast:
    """Look through a whole file; ``progress`` is told the lines done. Raises UnreadableFile."""
    again = overview.replaced | overview.again
    seen: dict[str, dict[str, Any]] = {}
    forecast = Forecast()
    lines = read_lines(path)
    while batch := list(islice(lines, BATCH)):
        with registry() as session:
            for line in batch:
                content = _look(session, line, seen, line.number in overview.replaced, forecast)
                if content is not None and line.number in again:
                    seen[content["case_number"]] = content
        progress(batch[-1].number)
    return forecast


def _look(
    session: Session,
    line: Line,
    seen: dict[str, dict[str, Any]],
    replaced: bool,
    forecast: Forecast,
) -> dict[str, Any] | None:
    """Count one line; return its record where it is valid."""
    if line.record is None:
        forecast.note("rejected", line.number, "", [])
        return None
    try:
        content = CaseRecord.model_validate(line.record).to_content()
    except ValidationError as error:
        fields = [problem.field for problem in field_problems(error)][:5]
        forecast.note("rejected", line.number, "", fields)
        return None
    number = content["case_number"]
    case = session.scalars(select(RegistryCase).filter_by(case_number=number)).one_or_none()
    before = seen.get(number) or (case.content if case else None)
    if before is None:
        forecast.note("added", line.number, number, [])
    elif before == content or (replaced and case and _is_history(session, case.id, content)):
        forecast.note("unchanged", line.number, number, [])
    else:
        fields = sorted(
            key for key in before.keys() | content.keys() if before.get(key) != content.get(key)
        )
        forecast.note("changed", line.number, number, fields)
    return content


def _is_history(session: Session, case_id: int, content: dict[str, Any]) -> bool:
    earlier = select(CaseRevision.id).filter_by(case_id=case_id, digest=content_digest(content))
    return session.scalars(earlier).first() is not None
