"""Dates in the forms clerks write."""

from __future__ import annotations

from datetime import date

import pytest

from redaction.dates import dates_in

DAY = date(2012, 8, 6)


@pytest.mark.parametrize(
    "text",
    ["2012年8月6日", "2012年08月06日", "2012 年 8 月 6 日", "2012-08-06", "2012.8.6", "2012/8/6",
     "20120806", "二〇一二年八月六日", "二零一二年八月六日"],
)  # fmt: skip
def test_reads(text: str) -> None:
    assert list(dates_in(text)) == [DAY]


@pytest.mark.parametrize(
    ("text", "day"),
    [("一九六三年十二月廿三日", date(1963, 12, 23)), ("二〇一八年十月三十一日", date(2018, 10, 31)),
     ("二〇一八年十月十日", date(2018, 10, 10))],
)  # fmt: skip
def test_reads_chinese_tens(text: str, day: date) -> None:
    assert list(dates_in(text)) == [day]


@pytest.mark.parametrize(
    "text",
    ["2018年13月40日", "2012年8月", "1201208061", "2012年", "12012-08-06", "2012-08-061",
     "2012   年8月6日", "2012-8-"],
)  # fmt: skip
def test_leaves(text: str) -> None:
    assert list(dates_in(text)) == []


def test_goes_on_after_what_is_no_date() -> None:
    assert list(dates_in("2018年13月40日，2012年8月6日")) == [DAY]
