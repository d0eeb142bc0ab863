"""The one way HTML gets into the portal: through ``sanitise_html``.

Everything not on the small list below is removed, also what a browser, htmx or a later
template could act on: scripts, styles, forms, frames, ``on*``, ``hx-*``, ``data-*``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner

_PROSE = {"p", "br", "h2", "h3", "ul", "ol", "li", "strong", "em", "blockquote", "a"}
_TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
TAGS = frozenset(_PROSE | _TABLES)

# Removed with all they contain; of any other element that is not allowed the text stays.
_CODE = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}
_RAW_TEXT = {"title", "textarea", "select", "noembed", "noframes", "xmp", "plaintext"}
DROPPED = frozenset(_CODE | _RAW_TEXT)

LINK_RELATION = "noopener noreferrer nofollow"
MAX_SPAN = 20
MAX_PASSES = 4

_DROPPED_TAG = re.compile(rf"<\s*/?\s*(?:{'|'.join(sorted(DROPPED))})\b", re.IGNORECASE)
_BETWEEN_BLOCKS = re.compile(
    r"(</(?:p|h2|h3|ul|ol|blockquote|table)>)\s*(?=<(?:p|h2|h3|ul|ol|blockquote|table)\b)"
)
_REFERENCE = re.compile("&(?:#[0-9]{1,9};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};)")
# Not characters of any text; bleach would show some of them as "?".
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def sanitise_html(raw: str) -> str:
    """Reduce ``raw`` to the allowed elements, attributes and addresses.

    Idempotent. The first pass drops whole elements such as scripts; what it leaves is
    untrusted all the same, and the last pass always is the plain allow-list.
    """
    text = _UNWANTED.sub("", _REFERENCE.sub(_resolve, raw))
    if _DROPPED_TAG.search(text):
        text = _dropping_cleaner().clean(text)
    for _ in range(MAX_PASSES):
        cleaned = _cleaner().clean(text)
        if cleaned == text:
            break
        text = cleaned
    return _BETWEEN_BLOCKS.sub(r"\1\n", text).strip()


def _resolve(reference: re.Match[str]) -> str:
    # A telephone number spelled in character references must not hide from the gate.
    return html.escape(html.unescape(reference.group()))


def is_safe_address(address: str) -> bool:
    """Whether a link may point there: https with a host, or a path on this site.

    A browser reads ``\\`` as ``/`` and skips tabs and line breaks, so an address that
    holds any of these, or starts with ``//``, could lead elsewhere than it seems.
    """
    if not address.isprintable() or re.search(r"[\s\\]", address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _is_allowed_attribute(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        return name == "href" and is_safe_address(value)
    if tag in {"td", "th"} and name in {"colspan", "rowspan"}:
        return value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= MAX_SPAN
    return tag == "th" and name == "scope" and value in {"row", "col"}


class _WithoutDropped(Filter):  # type: ignore[misc]
    """Leaves out the elements of DROPPED with all they contain."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        depth = 0
        for token in super().__iter__():
            if token.get("name") in DROPPED:
                depth += {"StartTag": 1, "EndTag": -1}.get(token["type"], 0)
            elif depth == 0:
                yield token


class _WithRelation(Filter):  # type: ignore[misc]
    """Gives every link the relation that keeps the target page from reaching back."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if token["type"] == "StartTag" and (None, "href") in token["data"]:
                token["data"] = {**token["data"], (None, "rel"): LINK_RELATION}
            yield token


# A Cleaner holds a parser and is not safe to share between threads: one a call.
def _cleaner() -> Cleaner:
    return Cleaner(
        tags=TAGS,
        attributes=_is_allowed_attribute,
        protocols={"https"},
        strip=True,
        strip_comments=True,
        filters=[_WithRelation],
    )


def _dropping_cleaner() -> Cleaner:
    return Cleaner(
        tags=TAGS | DROPPED,
        attributes=_is_allowed_attribute,
        protocols={"https"},
        strip=True,
        strip_comments=True,
        filters=[_WithoutDropped],
    )
