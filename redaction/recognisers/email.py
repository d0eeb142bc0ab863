"""E-mail addresses, also where the clerk wrote "(at)" or left blanks around the sign.

Reading starts at the sign and goes outward a bounded way, so that a megabyte of letters without
one costs nothing.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "email"
_AT = re.compile("@")
_SIGN = re.compile(r"(?:@|[（(\[]at[)）\]]|艾特)\s{0,2}", re.IGNORECASE)
_LOCAL = string.ascii_letters + string.digits + "._%+-"
_LONGEST_LOCAL, _LONGEST_GAP = 64, 2
_DOMAIN = re.compile(
    r"[A-Za-z0-9\-]{1,63}(?:\s?(?:[.。·]|[（(]dot[)）]|点)\s?[A-Za-z][A-Za-z0-9\-]{0,62}){1,4}",
    re.IGNORECASE,
)
_LABEL = re.compile(r"邮箱|邮件|mail")
_HOST = re.compile(r"[A-Za-z0-9\-]{1,40}(?![A-Za-z0-9])")


def find(view: View) -> Iterator[Candidate]:
    """Yield e-mail addresses."""
    text = view.text
    if "@" in text:
        for match in _AT.finditer(text):
            yield from _around(view, match.start())
    for at in view.labels(NAME):
        yield from _around(view, at if text[at] == "艾" else at - 1)


def _around(view: View, at: int) -> Iterator[Candidate]:
    """The address around the sign at an offset."""
    sign = _SIGN.match(view.text, at)
    before = view.before(at, _LONGEST_LOCAL + _LONGEST_GAP)
    trimmed = before.rstrip()
    local = len(trimmed) - len(trimmed.rstrip(_LOCAL))
    if sign is None or not local or len(before) - len(trimmed) > _LONGEST_GAP:
        return
    start = at - (len(before) - len(trimmed)) - min(local, _LONGEST_LOCAL)
    domain = _DOMAIN.match(view.text, sign.end())
    if domain is not None:
        yield Candidate(Kind.EMAIL, start, domain.end(), 0.98, "电子邮箱", NAME)
        return
    host = _HOST.match(view.text, sign.end())
    if host is not None and _LABEL.search(view.before(start, 10).lower()):
        yield Candidate(Kind.EMAIL, start, host.end(), 0.85, "邮箱标签后的地址", NAME)
