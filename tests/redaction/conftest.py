"""Fixtures of the redaction tests: one redactor for all (the model is costly), invented numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redaction import Finding, Redactor
from redaction.view import Candidate, Recogniser, View

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    return Redactor()


@pytest.fixture(scope="session")
def export() -> list[dict[str, Any]]:
    lines = (DATA / "export-2018-04.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def private_values() -> list[dict[str, Any]]:
    return list(json.loads((DATA / "private-values.json").read_text(encoding="utf-8")))


@pytest.fixture
def spans() -> Callable[[Recogniser, str], list[str]]:
    """What a recogniser finds in a text, as pieces of the original, longest findings only."""

    def found(find: Recogniser, text: str) -> list[str]:
        view = View(text)
        candidates: list[Candidate] = sorted(find(view), key=lambda c: (c.start, -c.end))
        pieces: list[str] = []
        reached = 0
        for candidate in candidates:
            assert 0 < candidate.score <= 1, "a score is a share of certainty"
            if candidate.start >= reached:
                start, end = view.folded.span(candidate.start, candidate.end)
                pieces.append(text[start:end])
                reached = candidate.end
        return pieces

    return found


@pytest.fixture
def apply_findings() -> Callable[[str, tuple[Finding, ...]], str]:
    """Replace findings in a text by hand, from the last to the first."""

    def applied(text: str, findings: tuple[Finding, ...]) -> str:
        for finding in reversed(findings):
            text = text[: finding.start] + finding.replacement + text[finding.end :]
        return text

    return applied
