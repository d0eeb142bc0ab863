"""The kinds of value the exchange format is made of, and the Chinese rule each follows."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from portal.reference import case_numbers
from portal.reference.clock import BEIJING
from portal.reference.courts import BY_CODE


def problem(message: str) -> PydanticCustomError:
    """An error whose Chinese message goes into the report as it stands."""
    return PydanticCustomError("portal", message)


def _storable(text: str) -> str:
    if "\x00" in text or any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise problem("含有无法保存的字符（空字符或不成对的编码）")
    return text.strip()


def _required(text: str) -> str:
    if not text:
        raise problem("不能为空")
    return text


def _iso_date(value: Any) -> Any:
    if isinstance(value, str) and (len(value.strip()) != 10 or value.strip()[4:5] != "-"):
        raise problem("日期应写作 YYYY-MM-DD")
    return value.strip() if isinstance(value, str) else _text_only(value, "日期应写作 YYYY-MM-DD")


def _iso_moment(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else _text_only(value, "时间应为 ISO 8601 文字")


def _text_only(value: Any, message: str) -> Any:
    if value is None or isinstance(value, date):
        return value
    raise problem(message)


def _in_beijing(moment: datetime) -> datetime:
    return moment.replace(tzinfo=BEIJING) if moment.tzinfo is None else moment


def _decimal_text(value: Any) -> Any:
    # A JSON number has been through binary floating point somewhere: not money any more.
    if isinstance(value, bool | float):
        raise problem("金额应为十进制文字，例如 1234.50")
    return value.strip() if isinstance(value, str) else value


def _canonical_number(text: str) -> str:
    try:
        return case_numbers.parse(text).canonical
    except case_numbers.CaseNumberError:
        # The error quotes what it was given; a report must not.
        raise problem("案号无法识别，应写作（2018）辽0803执123号") from None


def _known_court(text: str) -> str:
    code = "".join(unicodedata.normalize("NFKC", text).split())
    if code not in BY_CODE:
        raise problem("不是本平台的法院代码")
    return code


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[str, AfterValidator(_storable), AfterValidator(_required), Field(max_length=200)]
Short = Annotated[str, AfterValidator(_storable), Field(max_length=500)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Moment = Annotated[datetime, BeforeValidator(_iso_moment), AfterValidator(_in_beijing)]
Amount = Annotated[
    Decimal,
    BeforeValidator(_decimal_text),
    Field(ge=0, max_digits=17, decimal_places=2, allow_inf_nan=False),
]
Number = Annotated[str, AfterValidator(_storable), AfterValidator(_canonical_number)]
Word = Annotated[str, AfterValidator(_storable), AfterValidator(_required), Field(max_length=64)]
Label = Annotated[str, AfterValidator(_storable), Field(max_length=64)]
CourtCode = Annotated[str, AfterValidator(_storable), AfterValidator(_known_court)]
