"""Check digits against worked examples and against every single-digit slip."""

from __future__ import annotations

import pytest

from redaction import checksums

VIN = "1M8GDM9AXKP042788"
CREDIT = "91350100M000100Y43"


def test_id_check_digit_of_the_standard_example() -> None:
    assert checksums.id_check_digit("11010519491231002") == "X"
    assert checksums.id_check_digit("44052418800101001") == "4"


@pytest.mark.parametrize("number", ["4111111111111111", "6217003383693518269", "378282246310005"])
def test_luhn_accepts_cards(number: str) -> None:
    assert checksums.is_luhn(number)


@pytest.mark.parametrize("position", range(16))
def test_luhn_sees_one_wrong_digit(position: int) -> None:
    number = "4111111111111111"
    wrong = number[:position] + str((int(number[position]) + 1) % 10) + number[position + 1 :]
    assert not checksums.is_luhn(wrong)


def test_credit_code() -> None:
    assert checksums.is_credit_code(CREDIT)
    assert not checksums.is_credit_code(CREDIT[:-1] + "4")
    assert not checksums.is_credit_code(CREDIT[:-2] + "I3"), "the alphabet has no I"
    assert not checksums.is_credit_code(CREDIT[:-1])


def test_vin() -> None:
    assert checksums.is_vin(VIN)
    assert not checksums.is_vin(VIN.replace("X", "1"))
    assert not checksums.is_vin("I" + VIN[1:]), "the alphabet has no I"


@pytest.mark.parametrize(
    ("year", "month", "day", "real"),
    [(2000, 2, 29, True), (1900, 2, 29, False), (2018, 4, 31, False), (2018, 13, 1, False),
     (1849, 1, 1, False), (2018, 4, 0, False)],
)  # fmt: skip
def test_calendar_dates(year: int, month: int, day: int, real: bool) -> None:
    assert checksums.is_calendar_date(year, month, day) is real
