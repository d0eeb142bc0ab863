"""Texts through the whole redactor: what goes, what stays, and properties that always hold."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaction import Kind, Known, KnownPerson, PrivateValue, Redactor, verify
from redaction.checksums import id_check_digit, is_luhn

MASKED = [
    ("证人刘泓骁（手机139 9732 8453）到庭陈述。", "证人刘某（手机×××）到庭陈述。"),
    ("向被执行人石瀚溦的妻子吴琰浛送达执行通知书。", "向被执行人石某的妻子吴某送达执行通知书。"),
    ("被执行人之子熊舸涵（2012年8月6日出生，系未成年人）。",
     "被执行人之子熊某（2012年×月×日出生，系未成年人）。"),
    ("证人欧阳翀灏、欧阳雪到庭。", "证人欧阳某1、欧阳某2到庭。"),
    ("其现居住于辽宁省营口市站前区辰州路113号滨海明珠13号楼1单元2026室。",
     "其现居住于辽宁省营口市站前区×××。"),
    ("名下车牌号为辽H15D3W的小型轿车一辆", "名下车牌号为×××的小型轿车一辆"),
    ("患有肺癌晚期，请求暂缓执行。", "患有×××，请求暂缓执行。"),
    ("张某与证人张大勇系邻居。", "张某与证人张某1系邻居。"),
    ("证人张大勇、张小玲2018年3月到庭。", "证人张某1、张某2 2018年3月到庭。"),
]  # fmt: skip

KEPT = [
    ("本院作出（2018）辽0802执123号之一执行裁定。", "a case number"),
    ("审判长张薇溦、审判员李涵、人民陪审员赵建国，书记员王莜珩。", "judges and clerks"),
    ("依照法释〔2015〕17号第一条、第三条的规定", "a statute"),
    ("被执行人营口昀芮物流有限公司应给付人民币1827142.23元及利息。", "organisation, amount"),
    ("本案于2017年01月25日立案执行，案由：民间借贷纠纷。", "a date of the proceedings"),
    ("统一社会信用代码91210800MA06820137", "the credit code of an organisation"),
    ("如有线索请拨打12368。", "the service line"),
    ("标的物编号：辽0811-104-1，起拍价209300.00元", "a lot"),
    ("已通过网络执行查控系统发起查询。", "nothing private at all"),
    ("被执行人张某1与张某2系夫妻。", "masked already"),
    ("由营口市中级人民法院移送盖州市人民法院执行。", "courts"),
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_masks(redactor: Redactor, text: str, expected: str) -> None:
    assert redactor.redact(text).text == expected


@pytest.mark.parametrize(("text", "why"), KEPT)
def test_keeps(redactor: Redactor, text: str, why: str) -> None:
    assert redactor.redact(text).text == text, why


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_masking_twice_changes_nothing(redactor: Redactor, text: str, expected: str) -> None:
    again = redactor.redact(expected)
    assert again.text == expected
    assert again.findings == ()


def test_a_known_name_goes_wherever_it_stands(redactor: Redactor) -> None:
    known = Known(persons=(KnownPerson("高明", aliases=("高小明",)),))
    result = redactor.redact("高 明，又名高小明，与高·明为同一人。", known)
    assert result.text == "高某，又名高某，与高某为同一人。"


def test_a_judge_who_shares_a_partys_name_stays_only_after_the_title(redactor: Redactor) -> None:
    known = Known(persons=(KnownPerson("张薇"),), keep=("张薇",))
    result = redactor.redact("审判员张薇通知被执行人张薇到庭。", known)
    assert result.text == "审判员张薇通知被执行人张某到庭。"


def test_hide_terms_and_listed_values_are_masked(redactor: Redactor) -> None:
    known = Known(hide=("蓝鲸渔家乐",), private=(PrivateValue("0412 7788", Kind.BANK_ACCOUNT),))
    result = redactor.redact("在蓝鲸渔家乐消费，凭证0412-7788。", known)
    assert result.text == "在×××消费，凭证×××。"


def test_a_name_nobody_announced_is_found_again_elsewhere(redactor: Redactor) -> None:
    result = redactor.redact("证人刘泓骁到庭。后刘泓骁又称其不知情。")
    assert "刘泓骁" not in result.text
    assert result.text.count("刘某") == 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("该材料属国家秘密，不得外传。", "国家秘密"),
        ("被执行人因家庭暴力被公安机关告诫。", "家庭暴力"),
        ("邻居系刑满释放人员。", "违法记录"),
        ("系未成年人犯罪案件。", "未成年人犯罪"),
        ("经技术侦查锁定其位置。", "侦查措施"),
    ],
)
def test_what_masking_does_not_settle_is_held(redactor: Redactor, text: str, word: str) -> None:
    assert any(word in hold.reason for hold in redactor.redact(text).holds)


def test_ordinary_text_is_not_held(redactor: Redactor) -> None:
    for text, _ in MASKED:
        assert redactor.redact(text).holds == (), text


def test_a_finding_says_why_and_by_which_rule(redactor: Redactor) -> None:
    (finding,) = redactor.redact("电话13844120537").findings
    assert finding.kind is Kind.PHONE
    assert finding.score > 0.9
    assert "法释〔2016〕19号" in finding.article
    assert "13844120537" not in finding.reason


HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12)
SEPARATOR = st.sampled_from(["", " ", "-", "·", "\u3000", "\u200b", "\u00a0", ".", "\n"])
WIDTHS = st.sampled_from(
    [
        "0123456789",
        "０１２３４５６７８９",
        "〇一二三四五六七八九",
        "⓪①②③④⑤⑥⑦⑧⑨",
        "零幺二三四五六七八九",
    ]
)
relaxed = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """A valid citizen number, invented."""
    area = draw(st.sampled_from(["210802", "210881", "110105", "830000"]))
    day = draw(st.dates(date(1930, 1, 1), date(2017, 12, 31)))
    body = f"{area}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + id_check_digit(body)


@relaxed
@given(number=id_numbers(), digits=WIDTHS, separator=SEPARATOR, before=HAN, after=HAN)
def test_no_written_form_of_an_id_number_survives(
    redactor: Redactor, number: str, digits: str, separator: str, before: str, after: str
) -> None:
    spelled = separator.join(digits[int(c)] if c.isdecimal() else c for c in number)
    text = f"{before}：{spelled}，{after}"
    masked = redactor.redact(text).text
    assert verify([("", masked)], [PrivateValue(number, Kind.ID_NUMBER)]) == ()


GROUPS = {"phone": (3, 4, 4), "card": (4, 4, 4, 4, 3)}


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A mobile number, invented."""
    return "1" + draw(st.sampled_from("3456789")) + f"{draw(st.integers(0, 10**9 - 1)):09d}"


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A nineteen-digit card with a valid check digit, invented."""
    body = f"621700{draw(st.integers(0, 10**12 - 1)):012d}"
    return next(body + digit for digit in "0123456789" if is_luhn(body + digit))


@relaxed
@given(
    number=st.one_of(phones().map(lambda n: ("phone", n)), cards().map(lambda n: ("card", n))),
    digits=WIDTHS,
    separator=SEPARATOR,
    grouped=st.booleans(),
)
def test_no_written_form_of_a_phone_or_card_survives(
    redactor: Redactor, number: tuple[str, str], digits: str, separator: str, grouped: bool
) -> None:
    kind, value = number
    pieces = list(value)
    if grouped:
        ends = list(accumulate(GROUPS[kind]))
        pieces = [value[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    spelled = separator.join("".join(digits[int(c)] for c in piece) for piece in pieces)
    masked = redactor.redact(f"经查，{spelled}，属实。").text
    assert verify([("", masked)], [PrivateValue(value, Kind.PHONE)]) == ()


@relaxed
@given(st.text(max_size=80))
def test_hostile_text_neither_crashes_nor_moves_offsets(
    redactor: Redactor, apply_findings, text: str
) -> None:
    result = redactor.redact(text)
    assert apply_findings(text, result.findings) == result.text
    ends = [0]
    for finding in result.findings:
        assert ends[-1] <= finding.start < finding.end <= len(text)
        ends.append(finding.end)


@relaxed
@given(
    parts=st.lists(
        st.sampled_from(
            ["证人刘泓骁", "电话", "138 4412 0537", "，", "。", "住营口市站前区辰州路65号3室",
             "患有", "尿毒症", "1975年1月5日出生", "辽H15D3W", "张某", "×××", "本院",
             "（2018）辽0802执12号"]
        ),
        max_size=8,
    )
)  # fmt: skip
def test_masking_is_idempotent(redactor: Redactor, parts: list[str]) -> None:
    once = redactor.redact("".join(parts)).text
    assert redactor.redact(once).text == once


@pytest.mark.parametrize(
    "text",
    ["1" * 5000, "（" * 5000, "1,1" * 2000, "a" * 5000 + "@", "·" * 5000, "1 " * 3000, "一" * 5000,
     "\u0301" * 5000, "\u202e" * 200 + "13844120537", "不动产权第" * 800, "镇村" * 2000,
     "王" * 4000],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_long_hostile_runs_come_back(redactor: Redactor, text: str) -> None:
    assert isinstance(redactor.redact(text).text, str)
    assert "13844120537" not in redactor.redact(text).text
