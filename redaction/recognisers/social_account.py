"""Accounts with messengers, payment and video services, found by the service's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View, windows

NAME = "social_account"
_SERVICE = (
    r"微\s?信|薇信|威信|[Vv][Xx]|[Vv]信|[Ww]e[Cc]hat|[Qq]{2}|扣扣|企鹅|支付宝|抖音|快手|微博|小红书|"
    r"陌陌|钉钉|旺旺|淘宝|闲鱼|[Tt]elegram|[Ss]kype|[Ww]hats[Aa]pp|[Ll]ine"
)
_LABELLED = re.compile(
    rf"(?:{_SERVICE})\s?群?(?:账号|帐户|账户|号码|昵称|号|ID|id)?(?:名?为|是|[:：\s（(“\"])*"
    r"([A-Za-z0-9_][A-Za-z0-9_.\-]{4,31})(?![A-Za-z0-9_])(?!\s*(?:元|万|亿|%))"
)
_QQ_SPACED = re.compile(
    r"(?:[Qq]{2}|扣扣|企鹅)\s?群?(?:号码|号)?(?:为|是|[:： ])*([1-9](?:[ \-]?\d){4,11})(?![0-9])"
)
# 昵称“小鱼儿”, 外号叫“二愣子”: who is called so is known by it
_NICKNAME = re.compile(
    r"(?:昵称|网名|绰号|外号|微信名)(?:为|是|叫|[:：\s])*[“\"「『]([^“”\"「」『』\n×]{1,16})[”\"」』]"
)
_WECHAT = re.compile(r"[Ww](?<![0-9A-Za-z_].)(?:xid|x|X|eixin)_[A-Za-z0-9_\-]{4,30}")
# 已微信送达（dq_yghi3pe）: the label governs, other words stand between
_REMOTE = re.compile(
    rf"(?:{_SERVICE})[\u4e00-\u9fff]{{1,8}}[（(：: “\"]{{1,3}}"
    r"([A-Za-z][A-Za-z0-9_\-]{5,31})(?![A-Za-z0-9_@.])"
)
# An underscore in Chinese prose is an account of something.
_UNDERSCORED = re.compile(
    r"[A-Za-z](?<![0-9A-Za-z_./\-].)[A-Za-z0-9]{0,14}\s?_\s?"
    r"(?=[A-Za-z]{0,20}[0-9])[A-Za-z0-9_\-]{3,30}(?![A-Za-z0-9@.])"
)
_SIGN = re.compile("_")
_MONEY = re.compile(r"[\d.,]*\d\s*(?:元|万|亿)")


def find(view: View) -> Iterator[Candidate]:
    """Yield account names of messengers and similar services."""
    labelled = [candidate for at in view.labels(NAME) for candidate in _labelled(view, at)]
    yield from labelled
    if "_" in view.text:
        found = {(candidate.start, candidate.end) for candidate in labelled}
        signs = (match.start() for match in _SIGN.finditer(view.text))
        for low, high in windows(signs, 24, 40):
            for match in _WECHAT.finditer(view.text, low, high):
                yield _candidate(*match.span(), 0.9, "微信号样式")
            for match in _UNDERSCORED.finditer(view.text, low, high):
                if match.span() not in found and not view.guards.covers(*match.span()):
                    yield _candidate(*match.span(), 0.8, "账号样式")


def _labelled(view: View, at: int) -> Iterator[Candidate]:
    if (match := _LABELLED.match(view.text, at)) and not _MONEY.match(view.text, match.start(1)):
        yield _candidate(*match.span(1), 0.93, "社交或支付账号标签后的账号")
    if match := _REMOTE.match(view.text, at):
        yield _candidate(*match.span(1), 0.85, "社交账号标签后括注的账号")
    if match := _NICKNAME.match(view.text, at):
        yield _candidate(*match.span(1), 0.85, "网名或者绰号")
    if match := _QQ_SPACED.match(view.text, at):
        yield _candidate(*match.span(1), 0.93, "QQ号码")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.SOCIAL_ACCOUNT, start, end, score, reason, NAME)
