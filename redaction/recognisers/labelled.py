"""Numbers only their label gives away: social security, housing fund, medical files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "labelled"
_LABELLED = re.compile(
    r"(?:社会保障(?:卡)?号码?|社保(?:卡|账)?号码?|社保(?:个人)?编号|医保(?:卡|账)?号码?|"
    r"公积金(?:个人)?(?:账|帐)?(?:户|号)|病历号码?|住院号码?|门诊号码?|就诊卡?号|病案号|学籍号|学号|准考证号|"
    r"残疾人?证(?:号码?|编号)?|军官证号?|士兵证号?|警官证号?|驾驶证(?:号码?|档案编号)|保单号码?|工号|"
    r"户口簿?(?:编)?号|出生医学证明(?:编号)?|询码|密码|IMEI|设备号|IP地址?|(?<![A-Za-z])IP(?=[:：为是]))"
    r"(?:为|是|[:：\s])*"
    r"([\u4e00-\u9fff]{0,3}[A-Za-z0-9](?:[ \-.]?[A-Za-z0-9]){3,29}号?)(?![0-9A-Za-z])"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield numbers of personal files found by their label."""
    for at in view.labels(NAME):
        match = _LABELLED.match(view.text, at)
        if match and (any(c.isdecimal() for c in match.group(1)) or "码" in match.group()[:4]):
            yield Candidate(Kind.OTHER, *match.span(1), 0.93, "个人档案或账户标签后的号码", NAME)
