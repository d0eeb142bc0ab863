"""Names not built of a Chinese family name and a given name.

With middle dots (阿依古丽·买买提, 让·雅克·卢梭) the dot is the surest sign of a name there is;
what has to be found is where the name begins and ends, for these names are of any length. Tibetan
names (才旦卓玛) are two of some fifty words set side by side. Japanese names (田中角荣) are told by
a usual family name behind a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.names.boundary import follow_strength
from redaction.names.dictionary import Cut, Entry, is_common
from redaction.names.leading import Before, what_leads_to
from redaction.names.organisation import begins_organisation
from redaction.names.surnames import HAN
from redaction.view import Candidate, View

NAME = "name_foreign"
_LONGEST_PART = 8
_LONGEST_NAME = 6
# Bounded, so that a megabyte of characters without an end costs no more than its length.
_DOTTED = re.compile(
    f"[{HAN}]{{1,{_LONGEST_PART}}}(?:·[{HAN}]{{1,{_LONGEST_PART}}}){{1,{_LONGEST_NAME}}}"
)


_TIBETAN_WORDS = (
    "扎西|次仁|次旦|才旦|才让|才仁|卓玛|央金|央宗|拉姆|拉毛|多吉|平措|旺堆|旺姆|旺杰|丹增|丹巴|尼玛|达瓦|巴桑|普布|边巴|"
    "米玛|拉巴|索朗|索南|格桑|洛桑|仁青|仁增|德吉|白玛|贡布|曲珍|群宗|罗布|顿珠|加措|嘉措|班旦|强巴|阿旺|坚赞|坚参|桑吉|"
    "更登|根敦|华旦|完玛|万玛|东智|南杰|杰布|措姆|卓嘎|益西|赤列|土登|晋美|次珍|仓决|玉珍|桑珠|旦增|旦巴|才吉|尕藏|项欠"
)
_TIBETAN = re.compile(f"(?:{_TIBETAN_WORDS})(?:{_TIBETAN_WORDS}){{1,2}}")
_JAPANESE = re.compile(
    "(?:佐藤|铃木|高桥|田中|伊藤|渡边|山本|中村|小林|加藤|吉田|山田|佐佐木|松本|井上|木村|清水|山口|池田|桥本|石川|"
    f"中岛|小川|前田|冈田|长谷川|藤田|后藤|近藤|村上|远藤|青木|坂本|斋藤|福田|太田|西村|藤井|松田|中川)[{HAN}]{{1,3}}"
)

_PLACES = frozenset("省市区县镇乡村路街站庄")


def find(view: View, cut: Cut) -> Iterator[Candidate]:
    """Yield Tibetan and Japanese names, and names with middle dots."""
    for match in _TIBETAN.finditer(view.text):
        yield Candidate(Kind.PERSON, *match.span(), 0.88, "藏族姓名", NAME)
    for match in _JAPANESE.finditer(view.text):
        if begins_organisation(view.text, match.start()) or match.group()[2] in _PLACES:
            continue  # 福田区, 太田公司
        if what_leads_to(view.text, match.start()) is Before.ROLE:
            end = _japanese_end(view.text, match)
            yield Candidate(Kind.PERSON, match.start(), end, 0.8, "称谓之后的日本姓名", NAME)
    if "·" in view.text:
        yield from _dotted(view, cut)


def _japanese_end(text: str, match: re.Match[str]) -> int:
    """Behind the second character of the given name, where a word does not end it before."""
    given = (
        match.end() - len(match.group()) + (3 if match.group()[:3] in ("佐佐木", "长谷川") else 2)
    )
    last = min(match.end(), given + 2)
    return next((at for at in range(given + 1, last) if follow_strength(text, at) >= 2), last)


def _dotted(view: View, cut: Cut) -> Iterator[Candidate]:
    for match in _DOTTED.finditer(view.text):
        first = view.text.index("·", match.start())
        last = view.text.rindex("·", match.start(), match.end())
        if _is_word(cut.ending_at(first)) and _is_word(cut.at(last + 1)):
            continue  # 演示数据·盖州法院: the dot joins words
        start = _start(view.text, match.start(), first, cut)
        end = _end(view.text, last + 1, match.end(), cut)
        yield Candidate(Kind.PERSON, start, end, 0.88, "带间隔号的姓名", NAME)


def _is_word(entry: Entry | None) -> bool:
    return entry is not None and len(entry.text) > 1 and is_common(entry.text)


def _start(text: str, low: int, dot: int, cut: Cut) -> int:
    """Behind the last role or ordinary word before the first part of the name."""
    for offset in range(dot - 1, low, -1):
        if what_leads_to(text, offset) >= Before.ROLE:
            return offset
    start = dot
    while start > low and (word := cut.ending_at(start)) is not None and word.start >= low:
        particle = follow_strength(text, word.start) == 1 and is_common(word.text)
        if word.end < dot and (particle or _is_word(word)):
            break
        start = word.start
    return start if start < dot else low


def _end(text: str, first: int, high: int, cut: Cut) -> int:
    """Before the first word that follows names, or the first ordinary word, of the last part."""
    for offset in range(first + 1, high):
        if follow_strength(text, offset) >= 2:
            return offset
        word = cut.at(offset)
        if _is_word(word):
            return offset
    return high
