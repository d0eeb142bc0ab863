"""Enforcement cases in the exchange format, and the file that the intake reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import IO

from portal.reference.vocabulary import ControlAction, DisclosureLevel, PropertyStatus
from seed.assets import Control
from seed.closing import draw_closing
from seed.course import Course, World
from seed.dockets import draw_register
from seed.identifiers import query_code
from seed.money import yuan
from seed.objections import objection_record
from seed.parties import Party
from seed.spelling import written_case_number
from seed.timeline import draw_events

_CLOSED_SHARE = 0.06
_CLOSED_SHARE_FAMILY = 0.45
_REACHED_SHARE = 0.35
_REASONS = ("涉及个人隐私", "涉及商业秘密", "涉及国家秘密", "人民法院认为不宜公开的其他情形")
_REASON_WEIGHTS = (7, 2, 1, 2)
_FAMILY_REASONS = ("涉及未成年子女抚养、监护", "涉及个人隐私", "离婚诉讼")


def build_cases(count: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield ``count`` cases in the exchange format, in the order of filing.

    The same ``count`` and ``seed`` give the same cases. Records hold only what JSON can:
    dates are ISO strings and sums decimal strings in yuan. Only the register of filings is
    kept in memory. ValueError when ``count`` is not positive.
    """
    if count < 1:
        raise ValueError("count must be positive")
    world = World(seed)
    for docket in draw_register(world.random("register"), count):
        if docket.objects_to:
            yield objection_record(world, docket, docket.objects_to)
            continue
        course, writer, rng = world.play(docket)
        yield {
            "case_number": written_case_number(rng, docket.case_number),
            "court": docket.court.code,
            "filed_on": docket.filed_on.isoformat(),
            "cause": course.cast.cause.name,
            "property_status": _property_status(rng, course).value,
            "amount_claimed": yuan(course.fate.claimed),
            "amount_recovered": yuan(course.fate.recovered),
            "basis": course.basis.record(),
            "handler": {
                "name": course.judge.name,
                "title": course.judge.title,
                "office_phone": course.judge.office_phone,
            },
            "parties": [party.record() for party in course.cast.parties],
            "events": draw_events(rng, course, writer),
            "property_controls": [control.record() for control in course.controls],
            "measures": [measure.record() for measure in course.measures],
            "auctions": [auction.record() for auction in course.auctions],
            "payments": [payment.record() for payment in course.payments],
            "closing": draw_closing(rng, course, writer),
            **_links(course),
            "disclosure": _disclosure(rng, course),
            "query_codes": [
                {"party": party.name, "code": query_code(rng)}
                for party in (*course.cast.applicants, *_reached(rng, course))
            ],
        }


def write_export(
    path: Path, cases: Iterable[Mapping[str, object]], progress: Callable[[int], None] | None = None
) -> None:
    """Write cases as JSON Lines, gzipped when the name ends in ``.gz``.

    ``progress`` is called after every case with the number of cases written so far. The file
    appears under its name only when it is complete.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        with _opened(partial, compressed=path.suffix == ".gz") as export:
            for written, case in enumerate(cases, start=1):
                export.write(json.dumps(case, ensure_ascii=False) + "\n")
                if progress:
                    progress(written)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _opened(path: Path, *, compressed: bool) -> IO[str]:
    if compressed:
        return gzip.open(path, "wt", encoding="utf-8", newline="\n")
    return path.open("w", encoding="utf-8", newline="\n")


def _property_status(rng: Random, course: Course) -> PropertyStatus:
    found = bool(course.payments) or any(map(_of_value, course.controls))
    # A 终本 with property is one whose property could not be disposed of: the exception.
    if course.auctions or (found and not (course.fate.fruitless and rng.random() < 0.8)):
        return PropertyStatus.FOUND
    if course.fate.fruitless:
        return PropertyStatus.NONE
    return PropertyStatus.UNKNOWN if rng.random() < 0.7 else PropertyStatus.NONE


def _reached(rng: Random, course: Course) -> list[Party]:
    """Debtors who were served with a notice, and a code on it."""
    return [debtor for debtor in course.cast.debtors if rng.random() < _REACHED_SHARE]


def _of_value(control: Control) -> bool:
    """More than a small balance: a thing, or a sum of 5 000 yuan at least."""
    return control.action is not ControlAction.QUERY and (
        control.amount is None or control.amount >= 500_000
    )


def _links(course: Course) -> dict[str, str]:
    links = {}
    if course.docket.resumes:
        links["resumed_from"] = course.docket.resumes.case_number
    if course.docket.resumed_as:
        links["resumed_as"] = course.docket.resumed_as
    return links


def _disclosure(rng: Random, course: Course) -> dict[str, str]:
    family = course.cast.cause.family
    if rng.random() >= (_CLOSED_SHARE_FAMILY if family else _CLOSED_SHARE):
        return {"level": DisclosureLevel.OPEN.value}
    reasons, weights = (_FAMILY_REASONS, None) if family else (_REASONS, _REASON_WEIGHTS)
    reason = rng.choices(reasons, weights)[0]
    return {"level": DisclosureLevel.CLOSED.value, "reason": reason}
