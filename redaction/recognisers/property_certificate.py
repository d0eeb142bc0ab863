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
# 辽（2018）营口市不动产权第0012345号, 沪(2017)浦字不动产权第015342号, 不动产证明: the part from the
# words on, and what must stand before it where 第 is missing
_UNIFIED = re.compile(rf"动产\s*(?:权|证明)\s*证?\s*书?\s*(?:字)?\s*(?P<ordinal>第)?\s*{_NUMBER}")
_UNIFIED_HEAD = re.compile(rf"[\u4e00-\u9fff]?\s*{_YEAR}\s*[\u4e00-\u9fffA-Z0-9 ]{{1,16}}不$")
_HEAD_WIDTH = 40
# 营房权证鲅字第20110012345号, 房产证号, 他项权证, 预告登记证明
_DEED = re.compile(
    r"(?:房权证|房地证|房产证|房屋所有权证|他项权证?|土地使用权?证|预告登记证明|[国集]用)"
    rf"[^0-9，。；：、\n]{{0,12}}?(?:{_YEAR})?[^0-9，。；：、\n]{{0,6}}?(?:字)?\s*第?\s*{_NUMBER}"
)
_DEED_HEAD = re.compile(r"[\u4e00-\u9fff]{1,3}$")
_UNIT_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])\d{6}[ \-]?\d{6}[ \-]?[A-Z]{2}\d{5}[ \-]?[A-Z]\d{8}(?![0-9A-Za-z])"
)
_UNIT_SIZE = 28
_LABELLED = re.compile(
    r"(?:权证号码?|产权证号?|房产证号?|权属证书?(?:编号|号)|动产证号?|房照号?|土地证号?|动产单元号)"
    r"(?:为|是|[:： ])*([\u4e00-\u9fffA-Za-z0-9（()）〔〕\[\]\- ]{0,24}?\d[0-9A-Za-z\- ]{4,30}号?)"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield certificate and unit numbers of real property."""
    for at in view.labels(NAME):
        yield from _certificate(view, at)
        if match := _LABELLED.match(view.text, at):
            yield _candidate(*match.span(1), 0.92, "权证标签后的编号")
    for start, end in view.stretches:
        if end - start >= _UNIT_SIZE:
            for match in _UNIT_NUMBER.finditer(view.text, start, end):
                yield _candidate(*match.span(), 0.97, "不动产单元号")


def _certificate(view: View, at: int) -> Iterator[Candidate]:
    """The certificate whose words begin at an offset, with what belongs to it before them."""
    text = view.text
    unified = _UNIFIED.match(text, at)
    if unified and view.before(at, 1) == "不" and _has_number(unified.group()):
        head = _UNIFIED_HEAD.search(view.before(at, _HEAD_WIDTH))
        if head or unified.group("ordinal"):
            start = at - (len(head.group()) if head else 1)
            yield _candidate(start, unified.end(), 0.97, "不动产权证号")
    deed = _DEED.match(text, at)
    if deed and _has_number(deed.group()):
        head = _DEED_HEAD.search(view.before(at, 3))
        start = at - len(head.group()) if head else at
        yield _candidate(start, deed.end(), 0.97, "旧式产权证号")


def _has_number(value: str) -> bool:
    tail = value.rsplit("第", 1)[-1]
    return sum(c.isdecimal() or c in CHINESE_DIGITS for c in tail) >= 3


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.PROPERTY_CERTIFICATE, start, end, score, reason, NAME)
