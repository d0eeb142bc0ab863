"""Numbers that must stay: case numbers, statutes, amounts, dates, lots, codes of organisations.

Recognisers of bare digits ask here before they propose a span. A labelled or checksum-valid
citizen number is masked even inside a guarded span: losing a case number is an inconvenience,
publishing an ID number is not.

Few numbers need to ask, so only the neighbourhood of one that does is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from redaction.spans import SpanSet

_OPEN, _CLOSE = r"[（(\[〔【]", r"[)）\]〕】]"
_CODE = "0-9A-HJ-NPQRTUWXY"
_PATTERNS = (
    # （2018）辽0803执恢123号之一, 〔2015〕营执字第123号, 法释〔2016〕19号
    rf"{_OPEN}\s*(?:19|20)\d\d\s*{_CLOSE}\s*"
    r"(?![^第\d]{0,16}(?:不动产|房权|国用|集用|他项|土地|房产|字第\d{5}))"
    r"[\u4e00-\u9fff]{0,8}\s*\d{0,6}\s*[\u4e00-\u9fff]{0,8}?\s*第?\s*\d{1,7}(?:-\d{1,3})?\s*号",
    # 2018辽0803执123号; dates and times of day
    r"[12](?<!\d.)(?:(?<=1)9|(?<=2)0)\d\d(?:[\u4e00-\u9fff]\d{2,6}[\u4e00-\u9fff]{1,4}\d{1,7}号?"
    r"|\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}(?!\d)\s?日?(?:[T ]?\d{1,2}:\d\d(?::\d\d)?)?)",
    # amounts and quantities: 13,844,120,537.00元, 人民币1827142.23; ㎡ is folded to m2
    r"\d(?<![\d.,].)[\d,]*(?:\.\d+)?\s*(?:元|万元?|亿元?|美元|平方米|平米|公里|余元|千克|吨|股"
    r"|m2(?![0-9A-Za-z]))",
    r"(?:人民币|￥|¥|RMB|金额|本金|利息|价款|标的额?)(?:为|是|共计|合计|[:： ])*\d[\d,]*(?:\.\d+)?",
    # lots, orders, docket numbers of systems
    r"(?:拍品|标的物?|拍卖|公告|订单|交易|流水|文书|案件|项目|合同|发票|凭证|备案)"
    r"(?:编号|编码|序号|ID|id|号码|号)\s*[:：为是]?\s*[A-Za-z0-9-]+",
    # unified social credit codes and organisation codes
    rf"[{_CODE}](?<![0-9A-Za-z].)(?=[0-9A-Z]{{0,16}}[A-Z])[{_CODE}]\d{{6}}[{_CODE}]{{10}}(?![0-9A-Za-z])",
    r"(?:信用代码|机构代码|注册号|税号|纳税人识别号)\s*(?:证)?[:：为是]?\s*[0-9A-Za-z-]{8,18}",
    r"123(?:68|09|45|15)(?<!\d.{5})(?!\d)",
)
_COMPILED = tuple(re.compile(pattern) for pattern in _PATTERNS)
_URL = re.compile(r"https?://[^\s\u3400-\u9fff，。；、）]+")
_REACH, _BEYOND, _URL_REACH = 64, 24, 1000


class Guards:
    """Spans of a folded text that plain-number recognisers leave alone."""

    def __init__(self, text: str, stretches: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._stretches = stretches
        self._read = (0, 0)
        self._spans = SpanSet()

    def covers(self, start: int, end: int) -> bool:
        """Whether any guarded span touches ``start``..``end``."""
        if start < self._read[0] or end > self._read[1]:
            self._read = self._surroundings(start, end)
            self._spans = SpanSet(self._guarded(*self._read))
        return self._spans.touches(start, end)

    def _surroundings(self, start: int, end: int) -> tuple[int, int]:
        """``start``..``end`` with the stretches they touch: asked about once, answered for all."""
        position = bisect_right(self._stretches, (start, end)) - 1
        for first, last in self._stretches[max(0, position) : position + 3]:
            if first < end and start < last:
                start, end = min(start, first), max(end, last)
        return start, end

    def _guarded(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        low, high = max(0, start - _REACH), end + _BEYOND
        for pattern in _COMPILED:
            for match in pattern.finditer(self._text, low, high):
                yield match.span()
        for match in _URL.finditer(self._text, max(0, start - _URL_REACH), high):
            yield match.span()
