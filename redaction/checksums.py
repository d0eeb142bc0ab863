"""Check digits of Chinese identifiers. Every function takes ASCII digits and capitals only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import accumulate
from operator import mul

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_PLAIN = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(
        zip(
            "ABCDEFGHJKLMNPRSTUVWXYZ",
            (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)),
            strict=True,
        )
    ),
}


def id_check_digit(first_seventeen: str) -> str:
    """The last character of an 18-digit citizen number (GB 11643, ISO 7064 MOD 11-2)."""
    if len(first_seventeen) != len(_ID_WEIGHTS):
        raise ValueError("an ID number has seventeen digits before its check character")
    return _ID_CHECKS[sum(map(mul, map(int, first_seventeen), _ID_WEIGHTS)) % 11]


def is_calendar_date(year: int, month: int, day: int) -> bool:
    """Whether such a day existed; years outside 1850–2099 are taken for chance digits."""
    if not 1850 <= year <= 2099:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def has_id_date(digits: str) -> bool:
    """Whether characters 7–14 of an 18-digit number are a calendar date."""
    return is_calendar_date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))


def is_luhn(digits: str) -> bool:
    """Luhn check of a card number (ISO/IEC 7812)."""
    return luhn_of_parts(digits)(0, len(digits))


def luhn_of_parts(digits: str) -> Callable[[int, int], bool]:
    """The Luhn check of any part ``digits[first:last]`` in constant time.

    Every second digit counts double, counted from the end; so there are two running sums, one
    with the digits at even and one with those at odd places doubled.
    """
    plain = digits.encode().translate(_PLAIN)
    doubled = digits.encode().translate(_DOUBLED)
    sums = []
    for parity in (0, 1):
        mixed = bytearray(plain)
        mixed[parity::2] = doubled[parity::2]
        sums.append(list(accumulate(mixed, initial=0)))

    def is_luhn_part(first: int, last: int) -> bool:
        running = sums[last % 2]
        return (running[last] - running[first]) % 10 == 0

    return is_luhn_part


def is_credit_code(code: str) -> bool:
    """Check character of a unified social credit code (GB 32100)."""
    if len(code) != 18 or any(c not in _CREDIT_ALPHABET for c in code):
        return False
    total = sum(_CREDIT_ALPHABET.index(c) * w for c, w in zip(code, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17]


def is_vin(code: str) -> bool:
    """Check digit (position 9) of a vehicle identification number (GB 16735)."""
    if len(code) != 17 or any(c not in _VIN_VALUES for c in code):
        return False
    remainder = sum(_VIN_VALUES[c] * w for c, w in zip(code, _VIN_WEIGHTS, strict=True)) % 11
    return code[8] == ("X" if remainder == 10 else str(remainder))
