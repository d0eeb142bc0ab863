"""Vehicle plates (GA 36): province sign, office letter, five or six characters; special series."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "license_plate"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_C = "[A-Za-z0-9]"
_BODY = (
    rf"(?:{_C}{{4,5}}[ ]?(?:应急|临(?!时))|{_C}{{4,5}}[A-Za-z0-9挂学警港澳领使试]"
    rf"|{_C}(?:[ ·.\-]{_C}){{4,5}}|{_C}{{2,3}}[ ·.\-]{_C}{{2,4}}|临{_C}{{4,5}})"
)
# The letter is rarer than the sign of the province before it, so the scan looks for letters.
_PLATE = re.compile(
    rf"[A-Za-z](?:(?<=[{PROVINCES}使领].)|(?<=[{PROVINCES}使领][ \t].))"
    rf"[ \t·.\-/]{{0,5}}{_BODY}(?![0-9A-Za-z])"
)
_EMBASSY = re.compile(r"[使领]\s?\d{3}[ ·.\-]?\d{3}(?!\d)")
_POLICE = re.compile(
    rf"WJ(?<![0-9A-Za-z]WJ)[ \-·]?(?:[{PROVINCES}]|\d\d(?=[ \-·]))?[ \-·]?\d{{4,5}}[A-Z0-9]?"
    r"(?![0-9A-Za-z])"
)
_LABELLED = re.compile(
    r"(?:车牌号码?|号牌号码|号牌|车牌照?|牌照号?|车号)(?:为|是|[:：\s])*"
    rf"([\u4e00-\u9fff]?{_C}[A-Za-z0-9·.\- ]{{3,9}}[A-Za-z0-9挂学警领使])(?![0-9A-Za-z])"
)
_LABEL = re.compile(r"车|牌|轿|货|客|摩托")


def find(view: View) -> Iterator[Candidate]:
    """Yield every licence plate of a text."""
    for match in _PLATE.finditer(view.text):
        start, end = match.span()
        body = view.text[start + 1 : end]
        start -= 2 if view.text[start - 1] in " \t" else 1
        labelled = _is_labelled(view, start, end)
        if labelled or body.isupper() or any(c.isdecimal() for c in body):
            yield _candidate(start, end, 0.98 if labelled else 0.9, "机动车号牌")
    if "WJ" in view.text:
        for match in _POLICE.finditer(view.text):
            yield _candidate(*match.span(), 0.9, "武警号牌")
    for match in _EMBASSY.finditer(view.text):
        if _is_labelled(view, *match.span()):
            yield _candidate(*match.span(), 0.9, "使领馆号牌")
    for at in view.labels(NAME):
        if value := _LABELLED.match(view.text, at):
            yield _candidate(*value.span(1), 0.9, "车牌标签后的号码")


def _is_labelled(view: View, start: int, end: int) -> bool:
    return bool(_LABEL.search(view.before(start, 16) + view.after(end)))


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.LICENSE_PLATE, start, end, score, reason, NAME)
