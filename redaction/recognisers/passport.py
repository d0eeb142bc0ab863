"""Passports: Chinese ones, those of Hong Kong and Macao, others by label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "passport"
_NUMBER = re.compile(
    r"[Ee]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|[Gg]\d{8}|[SDPsdp][Ee]?\d{7,8}|KJ?\d{7,8}|MA\d{7}"
)
_LABELLED = re.compile(
    r"(?:护照|(?i:passport))\s?(?:号码?|证号|编号|(?i:no\.?|number))?(?:为|是|[:：\s（(])*"
    r"([A-Za-z0-9](?:[ \-]?[A-Za-z0-9]){5,10})(?![0-9A-Za-z])"
)
_LABEL = re.compile(r"护照|证件|出入境|passport", re.IGNORECASE)


def find(view: View) -> Iterator[Candidate]:
    """Yield passport numbers."""
    for start, end in view.codes:
        if _NUMBER.fullmatch(view.text, start, end):
            labelled = bool(_LABEL.search(view.before(start)))
            if labelled or not view.guards.covers(start, end):
                yield _candidate(start, end, 0.98 if labelled else 0.8, "护照号码样式")
    for at in view.labels(NAME):
        match = _LABELLED.match(view.text, at)
        if match and sum(c.isdecimal() for c in match.group(1)) >= 5:
            yield _candidate(*match.span(1), 0.95, "护照标签后的号码")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.PASSPORT, start, end, score, reason, NAME)
