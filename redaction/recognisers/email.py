"""E-mail addresses, also where the clerk wrote "(at)" or left blanks around the sign.

Reading starts at the sign and goes outward a bounded way, so that a megabyte of letters without
one costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "email"
_SIGN = re.compile(r"\s{0,2}(?:@|[（(\[]at[)）\]]|艾特)\s{0,2}", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}$")
_DOMAIN = re.compile(
    r"[A-Za-z0-9\-]{1,63}(?:\s?(?:[.。·]|[（(]dot[)）]|点)\s?[A-Za-z][A-Za-z0-9\-]{0,62}){1,4}",
    re.IGNORECASE,
)
_LABEL = re.compile(r"邮箱|邮件|mail", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9\-]{1,40}(?![A-Za-z0-9])")


def find(view: View) -> Iterator[Candidate]:
    """Yield e-mail addresses."""
    if not view.mentions("@", "(at", "（at", "[at", "艾特"):
        return
    text = view.text
    for sign in _SIGN.finditer(text):
        local = _LOCAL.search(text[max(0, sign.start() - 64) : sign.start()])
        if local is None:
            continue
        start = sign.start() - len(local.group())
        domain = _DOMAIN.match(text, sign.end())
        if domain is not None:
            yield Candidate(Kind.EMAIL, start, domain.end(), 0.98, "电子邮箱", NAME)
            continue
        host = _HOST.match(text, sign.end())
        if host is not None and _LABEL.search(view.before(start, 10)):
            yield Candidate(Kind.EMAIL, start, host.end(), 0.85, "邮箱标签后的地址", NAME)
