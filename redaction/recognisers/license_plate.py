"""Vehicle plates (GA 36): province sign, office letter, five or six characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "license_plate"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BODY = r"(?:[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警港澳]|[A-Za-z0-9](?:[ ·.\-][A-Za-z0-9]){4,5}|[A-Za-z0-9]{2,3}[ ·.\-][A-Za-z0-9]{2,4})"  # noqa: E501
_PLATE = re.compile(rf"[{PROVINCES}使领][ \t]?[A-Za-z][ \t]?[·.\-/]?[ \t]?{_BODY}(?![0-9A-Za-z])")
_POLICE = re.compile(
    rf"(?<![0-9A-Za-z])WJ[ \-·]?[{PROVINCES}]?[ \-·]?\d{{4,5}}[A-Z0-9]?(?![0-9A-Za-z])"
)
_LABELLED = re.compile(
    r"(?:车牌号码?|号牌号码|号牌|车牌照?|牌照号?|车号)(?:为|是|[:：\s])*([\u4e00-\u9fff]?[A-Za-z0-9][A-Za-z0-9·.\- ]{3,9}[A-Za-z0-9挂学警])(?![0-9A-Za-z])"  # noqa: E501
)
_LABEL = re.compile(r"车|牌|轿|货|客|摩托")


def find(view: View) -> Iterator[Candidate]:
    """Yield every licence plate of a text."""
    for match in _PLATE.finditer(view.text):
        body = match.group()[2:]
        labelled = bool(_LABEL.search(view.before(match.start(), 16) + view.after(match.end())))
        if labelled or body.isupper() or any(c.isdecimal() for c in body):
            yield _candidate(*match.span(), 0.98 if labelled else 0.9, "机动车号牌")
    if "WJ" in view.text:
        for match in _POLICE.finditer(view.text):
            yield _candidate(*match.span(), 0.9, "武警号牌")
    for match in _LABELLED.finditer(view.text):
        yield _candidate(*match.span(1), 0.9, "车牌标签后的号码")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.LICENSE_PLATE, start, end, score, reason, NAME)
