"""Content that masking a span does not settle: it is graded, and the higher grade goes to a human.

The words are signs, not proof; a reviewer decides. Nothing here masks anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from redaction.model import Hold, Kind


@dataclass(frozen=True, slots=True)
class Topic:
    """One sensitive topic, the words that point to it, and what the reviewer is told."""

    pattern: re.Pattern[str]
    reason: str
    kind: Kind | None = None


_TOPICS = (
    Topic(
        re.compile(r"(?:国家|工作|军事)秘密|(?<![一-龥])(?:绝密|机密|秘密)[★☆▲]|密级[:：]|涉密|内部资料[，,]?(?:不得|请勿)外传"),
        "文本含有国家秘密或涉密标记，不得公开，请核实",
    ),
    Topic(
        re.compile(r"未成年人(?:犯罪|被告人|罪犯)|(?:强奸|猥亵|性侵|拐卖|虐待)[^，。；]{0,12}(?:幼女|儿童|女童|未成年|孩子)"
                   r"|(?:幼女|儿童|女童|未成年)[^，。；]{0,12}被(?:强奸|猥亵|性侵|拐卖|虐待)"),
        "内容涉及未成年人犯罪或被害，依法不宜公开，请核实",
        Kind.MINOR,
    ),
    Topic(
        re.compile(r"家庭暴力|家暴|强奸|猥亵|性侵|性骚扰|强迫卖淫|私生子|亲子鉴定|婚外情|出轨"),
        "内容涉及家庭暴力、性侵害或婚恋隐私，仅屏蔽姓名可能不够",
    ),
    Topic(
        re.compile(r"有[^，。；]{0,6}前科|刑满释放|服刑期间|社区矫正|强制隔离戒毒|曾因[^。；]{1,24}(?:被判处?|被劳动教养|被行政拘留|入狱)"),
        "内容提到犯罪或违法记录，是否公开请核实",
    ),
    Topic(
        re.compile(r"技术侦查|侦查手段|监听|秘密录音|线人|举报人(?:的)?(?:姓名|身份|住址)"),
        "内容涉及侦查措施或举报人身份，请核实",
    ),
)  # fmt: skip


def sensitive_holds(text: str) -> list[Hold]:
    """Reasons why a human should read this folded text before it is published."""
    return [Hold(topic.reason, topic.kind) for topic in _TOPICS if topic.pattern.search(text)]
