"""Names in Latin letters, where a role or a label stands before them (法释〔2016〕19号 art. 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.names.leading import Before, what_leads_to
from redaction.view import Candidate, View

NAME = "name_latin"
_NAME = re.compile(
    r"(?<![0-9A-Za-z])[A-Z][A-Za-z]{0,30}(?:[.'’\-][A-Za-z]{1,30})?\.?"
    r"(?:[ ·,]{1,2}[A-Z][A-Za-z.'’\-]{0,30}){0,4}"
    r"(?![0-9A-Za-z@_])"
)
_SHORTEST = 3


def find(view: View) -> Iterator[Candidate]:
    """Yield names in Latin letters that a role, kinship or label announces."""
    for match in _NAME.finditer(view.text):
        if match.end() - match.start() < _SHORTEST:
            continue
        if what_leads_to(view.text, match.start()) is Before.ROLE:
            yield Candidate(Kind.PERSON, *match.span(), 0.85, "身份词之后的外文姓名", NAME)
