"""Travel permits to and from Hong Kong, Macao and Taiwan, and residence permits of foreigners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "travel_permit"
_NUMBER = re.compile(
    r"C[A-Z]?\d{7,8}|W\d{8}|[TL]\d{8}|[HM]\d{8}(?:\d{2})?|[A-Z]{3}\d{12}", re.IGNORECASE
)
_LABELLED = re.compile(
    r"(?:通行证|台胞证|回乡证|居留证|居留身份证|返乡证)(?:号码?|证号|编号)?(?:为|是|[:：\s（(])*"
    r"([A-Za-z0-9](?:[ \-]?[A-Za-z0-9]){6,15})(?![0-9A-Za-z])"
)
_LABEL = re.compile(r"通行证|台胞证|回乡证|居留|证件|往来")


def find(view: View) -> Iterator[Candidate]:
    """Yield travel and residence permit numbers."""
    for start, end in view.codes:
        if _NUMBER.fullmatch(view.text, start, end):
            labelled = bool(_LABEL.search(view.before(start)))
            if labelled or not view.guards.covers(start, end):
                yield _candidate(start, end, 0.98 if labelled else 0.75, "通行证或居留证号码样式")
    for at in view.labels(NAME):
        match = _LABELLED.match(view.text, at)
        if match and sum(c.isdecimal() for c in match.group(1)) >= 6:
            yield _candidate(*match.span(1), 0.95, "通行证标签后的号码")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.TRAVEL_PERMIT, start, end, score, reason, NAME)
