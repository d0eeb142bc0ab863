"""Organisations that begin like a person's name: 李宁公司, 王氏集团."""

from __future__ import annotations

import re

_ORGANISATION = re.compile(
    "(?:[^\x00-\u33ff\uff00-\uffef的了在于至从被将由向给已未系称该本其有为、]|有(?=限)){2,28}?(?:公司|银行|支行|分行|信用社|厂|商店|商行|超市|经营部|合作社|委员会|村委会|"
    "医院|学校|小学|中学|幼儿园|派出所|人民政府|法院|检察院|事务所|集团|中心|饭店|酒店|门市部|服务部|工作室|管理局|协会|宾馆|网吧|出租屋|分局|浴室|会所|足浴店|大厦|小区|花园|大道|市场)"
)


def begins_organisation(text: str, offset: int) -> bool:
    """Whether the words at ``offset`` run on to the end of an organisation's name."""
    return _ORGANISATION.match(text, offset) is not None
