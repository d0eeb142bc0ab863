"""Everything the recognisers of identifiers see in a text, put together."""

from __future__ import annotations

import re

from redaction.recognisers import STRUCTURED
from redaction.view import Candidate, View

_GLUE = re.compile(r"[0-9A-Za-z〇零一二三四五六七八九幺]")
_GLUED = 4


def find(view: View) -> list[Candidate]:
    """Everything the recognisers of identifiers find, also where two are typed without a gap.

    A plate glued to a phone number has no edge until the number is taken away.
    """
    found: list[Candidate] = []
    rest = view
    for _ in range(_GLUED):
        fresh = [c for find in STRUCTURED for c in find(rest)]
        found += fresh
        if not any(_GLUE.match(view.text[c.end : c.end + 1]) for c in fresh) and not any(
            _GLUE.match(view.text[max(0, c.start - 1) : c.start]) for c in fresh
        ):
            break
        rest = rest.without((c.start, c.end) for c in fresh)
    return found
