"""Everything the recognisers of identifiers see in a text, put together."""

from __future__ import annotations

from redaction.digits import CHINESE_DIGITS
from redaction.recognisers import STRUCTURED, unexplained
from redaction.view import Candidate, View

_GLUE = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + CHINESE_DIGITS)
_ROUNDS = 4


def find(view: View) -> list[Candidate]:
    """Everything the recognisers of identifiers find, also where two are typed without a gap.

    A plate glued to a phone number has no edge until the number is taken away.
    """
    found: list[Candidate] = []
    rest = view
    for _ in range(_ROUNDS):
        fresh = [candidate for recogniser in STRUCTURED for candidate in recogniser(rest)]
        fresh += unexplained.find(rest, fresh)
        found += fresh
        if not any(_is_glued(view.text, candidate) for candidate in fresh):
            break
        rest = rest.without((c.start, c.end) for c in fresh)
    return found


def _is_glued(text: str, candidate: Candidate) -> bool:
    return text[candidate.end : candidate.end + 1] in _GLUE or (
        candidate.start > 0 and text[candidate.start - 1] in _GLUE
    )
