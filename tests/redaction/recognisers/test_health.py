"""Health: named illnesses, and the clause behind a verb of being ill."""

from __future__ import annotations

import pytest

from redaction.recognisers import health
from redaction.view import View

MATCHES = [
    ("患有肺癌晚期，提交了", "肺癌晚期", "clause after the verb"),
    ("系二级肢体残疾，", "二级肢体残疾", "degree of disability"),
    ("残疾三级。", "残疾三级", "degree behind the word"),
    ("确诊为艾滋病。", "艾滋病", "diagnosis"),
    ("患精神分裂症多年，", "精神分裂症多年", "with duration"),
    ("检测为HIV阳性", "HIV阳性", "Latin letters"),
    ("因长期透析无法到庭", "透析", "a treatment gives the illness away"),
    ("其母系重度抑郁症患者", "重度抑郁症患者", "qualifier before, person behind"),
    ("查出甲状腺癌中期", "甲状腺癌中期", "stage behind"),
    ("诊断为不明原因的高热", "不明原因的高热", "a clause without a known word"),
    ("有吸毒史", "吸毒史", "a history"),
]  # fmt: skip

NEAR_MISSES = [
    ("残疾赔偿金32000元", "an item of damages"),
    ("精神损害抚慰金", "an item of damages"),
    ("二级伤残赔偿", "an item of damages"),
    ("营口市残疾人联合会", "an organisation"),
    ("健康权纠纷", "a cause of action"),
    ("以绝后患", "an idiom"),
    ("消除安全隐患", "a hazard"),
    ("archived", "hiv inside a word"),
    ("患有某病", "masked already"),
]  # fmt: skip

HOSTILE = ["患", "患有", "诊断为", "级", "残疾", "癌", "1", "HIV"]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(health.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(health.find, text) == [], why


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_runs_come_back(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for candidate in health.find(View(text)):
        assert 0 <= candidate.start < candidate.end <= len(text)
