"""Invented numbers must stand every check that real ones stand."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed import identifiers

# A to H are 1 to 8, J to R count from 1 again without the letters left out, S to Z from 2.
VIN_VALUES = (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10))
RANDOMS = st.integers(0, 10**9).map(Random)


def luhn_sum(number: str) -> int:
    total = 0
    for place, char in enumerate(reversed(number)):
        digit = int(char)
        if place % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total


@given(
    RANDOMS,
    st.dates(date(1940, 1, 1), date(2015, 12, 31)),
    st.sampled_from("男女"),
)
def test_an_identity_number_carries_birth_date_sex_and_check_digit(
    rng: Random, born: date, sex: str
) -> None:
    number = identifiers.id_number(rng, "210803", born, sex)
    assert number[:14] == f"210803{born:%Y%m%d}"
    assert int(number[16]) % 2 == (sex == "男")
    values = [10 if char == "X" else int(char) for char in number]
    powers = [2 ** (17 - place) for place in range(18)]
    assert sum(v * p for v, p in zip(values, powers, strict=True)) % 11 == 1


@given(RANDOMS)
def test_a_credit_code_passes_mod_31_and_holds_a_valid_organisation_code(rng: Random) -> None:
    code = identifiers.credit_code(rng, "210804")
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(char) * 3**place for place, char in enumerate(code))
    # The check character has weight 3^17 here but 1 in the standard; undo that.
    total += alphabet.index(code[17]) * (1 - 3**17)
    assert len(code) == 18
    assert total % 31 == 0
    weights = (3, 7, 9, 10, 5, 8, 4, 2, 1)
    organisation = [int(char, 36) for char in code[8:16]]
    organisation.append(10 if code[16] == "X" else int(code[16]))
    assert sum(v * w for v, w in zip(organisation, weights, strict=True)) % 11 == 0


@given(RANDOMS)
def test_a_bank_card_passes_the_luhn_check(rng: Random) -> None:
    card = identifiers.bank_card(rng)
    assert re.fullmatch(r"\d{19}", card)
    assert luhn_sum(card) % 10 == 0


@given(RANDOMS)
def test_a_vehicle_number_has_its_check_character_in_the_ninth_place(rng: Random) -> None:
    number = identifiers.vehicle_number(rng)
    assert re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", number)
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", VIN_VALUES, strict=True))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(
        (values[char] if char.isalpha() else int(char)) * weight
        for char, weight in zip(number, weights, strict=True)
    )
    assert number[8] == "0123456789X"[total % 11]


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (identifiers.mobile, r"1[3-9]\d{9}"),
        (identifiers.landline, r"0417-\d{7}"),
        (identifiers.plate, r"辽H[A-HJ-NP-Z0-9]{5,6}"),
        (identifiers.passport, r"E\d{8}"),
        (identifiers.wechat, r"[a-z][-_a-z0-9]{5,19}"),
        (identifiers.qq, r"[1-9]\d{8,9}"),
        (identifiers.query_code, r"[A-Z2-9]{10}"),
        (lambda rng: identifiers.deed(rng, 2017), r"(辽（2017）营口市不动产权第|营).*号"),
        (lambda rng: identifiers.email(rng, "haibian"), r"haibian\d\d@[a-z0-9.]+\.(com|cn)"),
    ],
)
def test_other_numbers_have_the_shape_of_their_kind(make, shape: str) -> None:
    for number in range(300):
        assert re.fullmatch(shape, make(Random(number)))
