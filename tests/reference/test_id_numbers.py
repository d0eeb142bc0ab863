"""Whole numbers are read in every usual form; parts of numbers never are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.id_numbers import NumberKind, NumberRefused, read_number
from redaction.checksums import id_check_digit

CITIZEN = "210803198001013320"


@pytest.mark.parametrize(
    ("typed", "number", "kind"),
    [
        (CITIZEN, CITIZEN, NumberKind.CITIZEN),
        (" 210803 19800101 3320 ", CITIZEN, NumberKind.CITIZEN),
        ("２１０８０３１９８００１０１３３２０", CITIZEN, NumberKind.CITIZEN),
        ("210803-19800101-3320", CITIZEN, NumberKind.CITIZEN),
        ("210803800101332", CITIZEN, NumberKind.CITIZEN),
        ("11010519491231002x", "11010519491231002X", NumberKind.CITIZEN),
        ("91350100M000100Y43", "91350100M000100Y43", NumberKind.ORGANISATION),
        ("91350100m000100y43", "91350100M000100Y43", NumberKind.ORGANISATION),
    ],
)
def test_reads_whole_numbers(typed: str, number: str, kind: NumberKind) -> None:
    assert read_number(typed) == (kind, number)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "完整"),
        ("   ", "完整"),
        ("2108", "完整的 18 位"),
        (CITIZEN[:17], "完整的 18 位"),
        (CITIZEN + "1", "完整的 18 位"),
        ("2108************26", "不接受"),
        ("21080319800101332?", "不接受"),
        ("钱多多", "不接受"),
        ("210803198001013327", "校验不符"),
        ("210803198002303326", "校验不符"),
        ("210803800230332", "校验不符"),
        ("91350100M000100Y44", "校验不符"),
        (CITIZEN + " " * 100, "不接受"),
    ],
)
def test_refuses_everything_else_with_a_reason(typed: str, word: str) -> None:
    with pytest.raises(NumberRefused, match=word):
        read_number(typed)


@given(st.text(max_size=80))
def test_any_text_is_either_a_whole_number_or_refused(typed: str) -> None:
    try:
        kind, number = read_number(typed)
    except NumberRefused as refusal:
        assert typed.strip() not in str(refusal) or len(typed.strip()) <= 2
    else:
        assert len(number) == 18 and number.isascii() and kind in NumberKind


@given(
    st.integers(100000, 999999),
    st.dates(min_value=date(1850, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(0, 999),
)
def test_every_citizen_number_with_a_real_day_is_read(area: int, born: date, order: int) -> None:
    seventeen = f"{area}{born:%Y%m%d}{order:03d}"
    number = seventeen + id_check_digit(seventeen)
    assert read_number(number)[1] == number
