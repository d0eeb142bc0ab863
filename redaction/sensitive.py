"""Content that masking a span may not settle: topics found by their words, graded by the policy.

The words are signs, not proof. What a topic means for publication stands in the policy table
(``[topics]`` in ``policy.toml``): masking settles it, a reviewer has to read, or it may not be
published without a higher decision. Nothing here masks anything.

Two kinds of prose only sound sensitive and are passed over: titles of statutes
(《预防未成年人犯罪法》), and sentences that lay down a rule (涉及国家秘密的除外).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from redaction.model import Grade, Hold, Kind


class Topic(StrEnum):
    """What a text may touch on. The values are the keys of the policy's ``[topics]``."""

    CLASSIFIED = "classified"
    MINOR_CRIME = "minor_crime"
    MINOR_VICTIM = "minor_victim"
    MINOR_NAMED = "minor_named"
    SEXUAL = "sexual"
    DOMESTIC_VIOLENCE = "domestic_violence"
    MARRIAGE = "marriage"
    ADOPTION = "adoption"
    CRIMINAL_RECORD = "criminal_record"
    INVESTIGATION = "investigation"
    INFORMER = "informer"
    INFECTION = "infection"
    DRUGS = "drugs"
    CULT = "cult"


@dataclass(frozen=True, slots=True)
class TopicRule:
    """How the policy grades a topic, what the reviewer is told, and the article behind it."""

    title: str
    grade: Grade
    article: str
    note: str


_CHILD = (
    r"(?:未成年(?:人|子女|女|儿童)?|幼女|儿童|女童|男童|幼童|女婴|男婴|小学生|初中生"
    r"|孩子|养女|继女)"
)
_ABUSE = r"(?:强奸|奸淫|猥亵|性侵|性虐待|拐卖|拐骗|虐待|遗弃|绑架|强迫卖淫)"
_PATTERNS: Mapping[Topic, tuple[str, ...]] = {
    Topic.CLASSIFIED: (
        r"(?:属于?|涉及?|含有|泄露|载有|窃取|刺探)[^，。；]{0,6}(?:国家|工作|军事)秘密|(?<![一-龥])(?:绝密|机密|秘密)[★☆▲]",
        r"密级[:：]?(?:绝密|机密|秘密)|涉密(?:文件|材料|案件|人员|载体|计算机)|内部资料[，,]?(?:不得|请勿)外传",
    ),
    Topic.MINOR_CRIME: (
        r"未成年人犯罪|未成年(?:人)?(?:被告人|罪犯|犯罪嫌疑人)|犯罪时(?:系|为|属)?未成年|犯罪时未满十八",
    ),
    Topic.MINOR_VICTIM: (
        rf"{_ABUSE}[^，。；]{{0,12}}{_CHILD}|{_CHILD}[^，。；]{{0,12}}(?:被|遭(?:受|到)?)[^，。；]{{0,6}}{_ABUSE}",
        r"未成年(?:人)?(?:被害人|受害人)",
    ),
    Topic.MINOR_NAMED: (
        r"(?:(?<![0-9])(?:[1-9]|1[0-7])|(?<![十百])(?:[一二三四五六七八九]|十[一二三四五六七]?))周?岁的?(?:[男女]孩|儿童|幼[子女童])",
        r"(?:系|为|是|均)未成年(?!人犯罪)|(?:留守|走失|失踪|被害)儿童",
    ),
    Topic.SEXUAL: (r"强奸|奸淫|猥亵|性侵|性骚扰|强迫卖淫|卖淫|嫖娼|裸照|不雅视频",),
    Topic.DOMESTIC_VIOLENCE: (
        r"(?<!反)家庭暴力|(?<!反)家暴|殴打(?:妻子|丈夫|老人|父母|孩子|子女)",
    ),
    Topic.MARRIAGE: (r"婚外情|出轨|婚外性|第三者插足|非法同居|私生子|非婚生|亲子鉴定|重婚|性生活",),
    Topic.ADOPTION: (r"收养(?!人口)|送养|抱养|领养|养父母|生父母|代孕|试管婴儿|弃婴",),
    Topic.CRIMINAL_RECORD: (
        r"有[^，。；]{0,6}前科|犯罪记录|刑满释放|服刑(?:期间|人员)|曾[^，。；]{0,4}服刑|社区矫正|强制医疗|假释|缓刑考验"
        r"|曾因[^。；]{1,24}(?:被判处?|被劳动教养|被行政拘留|入狱)",
    ),
    Topic.INVESTIGATION: (r"技术侦查|技侦|侦查手段|监听|秘密录音|密拍|卧底|特情",),
    Topic.INFORMER: (
        r"线人|耳目(?!一新)|(?:举报|检举|控告|揭发|线索提供)人(?:的)?(?:姓名|身份|住址|电话|系|为|是|叫|[:：])",
    ),
    Topic.INFECTION: (r"艾滋|(?<![A-Za-z])(?:HIV|hiv)(?![A-Za-z])|梅毒|淋病|性病|传染病患者",),
    Topic.DRUGS: (r"吸毒|戒毒|尿检[^，。；]{0,4}阳性|毒瘾",),
    Topic.CULT: (r"法轮功|全能神|门徒会|邪教",),
}  # fmt: skip
_SIGNS: Mapping[Topic, re.Pattern[str]] = {
    topic: re.compile("|".join(patterns)) for topic, patterns in _PATTERNS.items()
}
# Words of which every match of a topic's patterns holds one: few texts hold any, and to look for
# a word is much cheaper than to look for a pattern.
_WORDS: Mapping[Topic, tuple[str, ...]] = {
    topic: tuple(words.split())
    for topic, words in {
        Topic.CLASSIFIED: "秘密 绝密 机密 密级 涉密 内部资料",
        Topic.MINOR_CRIME: "未成年 犯罪时未满",
        Topic.MINOR_VICTIM: "强奸 奸淫 猥亵 性侵 拐卖 拐骗 虐待 遗弃 绑架 强迫卖淫 未成年",
        Topic.MINOR_NAMED: "岁 未成年 儿童",
        Topic.SEXUAL: "强奸 奸淫 猥亵 性侵 性骚扰 卖淫 嫖娼 裸照 不雅视频",
        Topic.DOMESTIC_VIOLENCE: "家庭暴力 家暴 殴打",
        Topic.MARRIAGE: "婚外 出轨 第三者插足 非法同居 私生子 非婚生 亲子鉴定 重婚 性生活",
        Topic.ADOPTION: "收养 送养 抱养 领养 养父母 生父母 代孕 试管婴儿 弃婴",
        Topic.CRIMINAL_RECORD: "前科 犯罪记录 刑满释放 服刑 社区矫正 强制医疗 假释 缓刑考验 曾因",
        Topic.INVESTIGATION: "技术侦查 技侦 侦查手段 监听 秘密录音 密拍 卧底 特情",
        Topic.INFORMER: "线人 耳目 举报人 检举人 控告人 揭发人 线索提供人",
        Topic.INFECTION: "艾滋 HIV hiv 梅毒 淋病 性病 传染病患者",
        Topic.DRUGS: "吸毒 戒毒 尿检 毒瘾",
        Topic.CULT: "法轮功 全能神 门徒会 邪教",
    }.items()
}
_TITLE = re.compile(r"《[^《》\n]{2,40}》")
_RULE_AFTER = re.compile(
    r"(?:[、和或及与](?:个人|商业|国家|工作|其他)[^，。；]{0,12})?"
    r"(?:的?(?:信息|情形|内容|事项|案件|裁判文书)?(?:的[，,、]?)?(?:除外|(?:依法|应当|一律)?(?:不得|不予|不宜|不应|不在))"
    r"|(?:信息|情况)?(?:依法|应当|一律|严格|予以)*保密|受(?:法律)?保护)"
)
_RULE_BEFORE = re.compile(
    r"(?:不得|不予|禁止|严禁|不含|不涉及|不存在|不(?:会)?(?:公开|泄露|透露)|未(?:发现)?|没有|无|并非|保护|预防|打击|反对|抵制)[^，。；]{0,4}$"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Where a folded text touches on a topic."""

    topic: Topic
    start: int
    end: int


def sensitive_signs(text: str) -> Iterator[Sign]:
    """The first sign of every topic a folded text touches on, rules and titles passed over."""
    touched = [topic for topic, words in _WORDS.items() if any(word in text for word in words)]
    titles = [match.span() for match in _TITLE.finditer(text)] if touched else []
    for topic in touched:
        for match in _SIGNS[topic].finditer(text):
            start, end = match.span()
            if any(first < start and end < last for first, last in titles):
                continue
            if not _is_rule(text, start, end):
                yield Sign(topic, start, end)
                break


def sensitive_holds(text: str, rules: Mapping[Topic, TopicRule]) -> list[Hold]:
    """Reasons why a human should read this folded text before it is published.

    Topics that the policy grades as settled by masking hold nothing.
    """
    holds = []
    for sign in sensitive_signs(text):
        rule = rules[sign.topic]
        if rule.grade is not Grade.MASKED:
            kind = Kind.MINOR if sign.topic.startswith("minor") else None
            holds.append(Hold(f"{rule.note}（{rule.article}）", kind, grade=rule.grade))
    return holds


def _is_rule(text: str, start: int, end: int) -> bool:
    """Whether the sentence says how such things are to be treated, and reports none."""
    return bool(
        _RULE_AFTER.match(text, end) or _RULE_BEFORE.search(text[max(0, start - 12) : start])
    )
