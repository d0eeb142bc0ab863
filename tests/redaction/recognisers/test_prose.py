"""Addresses, dates of birth, health and children: what running text says about people."""

from __future__ import annotations

import pytest

from redaction.recognisers import address, birth_date, health, minor, origin
from redaction.view import Recogniser

ADDRESSES = [
    ("住辽宁省营口市站前区辰州路65号碧水华庭28号楼4单元274室。",
     "辰州路65号碧水华庭28号楼4单元274室", "full form, district stays"),
    ("盖州市西海办事处", "西海办事处", "sub-district office"),
    ("老边区路南镇江家村三组", "路南镇江家村三组", "town, village, group"),
    ("住某小区3-2-501，", "某小区3-2-501", "dashed building, unit and room"),
    ("位于大石桥市金牛山大街38号山水文园18号楼4单元651室的房屋",
     "金牛山大街38号山水文园18号楼4单元651室", "county-level city stays"),
    ("家住御景湾小区12栋1402室", "御景湾小区12栋1402室", "no district named"),
    ("鲅鱼圈区海东街道望海社区", "海东街道望海社区", "community"),
    ("盖州市和平路12号", "和平路12号", "a road that begins like the word and"),
    ("住于家村5组12号", "于家村5组12号", "a village that begins like a preposition"),
    ("营口市老边区柳树镇东岗子村12组", "柳树镇东岗子村12组", "group by number"),
    ("学府路（御景湾小区）3号楼2单元501", "学府路（御景湾小区）3号楼2单元501",
     "estate in brackets"),
    ("渤海大街西１６２号", "渤海大街西１６２号", "full-width number"),
]  # fmt: skip

NOT_ADDRESSES = [
    ("营口市站前区人民法院", "a court"),
    ("向营口市公安局鲅鱼圈分局送达", "a public body"),
    ("道路交通事故", "the word road"),
    ("思路清晰", "a road of thought"),
    ("营口市老边区路南镇人民政府", "a town's government is an organisation"),
    ("（2018）辽0804执65号", "a case number"),
    ("第三组证据", "a group of evidence"),
]

BIRTHS = [
    ("熊舸涵（2012年8月6日出生，系未成年人）", "2012年8月6日", "before the word"),
    ("出生日期：1975-01-05", "1975-01-05", "after a label"),
    ("出生于一九七五年一月五日", "一九七五年一月五日", "Chinese numerals"),
    ("生于1975.1.5", "1975.1.5", "dots"),
    ("1975年1月生", "1975年1月", "no day"),
    ("男，汉族，1975年1月5日，住", "1975年1月5日", "personal line of a court paper"),
    ("19750105出生", "19750105", "eight digits"),
]

NOT_BIRTHS = [
    ("2018年4月12日立案", "proceedings"),
    ("判决于2018年4月12日生效", "生 inside another word"),
    ("2018年4月12日生产", "produced, not born"),
]

HEALTH = [
    ("患有肺癌晚期，提交了", "肺癌晚期", "clause after the verb"),
    ("系二级肢体残疾，", "二级肢体残疾", "degree of disability"),
    ("确诊为艾滋病。", "艾滋病", "diagnosis"),
    ("患精神分裂症多年，", "精神分裂症多年", "with duration"),
    ("HIV阳性", "HIV阳性", "Latin letters"),
    ("因长期透析无法到庭", "透析", "a treatment gives the illness away"),
]

NOT_HEALTH = [
    ("残疾赔偿金32000元", "an item of damages"),
    ("精神损害抚慰金", "an item of damages"),
    ("营口市残疾人联合会", "an organisation"),
    ("健康权纠纷", "a cause of action"),
    ("以绝后患", "an idiom"),
]

CHILDREN = [
    ("其子就读于营口市实验小学三年级2班。", "营口市实验小学三年级2班", "school and class"),
    ("婚生女在大石桥市第一中学读书", "大石桥市第一中学", "school"),
]

ORIGINS = [
    ("男，满族，1975年1月5日出生", "满族", "personal line"),
    ("其信仰伊斯兰教，", "伊斯兰教", "religion"),
]

NOT_ORIGINS = [
    ("岫岩满族自治县人民法院", "a county"),
    ("家族企业", "a family business"),
]

NOT_CHILDREN = [
    ("就读于某小学，", "masked already"),
    ("在营口市实验小学调查取证", "a school as a place, no child near"),
]


def _rows(
    find: Recogniser, rows: list[tuple[str, str, str]]
) -> list[tuple[Recogniser, str, str, str]]:
    return [(find, *row) for row in rows]


MATCHES = [
    *_rows(address.find, ADDRESSES),
    *_rows(birth_date.find, BIRTHS),
    *_rows(health.find, HEALTH),
    *_rows(minor.find, CHILDREN),
    *_rows(origin.find, ORIGINS),
]
NEAR_MISSES = [
    (find, text, why)
    for find, rows in (
        (address.find, NOT_ADDRESSES),
        (birth_date.find, NOT_BIRTHS),
        (health.find, NOT_HEALTH),
        (minor.find, NOT_CHILDREN),
        (origin.find, NOT_ORIGINS),
    )
    for text, why in rows
]


@pytest.mark.parametrize(("find", "text", "expected", "why"), MATCHES)
def test_finds(spans, find: Recogniser, text: str, expected: str, why: str) -> None:
    assert spans(find, text) == [expected], why


@pytest.mark.parametrize(("find", "text", "why"), NEAR_MISSES)
def test_leaves(spans, find: Recogniser, text: str, why: str) -> None:
    assert spans(find, text) == [], why
