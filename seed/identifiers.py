"""Invented numbers with valid check digits: documents, cards, phones, plates, deeds.

Only area codes of Yingkou (2108xx) are used, so that nobody takes them for real ones
of another place.
"""

from __future__ import annotations

from datetime import date
from random import Random

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VIN_LETTERS = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_PLATE_TAIL = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_QUERY_CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789"
# Three digits each, run together.
_MOBILE_PREFIXES = (
    "130131132133135136137138139147150151152155156157158159166170173176177178"
    "180181183185186187188189198199"
)
_CARD_PREFIXES = ("621700", "622848", "620522", "621661", "622202", "623052", "621483", "955880")
_HANDLE = "abcdefghijkmnopqrstuvwxyz"


def digits(rng: Random, length: int) -> str:
    """That many random digits."""
    return f"{rng.randrange(10**length):0{length}d}"


def _text(rng: Random, alphabet: str, length: int) -> str:
    return "".join(rng.choices(alphabet, k=length))


def id_number(rng: Random, division: str, born: date, sex: str) -> str:
    """Resident identity number, 18 characters; the 17th digit is odd for men (GB 11643)."""
    order = rng.randrange(10, 980) // 2 * 2 + (sex == "男")
    body = f"{division}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + _ID_CHECKS[total % 11]


def credit_code(rng: Random, division: str, category: str = "91") -> str:
    """Unified social credit code, 18 characters, both check digits valid (GB 32100)."""
    organisation = "MA" + _text(rng, "0123456789ABCDEFGHJKLMNPQRTUWXY", 6)
    total = sum(
        int(char, 36) * weight
        for char, weight in zip(organisation, _ORGANISATION_WEIGHTS, strict=True)
    )
    body = f"{category}{division}{organisation}{'0123456789X0'[(11 - total % 11) % 11]}"
    total = sum(
        _CREDIT_ALPHABET.index(char) * weight
        for char, weight in zip(body, _CREDIT_WEIGHTS, strict=True)
    )
    return body + _CREDIT_ALPHABET[(31 - total % 31) % 31]


def bank_card(rng: Random) -> str:
    """Nineteen digits that pass the Luhn check."""
    body = rng.choice(_CARD_PREFIXES) + digits(rng, 12)
    total = 0
    for place, char in enumerate(reversed(body)):
        doubled = int(char) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{body}{-total % 10}"


def mobile(rng: Random) -> str:
    """Eleven digits of a range in use."""
    start = 3 * rng.randrange(len(_MOBILE_PREFIXES) // 3)
    return _MOBILE_PREFIXES[start : start + 3] + digits(rng, 8)


def landline(rng: Random) -> str:
    """A number under Yingkou's area code: ``0417-2857617``."""
    return f"0417-{rng.choice('2345678')}{digits(rng, 6)}"


def plate(rng: Random) -> str:
    """Car plate of Yingkou, 辽H; now and then a new-energy one with eight characters."""
    if rng.random() < 0.06:
        return f"辽H{rng.choice('DF')}{digits(rng, 5)}"
    return "辽H" + _text(rng, _PLATE_TAIL, 5)


def vehicle_number(rng: Random) -> str:
    """VIN, 17 characters with its check character at the ninth place (GB 16735)."""
    chars = list("L" + _text(rng, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 16))
    total = sum(
        int(_VIN_LETTERS.get(char, char)) * weight
        for char, weight in zip(chars, _VIN_WEIGHTS, strict=True)
    )
    chars[8] = "0123456789X"[total % 11]
    return "".join(chars)


def deed(rng: Random, year: int) -> str:
    """Certificate of real estate, sometimes the older house or land certificate."""
    number = digits(rng, 7)
    form = rng.random()
    if form < 0.8:
        return f"辽（{year}）营口市不动产权第{number}号"
    if form < 0.93:
        return f"营房权证{rng.choice('站西鲅老盖大')}字第{number}号"
    return f"营国用（{year - 5}）第{number[:6]}号"


def email(rng: Random, handle: str) -> str:
    """An address built from a user name; never a domain of our own."""
    return f"{handle}{rng.randrange(10, 99)}@{rng.choice(('qq.com', '163.com', 'sina.com.cn'))}"


def wechat(rng: Random) -> str:
    """A WeChat id: a letter, then letters, digits and underscores."""
    return f"{_text(rng, _HANDLE, 2)}_{_text(rng, _HANDLE + '0123456789', 7)}"


def qq(rng: Random) -> str:
    """A QQ number of nine or ten digits."""
    return rng.choice("123456789") + digits(rng, rng.randint(8, 9))


def passport(rng: Random) -> str:
    """Number of an ordinary passport."""
    return "E" + digits(rng, 8)


def query_code(rng: Random) -> str:
    """The ten characters printed on a party's notice, opening that party's own view."""
    return _text(rng, _QUERY_CODE, 10)
