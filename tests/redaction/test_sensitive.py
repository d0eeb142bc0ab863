"""Sensitive topics: what holds a text, how it is graded, and what only sounds sensitive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import Grade, Policy
from redaction.sensitive import _SIGNS, _WORDS, Topic, sensitive_holds, sensitive_signs

FOUND = [
    ("该材料属国家秘密，不得外传。", Topic.CLASSIFIED, "said so"),
    ("密级：机密", Topic.CLASSIFIED, "a mark on a document"),
    ("机密★20年", Topic.CLASSIFIED, "a mark with a term"),
    ("系未成年人犯罪案件。", Topic.MINOR_CRIME, "a case"),
    ("被告人犯罪时系未成年", Topic.MINOR_CRIME, "an accused"),
    ("其猥亵儿童", Topic.MINOR_VICTIM, "the deed before the child"),
    ("女童被性侵", Topic.MINOR_VICTIM, "the child before the deed"),
    ("其子系未成年人", Topic.MINOR_NAMED, "a child of a party"),
    ("遭强奸后报警", Topic.SEXUAL, "a sexual offence"),
    ("因家庭暴力被公安机关告诫。", Topic.DOMESTIC_VIOLENCE, "at home"),
    ("与他人有婚外情", Topic.MARRIAGE, "marriage"),
    ("双方系收养关系", Topic.ADOPTION, "adoption"),
    ("邻居系刑满释放人员。", Topic.CRIMINAL_RECORD, "somebody else's past"),
    ("曾因盗窃被判处有期徒刑", Topic.CRIMINAL_RECORD, "a sentence"),
    ("经技术侦查锁定其位置。", Topic.INVESTIGATION, "police methods"),
    ("举报人系其邻居", Topic.INFORMER, "who told"),
    ("确诊为艾滋病", Topic.INFECTION, "an infection"),
    ("在强制隔离戒毒所", Topic.DRUGS, "drugs"),
    ("信仰法轮功", Topic.CULT, "a cult"),
]  # fmt: skip

ONLY_SOUNDS_LIKE_IT = [
    ("家庭成员共同生活，家庭困难", "family alone"),
    ("该公司的商业秘密", "a trade secret is no state secret"),
    ("秘密转移财产，安排机密", "secret as an ordinary word"),
    ("未成年人不得纳入失信名单", "a rule on minors"),
    ("涉及国家秘密、商业秘密、个人隐私的除外。", "an exception of a rule"),
    ("涉及国家秘密的，不予公开", "a rule"),
    ("《中华人民共和国预防未成年人犯罪法》", "title of a statute"),
    ("《中华人民共和国反家庭暴力法》第二条", "title of a statute"),
    ("对举报人的身份严格保密", "a promise"),
    ("不存在家庭暴力", "denied"),
    ("离婚后财产纠纷、抚养费纠纷", "ordinary causes"),
    ("archived", "hiv inside a word"),
    ("被执行人因拒不执行判决、裁定罪被判处有期徒刑一年", "the court's own sanction"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "topic", "why"), FOUND)
def test_finds_the_topic(text: str, topic: Topic, why: str) -> None:
    assert topic in {sign.topic for sign in sensitive_signs(text)}, why


def test_every_topic_has_an_example() -> None:
    assert {topic for _, topic, _ in FOUND} == set(Topic)


@pytest.mark.parametrize(("text", "why"), ONLY_SOUNDS_LIKE_IT)
def test_passes_over_what_only_sounds_like_it(text: str, why: str) -> None:
    assert list(sensitive_signs(text)) == [], why


def test_holds_by_the_grade_of_the_policy() -> None:
    rules = Policy.default().topics
    for text, topic, why in FOUND:
        grades = {hold.grade for hold in sensitive_holds(text, rules)}
        assert (rules[topic].grade in grades) is (rules[topic].grade is not Grade.MASKED), why


def test_a_hold_names_the_article_and_not_the_text() -> None:
    (hold,) = sensitive_holds("经技术侦查锁定其位置。", Policy.default().topics)
    assert hold.grade is Grade.FORBIDDEN
    assert "法释〔2016〕19号第十条" in hold.reason
    assert "锁定" not in hold.reason


def test_what_masking_settles_holds_nothing() -> None:
    assert sensitive_holds("其子系未成年人，确诊为艾滋病。", Policy.default().topics) == []


@pytest.mark.parametrize("unit", ["举报人", "《", "强奸", "涉及国家", "有", "密", "曾因", "未成年"])
def test_long_runs_come_back(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert len(list(sensitive_signs(text))) <= len(Topic)


@pytest.mark.parametrize("topic", Topic)
@given(data=st.data())
def test_the_words_looked_for_first_miss_nothing_the_patterns_would_find(topic, data):
    # The words only save time; a pattern that matches without any of them would never be tried.
    matched = data.draw(st.from_regex(_SIGNS[topic], fullmatch=True))
    assert any(word in matched for word in _WORDS[topic])
