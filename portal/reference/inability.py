"""The 执行不能 channel: its topics, in the order a reader meets them.

The plan (营中法[2018]23号 四(四)) asks for the public to be told what enforcement can and cannot
do. The texts are guides of the press office; a topic says where in the channel one stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """Where in the channel a guide stands; the words are those the press office chooses by."""

    DIFFERENCE = "两者的区别"
    KINDS = "常见类型"
    AFTER = "终本以后"
    RESUME = "恢复执行"
    CLUES = "财产线索"
    PRESERVATION = "财产保全"
    RELIEF = "司法救助"
    BANKRUPTCY = "执行转破产"
    RISKS = "风险与费用"
    QUESTIONS = "常见问题"
    EXAMPLES = "虚构案例"


@dataclass(frozen=True)
class TopicPlace:
    """A topic with ``key``, its short address below ``/inability/``."""

    topic: Topic
    key: str


PLACES: tuple[TopicPlace, ...] = tuple(TopicPlace(topic, topic.name.lower()) for topic in Topic)
BY_KEY = {place.key: place.topic for place in PLACES}
