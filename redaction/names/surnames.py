"""Family names and what may follow them: the shape of a Chinese personal name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇\ue000-\uf8ff\U00020000-\U000323af"
"""Inside of a character class: Han characters and the private-use ones of old systems."""

_HAN = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """Whether a character is a Han character; "" is none."""
    return "\u4e00" <= character <= "\u9fff" or _HAN.match(character) is not None


# Function words and verbs no parent puts into a name. Kept short: a character wrongly listed here
# would cut a name short and leave its last character standing.
NEVER_GIVEN = frozenset(
    "的了是在被及与或称说他她它我你这那个们不没把给让但而且就还也都很等对各每某该其即则因若虽吗呢吧啊"
    "死偷抢骗债欠款罚诉讼裁判贩毒吸逃赌杀病残葬坟屁屎尿丑恶臭烂贼奸妓嫖妾娼某×"
)

DOUBTFUL_SURNAMES = frozenset(
    "从经应时后于向由和都有别须依才原连通解支付计单管查路方成水全那相关容广国文章明平常何任能"
    "金钱房车门商项终种因次约权利来安宣保占布普线续补回字舍折者区母费但席元双冷"
)
"""Family names that are more often function words or everyday nouns: a name that begins with one
needs more evidence than its place in the sentence."""

SURE_SURNAMES = (
    "司马", "上官", "欧阳", "夏侯", "诸葛", "皇甫", "尉迟", "公孙", "轩辕", "令狐", "宇文",
    "慕容", "端木", "呼延", "淳于", "申屠", "拓跋", "完颜", "爱新觉罗", "独孤",
)  # fmt: skip
"""Compound family names that are nothing else: 上官敏 needs no further evidence."""


@cache
def single_surnames() -> frozenset[str]:
    return frozenset(name for name in _all() if len(name) == 1)


@cache
def compound_surnames() -> frozenset[str]:
    return frozenset(name for name in _all() if len(name) > 1)


@cache
def compound_beginnings() -> frozenset[str]:
    return frozenset(name[0] for name in compound_surnames())


@cache
def surname_beginnings() -> frozenset[str]:
    """Every character a family name can begin with."""
    return frozenset(name[0] for name in _all())


@cache
def _all() -> tuple[str, ...]:
    text = files("redaction").joinpath("data/surnames.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(dict.fromkeys(word for line in lines for word in line.split()))


def surname_of(name: str) -> str:
    """The family name a full name begins with; its first character where none is known."""
    for length in (4, 3, 2):
        if len(name) > length and name[:length] in compound_surnames():
            return name[:length]
    return name[:1]


_SECOND_LEVEL = 0xD8


@lru_cache(maxsize=8192)
def is_rare(character: str) -> bool:
    """Whether a character is none of the 3 755 common ones (first level of GB 2312).

    Parents like rare characters; ordinary words seldom begin with one.
    """
    try:
        return character.encode("gb2312")[0] >= _SECOND_LEVEL
    except UnicodeEncodeError:
        return True


_LATIN = re.compile(r"[A-Za-z]")


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters."""
    return bool(_LATIN.match(name))
