"""Ethnic group and religion of a person, as personal lines and clerks' notes mention them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "origin"
_GROUPS = """
汉 满 回 蒙古 蒙 朝鲜 锡伯 维吾尔 哈萨克 壮 苗 彝 藏 土家 布依 侗 瑶 白 哈尼 傣 黎 傈僳
佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 阿昌
普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴
珞巴 基诺
"""
_GROUP = re.compile(
    rf"(?:{'|'.join(_GROUPS.split())})族"
    r"(?!自治|乡|镇|村|中学|小学|大学|学院|区|县|苏木|风|文化|食|医|[和与、及]|地区|聚居)"
)
# 满族 alone may be about a village or a dish; beside sex, birth or origin it is about a person.
_PERSONAL = re.compile(r"[男女]\s?[，,、]?\s?$|[系为是，,、（(]$|民族[：: ]*$|^$")
_FAITHS = "伊斯兰教 基督教 天主教 佛教 道教 东正教 法轮功 全能神 门徒会 穆斯林"
_FAITH = re.compile(rf"(?:{'|'.join(_FAITHS.split())})(?:徒|信徒|教徒|居士|成员)?")
_BELIEVES = re.compile(
    r"(?:信仰|信奉|信|皈依|受洗(?:入|于)?|笃信|系|是|修炼|练习|参加|加入)(?:了|的是|虔诚的)?$"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield mentions of a person's ethnic group or religion."""
    text = view.text
    if "族" in text:
        for match in _GROUP.finditer(text):
            if _PERSONAL.search(view.before(match.start(), 4)):
                yield _candidate(*match.span(), "民族")
    for match in _FAITH.finditer(text):
        if _BELIEVES.search(view.before(match.start(), 6)):
            yield _candidate(*match.span(), "宗教信仰")


def _candidate(start: int, end: int, reason: str) -> Candidate:
    return Candidate(Kind.OTHER, start, end, 0.85, reason, NAME)
