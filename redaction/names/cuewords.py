"""The words that announce a name or follow one; the long lists are in ``data/cues.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _list(name: str) -> frozenset[str]:
    text = files("redaction").joinpath("data/cues.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)[name]).split())


ROLE_WORDS = _list("roles") | _list("kinship")
TITLE_WORDS = _list("titles")
"""People who act for an office: their names stay."""

LEADING_WORDS = _list("leading")
"""Verbs and particles that stand before people, and before things as well."""

KINSHIP_SIGNS = frozenset("妻夫父母子女兄弟姐妹嫂叔舅姑姨侄甥婿媳")
"""Kinship in one character; only after 的, 之, 其 or 系: 父母 and 夫妻 announce nobody."""

LEADING_CHARACTERS = frozenset(
    "和向与给从由对将被把跟同受据经让叫替随找及或欠至到代系是为了帮加问因以现后在但说称"
)
"""Prepositions, conjunctions and verbs of one character that stand before people and things."""

PERSON_ENDINGS = frozenset("人员者民户主")
"""Last characters of words for people that no list holds: 购毒人员, 违法行为人."""

PHRASES_AFTER = re.compile(
    r"[（(](?:身份证|公民身份|手机|电话|联系|男|女|曾用名|又名|\d{4}年|1[3-9]\d|\+86|另案|已判|在逃)|"
    r"[，,]\s?[男女]\s?[，,、]|(?:之|的)(?:妻|夫|子|女|父|母|儿|兄|弟|姐|妹|丈夫|妻子|配偶|家属|户籍|住址)|"
    r"(?:的)?(?:账户|手机|电话|号码|身份证|银行卡|微信|护照|邮箱|联系方式|联系电话)|名下|名义|到庭|银行存款|在[\u4e00-\u9fff]{2,6}银行|本人|代收|外出打工|下落不明|"
    r"限制(?:出境|高消费|消费)|司法拘留|采取拘留|予以拘[留传]|纳入失信|列入失信|住所地|家中|已?(?:去世|死亡|病故)|"
    r"先生|女士|等[二三四五六七八九十\d]?人"
)
"""What stands behind people only."""
