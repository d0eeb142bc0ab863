"""What the court itself publishes comes out whole: a false name in a guide stops a new instance."""

from __future__ import annotations

import pytest

from portal.plaintext import html_to_text
from portal.press.shipped_pages import shipped_pages
from redaction import Redactor
from seed.press import build_stories

CASES = [f"（2018）辽0803执{number}号" for number in range(101, 121)]
PAGES = [
    {"title": page.title, "lead": page.lead, "body": page.body_html, "sources": page.sources}
    for page in (each.content for each in shipped_pages())
]
TEXTS = [
    (f"{kind}:{row['title']}:{field}", html_to_text(row[field]))
    for kind, rows, fields in (
        ("page", PAGES, ("title", "lead", "body", "sources")),
        ("story", build_stories(20180408, CASES), ("title", "lead", "body")),
    )
    for row in rows
    for field in fields
]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS])
def test_nothing_is_masked_or_held(redactor: Redactor, text: str) -> None:
    result = redactor.redact(text)
    assert [text[f.start : f.end] for f in result.findings] == []
    assert result.holds == ()
