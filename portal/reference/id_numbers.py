"""Whole ID numbers that somebody types to look himself up: read, checked, in one written form.

Citizen numbers of 18 digits (GB 11643) and of 15, as issued until 1999, which become 18;
unified social credit codes (GB 32100). Anything shorter is refused: a search that took parts of a
number would hand out the digits that the lists hide.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

_BETWEEN = re.compile(r"[\s\-·.]")
_CENTURY = "19"
MAX_TYPED = 64


class NumberKind(StrEnum):
    """Whose number it is."""

    CITIZEN = "citizen"
    ORGANISATION = "organisation"


class NumberRefused(ValueError):
    """What was typed is no whole, valid number; the message is for the reader."""


def read_number(typed: str) -> tuple[NumberKind, str]:
    """The kind and the 18 characters of a number. Raises NumberRefused."""
    number = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed[: MAX_TYPED + 1])).upper()
    if not number:
        raise NumberRefused("请输入完整的公民身份号码或者统一社会信用代码。")
    if len(typed) > MAX_TYPED or not re.fullmatch(r"[0-9A-Z]+", number):
        raise NumberRefused("号码中只能有数字和字母；不接受用 * 或 ? 代替的号码，也不接受姓名。")
    if len(number) == 15 and number.isdecimal():
        number = f"{number[:6]}{_CENTURY}{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    if len(number) != 18:
        raise NumberRefused(
            "号码应为完整的 18 位（或旧的 15 位）；为保护个人信息，不能用部分号码查询。"
        )
    kind = _kind(number)
    if kind is None:
        raise NumberRefused("号码校验不符，请逐位核对后重新输入。")
    return kind, number


def plain_number(written: str) -> str:
    """Any document number in one written form, right or wrong; 15 digits become 18.

    For comparing what a party types with what the record holds: records keep passports, and
    numbers whose check digit is wrong.
    """
    folded = unicodedata.normalize("NFKC", written[:200]).upper()
    number = "".join(char for char in folded if char.isalnum())
    if len(number) == 15 and number.isascii() and number.isdecimal():
        number = f"{number[:6]}{_CENTURY}{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    return number


def _kind(number: str) -> NumberKind | None:
    if number[:17].isdecimal() and number[17] in "0123456789X":
        try:
            ric.get_birth_date(number)
        except ValidationError:
            pass
        else:
            if ric.calc_check_digit(number) == number[17]:
                return NumberKind.CITIZEN
    return NumberKind.ORGANISATION if uscc.is_valid(number) else None
