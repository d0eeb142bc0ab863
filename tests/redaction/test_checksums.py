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
     (1849, 1, 1, False),
     (1850, 1, 1, True), (2099, 12, 31, True), (2100, 1, 1, False), (2018, 4, 0, False)],
)  # fmt: skip
def test_calendar_dates(year: int, month: int, day: int, real: bool) -> None:
    assert checksums.is_calendar_date(year, month, day) is real


@pytest.mark.parametrize("position", range(17))
def test_every_digit_of_an_id_number_has_its_weight(position: int) -> None:
    """ISO 7064 MOD 11-2: the weights are the powers of two modulo eleven."""
    weight = 2 ** (17 - position) % 11
    for digit in range(10):
        number = "0" * position + str(digit) + "0" * (16 - position)
        remainder = (12 - weight * digit) % 11
        assert checksums.id_check_digit(number) == ("X" if remainder == 10 else str(remainder))


@pytest.mark.parametrize("size", [16, 18])
def test_an_id_number_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="seventeen"):
        checksums.id_check_digit("1" * size)


@pytest.mark.parametrize("position", range(17))
def test_every_place_of_a_credit_code_has_its_weight(position: int) -> None:
    """GB 32100: the weights are the powers of three modulo thirty-one."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for value, sign in enumerate(alphabet):
        body = "0" * position + sign + "0" * (16 - position)
        check = alphabet[-(3**position) * value % 31]
        assert [c for c in alphabet if checksums.is_credit_code(body + c)] == [check]


def test_a_credit_code_has_eighteen_characters() -> None:
    assert checksums.is_credit_code("0" * 18)
    assert not checksums.is_credit_code("0" * 19)


@pytest.mark.parametrize("position", [*range(8), *range(9, 17)])
@pytest.mark.parametrize(
    ("sign", "value"),
    [*zip("0123456789", range(10), strict=True), *zip("ABCDEFGH", range(1, 9), strict=True),
     *zip("JKLMN", range(1, 6), strict=True), ("P", 7), ("R", 9),
     *zip("STUVWXYZ", range(2, 10), strict=True)],
)  # fmt: skip
def test_every_place_and_sign_of_a_vin_has_its_weight(position: int, sign: str, value: int) -> None:
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    remainder = weights[position] * value % 11
    for check in "0123456789X":
        code = list("0" * 17)
        code[position], code[8] = sign, check
        right = check == ("X" if remainder == 10 else str(remainder))
        assert checksums.is_vin("".join(code)) is right


@pytest.mark.parametrize(
    ("number", "real"),
    [("210802198503170019", True), ("210802198502300019", False), ("210802184903170019", False),
     ("210802199912310019", True), ("210802199913310019", False), ("210802201802290019", False)],
)  # fmt: skip
def test_the_date_in_an_id_number(number: str, real: bool) -> None:
    assert checksums.has_id_date(number) is real


def test_luhn_of_a_part_is_luhn_of_the_part_alone() -> None:
    digits = "1234111111111111111378282246310005"
    of_part = checksums.luhn_of_parts(digits)
    for first in range(len(digits)):
        for last in range(first + 1, len(digits) + 1):
            assert of_part(first, last) == checksums.is_luhn(digits[first:last])
    assert of_part(3, 19) and of_part(19, 34)
