"""Certificates of real property: unified ones, older deeds, 28-character unit numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.digits import CHINESE_DIGITS
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "property_certificate"
_D = rf"[0-9A-Za-z{CHINESE_DIGITS}]"
_NUMBER = rf"(?:{_D}[ \t\-·.]{{0,2}}){{3,24}}(?:号(?:之[一二三四五六七八九十])?)?"
_YEAR = rf"[（(\[〔【]?\s*{_D}{{4}}\s*[)）\]〕】]?"
_PATTERNS = (
    # 辽（2018）营口市不动产权第0012345号, 沪(2017)浦字不动产权第015342号, 不动产证明
    (
        rf"[\u4e00-\u9fff]?\s*{_YEAR}\s*[\u4e00-\u9fffA-Z0-9 ]{{1,16}}?不动产"
        r"\s*(?:权|证明)\s*证?\s*书?"
        rf"\s*(?:字)?\s*第?\s*{_NUMBER}",
        "不动产权证号",
    ),
    (rf"不动产\s*(?:权|证明)\s*第\s*{_NUMBER}", "不动产权证号"),
    # 营房权证鲅字第20110012345号, 房产证号, 他项权证, 预告登记证明
    (
        rf"[\u4e00-\u9fff]{{0,3}}(?:房权证|房地证|房产证|房屋所有权证|他项权证?|土地使用权?证|预告登记证明|"
        rf"[国集]用)[^0-9，。；：、\n]{{0,12}}?(?:{_YEAR})?[^0-9，。；：、\n]{{0,6}}?(?:字)?\s*第?\s*"
        rf"{_NUMBER}",
        "旧式产权证号",
    ),
    (
        r"(?<![0-9A-Za-z])\d{6}[ \-]?\d{6}[ \-]?[A-Z]{2}\d{5}[ \-]?[A-Z]\d{8}(?![0-9A-Za-z])",
        "不动产单元号",
    ),
)
_COMPILED = tuple((re.compile(pattern), reason) for pattern, reason in _PATTERNS)
_LABELLED = re.compile(
    r"(?:权证号码?|产权证号?|房产证号?|权属证书?(?:编号|号)|不动产证号?|房照号?|土地证号?|不动产单元号)"
    r"(?:为|是|[:： ])*([\u4e00-\u9fffA-Za-z0-9（()）〔〕\[\]\- ]{0,24}?\d[0-9A-Za-z\- ]{4,30}号?)"
)
_TRIGGERS = ("产权", "动产", "权证", "产证", "国用", "集用", "他项", "地证", "登记证明", "房照")


def find(view: View) -> Iterator[Candidate]:
    """Yield certificate and unit numbers of real property."""
    text = view.text
    triggered = any(trigger in text for trigger in _TRIGGERS)
    for pattern, reason in _COMPILED if triggered else _COMPILED[-1:]:
        for match in pattern.finditer(text):
            if _has_number(match.group()):
                yield _candidate(*match.span(), 0.97, reason)
    if triggered:
        for match in _LABELLED.finditer(text):
            yield _candidate(*match.span(1), 0.92, "权证标签后的编号")


def _has_number(value: str) -> bool:
    tail = value.rsplit("第", 1)[-1]
    return sum(c.isdecimal() or c in CHINESE_DIGITS for c in tail) >= 3


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.PROPERTY_CERTIFICATE, start, end, score, reason, NAME)
