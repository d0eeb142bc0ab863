"""Dates as clerks write them: 2012年8月6日, 2012-08-06, 2012.8.6, 20120806, 二〇一二年八月六日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from redaction.digits import CHINESE_DIGITS, TO_ASCII

_NUMERAL = rf"(?:\d{{1,2}}|[{CHINESE_DIGITS}十廿]{{1,3}})"
_YEAR = rf"(?:\d{{4}}|[{CHINESE_DIGITS}]{{4}})"
_WRITTEN = re.compile(
    rf"({_YEAR})\s{{0,2}}年\s{{0,2}}({_NUMERAL})\s{{0,2}}月\s{{0,2}}({_NUMERAL})"
    r"|(?<!\d)(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d)"
    r"|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)"
)


def dates_in(folded: str) -> Iterator[date]:
    """Every complete calendar date in a folded text."""
    for match in _WRITTEN.finditer(folded):
        year, month, day = (part for part in match.groups() if part is not None)
        try:
            yield date(number_of(year), number_of(month), number_of(day))
        except ValueError:
            continue  # 2018年13月40日: digits in the shape of a date, not a date


def number_of(numeral: str) -> int:
    """Value of digits or of a Chinese numeral up to 99: 二十三, 廿三, 二三 and 23 are all 23."""
    text = numeral.replace("廿", "二十")
    if "十" not in text:
        return int(text.translate(TO_ASCII))
    tens, _, ones = text.partition("十")
    return 10 * int(tens.translate(TO_ASCII) or 1) + int(ones.translate(TO_ASCII) or 0)
