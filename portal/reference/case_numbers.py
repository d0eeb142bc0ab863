"""Case numbers (案号): what people write, brought to the one form that is stored and compared.

The structure follows 法〔2015〕137号: year of receipt, court code, type word, serial number, and
for later documents of the same case a suffix (之一, 之二 …). Numbers given before 2016 spell the
court with its own short characters and put 字第 before the serial; real data holds both.

Pure functions over text: no clock, no table of courts. Whether a court exists, or a year is
plausible today, is for the caller to ask.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from opencc import OpenCC

MAX_INPUT = 200
"""Longest text `parse` looks at, in characters; a real case number has about twenty."""

_PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云藏陕甘青宁新兵军"
_FIRST_NEW_STYLE_YEAR = 2016

# Type words: enforcement first, then those of the documents that are enforced. Before 2016 many
# courts numbered per division, hence 民一终.
_TYPE = "|".join(
    [
        "执[恢保异复监协他请]?",
        "财保|证保|行保复?",
        "司惩复?|司救[执访刑民行赔他]",
        "行审复?|行辖[终监]?|行赔[初终申监再他]|行[一二三四]?[初终申监抗再他]",
        "强清|清[申终监]|破[申终监]?",
        "民辖[终监]?|民[督特撤催认]|民[一二三四五六]?[初终申监抗再保他]",
        "(?:刑|商|知)[一二三四五六]?[初终申监抗再他]|刑[更没医核复]",
        "法赔|委赔监?|赔他|认[台港澳复]",
    ]
)

_TWINS = {"执恢": "执"}
"""Types that continue another type's case and are easily mistaken for it."""

# Latin, Cyrillic and Greek letters and the Chinese zero, where a digit is meant.
_ZEROS, _ONES = "OoОоΟο〇○", "Il|І"
_LOOKALIKES = str.maketrans(_ZEROS + _ONES, "0" * len(_ZEROS) + "1" * len(_ONES))
_DIGIT = f"[0-9{_ZEROS}{_ONES}]"
_DASH = "[-‐‑‒–—―−_~]"
_OPEN, _CLOSE = r"[(\[{〔【《〈<⟨]", r"[)\]}〕】》〉>⟩]"
# Quotation marks may stand anywhere in a pasted number and never carry meaning.
_QUOTES = frozenset("\"'`´“”„‟‘’‚‛«»「」『』〝〞〟｢｣")
_EDGE = " ,.;:!?、。…·*#()[]{}〔〕【】《》〈〉<>⟨⟩"
_NUMERALS = "一二三四五六七八九"

_HAN = "[\u4e00-\u9fff]"
# Every repetition is bounded, so a search over any text takes time linear in its length.
_NUMBER = re.compile(
    rf"(?<![0-9])(?:{_OPEN}){{0,3}}(?P<year>{_DIGIT}{{4}})年?度?(?:{_CLOSE}){{0,3}}{_DASH}?"
    rf"(?P<court>(?P<province>[{_PROVINCES}])(?P<area>{_DIGIT}{{2,4}})|{_HAN}{{0,6}}?){_DASH}?"
    rf"(?P<type>{_TYPE})(?P<old>字?第?){_DASH}?"
    rf"(?P<serial>{_DIGIT}{{1,12}})"
    rf"(?:号?(?:{_DASH}?之|{_DASH})(?P<suffix>[{_NUMERALS}十]{{1,3}}|[0-9]{{1,2}}))?号?(?![0-9])"
)
_LABEL = re.compile(r"^(?:案号|执行案号|案件编号)[::]?")
_SLUG = re.compile(
    rf"(?P<year>[0-9]{{4}})-(?P<court>[^-]{{0,6}})-(?P<type>{_HAN}{{1,4}})-(?P<serial>[0-9]{{1,7}})"
    r"(?:-(?P<suffix>之[^-]{1,3}))?"
)


class CaseNumberError(ValueError):
    """The text is not a case number; the message says so in Chinese, fit to show to a user."""


@dataclass(frozen=True, order=True)
class CaseNumber:
    """One case number in parts. Build it with `parse`, `find` or `from_slug`."""

    year: int
    court: str
    """Court code (辽0803, 辽 for the high court) or the short characters used before 2016 (营)."""
    type: str
    serial: int
    suffix: str = ""
    """之一, 之二 … for a later document of the case, else empty."""

    @property
    def is_old_style(self) -> bool:
        """Whether the number is written 字第, as before the numbering rules of 2016."""
        if any(char.isdigit() for char in self.court) or self.court.startswith("最高法"):
            return False
        return self.year < _FIRST_NEW_STYLE_YEAR or self.court not in tuple(_PROVINCES)

    @property
    def canonical(self) -> str:
        """The form shown and stored: （2018）辽0803执123号, （2015）营执字第123号."""
        link = "字第" if self.is_old_style else ""
        return f"（{self.year}）{self.court}{self.type}{link}{self.serial}号{self.suffix}"

    @property
    def slug(self) -> str:
        """The form used in addresses: 2018-辽0803-执-123, with -之一 when there is a suffix."""
        parts = [str(self.year), self.court, self.type, str(self.serial)]
        return "-".join([*parts, self.suffix] if self.suffix else parts)

    @property
    def without_suffix(self) -> CaseNumber:
        """The number of the case that a later document (之一, 之二 …) belongs to."""
        return replace(self, suffix="")

    @property
    def key(self) -> str:
        """The form compared in the search index: 2018辽0803执123."""
        return f"{self.year}{self.court}{self.type}{self.serial}{self.suffix}"

    @property
    def near_keys(self) -> tuple[str, str]:
        """Keys shared with the numbers this one is mistaken for.

        The first is shared by the same number at other courts, the second by the same number in
        other years; 执 and 执恢 count as one type, so twins share both.
        """
        family = _TWINS.get(self.type, self.type)
        return (
            f"{self.year}·{family}·{self.serial}",
            f"{self.court}·{family}·{self.serial}",
        )

    def __str__(self) -> str:
        return self.canonical


def parse(text: str) -> CaseNumber:
    """Read a text that is a case number and nothing else but its label, quotes or brackets.

    Raises:
        CaseNumberError: with a message in Chinese that says what is missing or wrong.
    """
    if len(text) > MAX_INPUT:
        raise CaseNumberError("案号过长，请检查是否粘贴了其他内容。")
    plain = _LABEL.sub("", _plain(text).strip(_EDGE))
    if not plain:
        raise CaseNumberError("案号为空，请填写案号。")
    # The opening bracket of the year was stripped with the edges; the pattern does not need it.
    match = _NUMBER.fullmatch(plain.strip(_EDGE))
    if match is None:
        raise CaseNumberError(_what_is_wrong(plain))
    return _from_match(match)


def find(text: str) -> CaseNumber | None:
    """Give the first case number in what somebody typed or pasted, or None. Never raises."""
    for match in _NUMBER.finditer(_plain(text)):
        try:
            return _from_match(match)
        except CaseNumberError:
            continue
    return None


def from_slug(slug: str) -> CaseNumber:
    """Read the address form back. Only the exact form is taken: one case has one address.

    Raises:
        CaseNumberError: for anything that `CaseNumber.slug` would not have written.
    """
    match = _SLUG.fullmatch(slug)
    if match is not None:
        number = CaseNumber(
            year=int(match["year"]),
            court=match["court"],
            type=match["type"],
            serial=int(match["serial"]),
            suffix=match["suffix"] or "",
        )
        if number.slug == slug and _is_sound(number):
            return number
    raise CaseNumberError("地址中的案号无法识别。")


def _plain(text: str) -> str:
    """Fold widths and traditional characters; drop blanks, invisible characters and quotes."""
    folded = unicodedata.normalize("NFKC", text)
    kept = (
        char
        for char in folded
        if char not in _QUOTES and not char.isspace() and unicodedata.category(char)[0] not in "CM"
    )
    return "".join(map(_simplified, kept))


@lru_cache(maxsize=4096)
def _simplified(char: str) -> str:
    """One character by itself: a court may be named in any, and no neighbour changes it."""
    return char if char.isascii() else str(_converter().convert(char))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _from_match(match: re.Match[str]) -> CaseNumber:
    year = _number(match["year"])
    if year // 100 not in (19, 20):
        raise CaseNumberError(f"案号中的年份“{match['year']}”不正确，应为四位数年份。")
    serial = _number(match["serial"])
    if not 0 < serial < 10_000_000:
        raise CaseNumberError(f"案号中的编号“{match['serial']}”不正确，应为一至七位数字。")
    court = match["court"]
    if match["area"]:
        court = match["province"] + match["area"].translate(_LOOKALIKES)
    if not court and match["old"] != "字第":
        raise CaseNumberError("案号缺少法院代字，例如“辽0803”。")
    return CaseNumber(year, court, match["type"], serial, _suffix(match["suffix"]))


def _is_sound(number: CaseNumber) -> bool:
    try:
        return parse(number.canonical) == number
    except CaseNumberError:
        return False


def _number(digits: str) -> int:
    return int(digits.translate(_LOOKALIKES))


def _suffix(written: str | None) -> str:
    """Write a suffix the way documents do: -1 and 之1 become 之一."""
    if written is None:
        return ""
    if not written.isascii():
        return f"之{written}"
    value = int(written)
    if value == 0:
        raise CaseNumberError("案号的后缀应从“之一”开始。")
    tens, ones = divmod(value, 10)
    tens_text = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return f"之{tens_text}{_NUMERALS[ones - 1] if ones else ''}"


def _what_is_wrong(plain: str) -> str:
    shown = plain if len(plain) <= 40 else plain[:40] + "…"
    if not re.match(rf"{_DIGIT}{{4}}(?![0-9])", plain):
        reason = "缺少四位数的年份"
    elif not re.search(_TYPE, plain):
        reason = "没有可识别的类型代字（如执、执恢、执异）"
    elif not re.search(rf"(?:{_TYPE})字?第?{_DIGIT}", plain):
        reason = "类型代字后缺少编号"
    else:
        reason = "法院代字或编号的写法不正确"
    return f"案号“{shown}”无法识别：{reason}。正确写法如“（2018）辽0803执123号”。"
