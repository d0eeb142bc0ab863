"""How values are written for readers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.formatting import count, day, iso, kilobytes, moment, paragraphs, yuan


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, "—"),
        (Decimal("0"), "0.00 元"),
        (Decimal("1234.5"), "1,234.50 元"),
        (Decimal("13844120537.07"), "13,844,120,537.07 元"),
    ],
)
def test_money(amount, text):
    assert yuan(amount) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (date(2018, 4, 8), "2018年4月8日"),
        (datetime(2018, 4, 7, 16, 30, tzinfo=UTC), "2018年4月8日"),
        (datetime(2018, 4, 7, 15, 59, tzinfo=UTC), "2018年4月7日"),
    ],
)
def test_days_are_read_in_beijing(value, text):
    assert day(value) == text


def test_moments_are_read_in_beijing():
    assert moment(datetime(2018, 4, 7, 16, 5, tzinfo=UTC)) == "2018年4月8日 00:05"
    assert moment(None) == "—"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (date(2018, 4, 8), "2018-04-08"),
        (datetime(2018, 4, 7, 16, 5, 9, 7, tzinfo=UTC), "2018-04-08T00:05:09+08:00"),
    ],
)
def test_machines_get_iso(value, text):
    assert iso(value) == text


def test_counts_are_grouped():
    assert count(1234567) == "1,234,567"


def test_sizes_are_rounded_up():
    assert [kilobytes(size) for size in (0, 1, 1024, 1025, 2**21)] == [
        *("0 KB", "1 KB", "1 KB", "2 KB"),
        "2,048 KB",
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("一", "<p>一</p>"),
        ("一\r\n\n 二 ", "<p>一</p><p>二</p>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
    ],
)
def test_plain_text_becomes_escaped_paragraphs(text, html):
    assert paragraphs(text) == html
