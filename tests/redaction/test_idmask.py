"""The arithmetic behind the ID mask of the lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from redaction.checksums import id_check_digit
from redaction.idmask import mask_id_number

NUMBER = "210802198503170012"


def candidates(masked: str, born: list[date], sex_digit: int) -> int:
    """Numbers that fit a mask, for an adversary who knows the district, the age and the sex."""
    fitting = 0
    for day in born:
        for sequence in range(1000):
            if sequence % 2 != sex_digit % 2:
                continue
            body = f"210802{day:%Y%m%d}{sequence:03d}"
            number = body + id_check_digit(body)
            fitting += all(m in ("*", c) for m, c in zip(masked, number, strict=True))
    return fitting


@pytest.fixture(scope="module")
def birthdays() -> list[date]:
    """Everybody of one age was born within one year."""
    return [date(1984, 5, 2) + timedelta(days=n) for n in range(365)]


def test_the_mask_leaves_thousands_of_candidates(birthdays: list[date]) -> None:
    assert id_check_digit(NUMBER[:17]) == NUMBER[17]
    masked = mask_id_number(NUMBER)
    assert masked == "2108************12"
    assert candidates(masked, birthdays, 1) >= 1000


def test_the_usual_mask_would_leave_a_few_dozen(birthdays: list[date]) -> None:
    usual = NUMBER[:10] + "****" + NUMBER[14:]
    assert candidates(usual, [day for day in birthdays if day.year == 1985], 1) < 40


def test_short_and_old_numbers() -> None:
    assert mask_id_number("210802850317001") == "2108*********01"
    assert mask_id_number("E12345678") == "E******78"
    assert mask_id_number("1234567") == "*******"
    assert mask_id_number("210802 19850317 0012") == "2108************12"


def test_the_shortest_that_keeps_anything() -> None:
    assert mask_id_number("12345678") == "1*****78"
    assert mask_id_number("21080285031701") == "2***********01"
