"""The second look: private values found in public data in any written form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import Kind, PrivateValue, verify

PHONE = PrivateValue("13844120537", Kind.PHONE)
ADDRESS = PrivateValue("辽宁省营口市站前区辰州路65号碧水华庭28号楼4单元274室", Kind.ADDRESS)
BIRTH = PrivateValue("2012年8月6日", Kind.BIRTH_DATE)
DEED = PrivateValue("辽（2018）营口市不动产权第4067338号", Kind.PROPERTY_CERTIFICATE)

LEAKS = [
    (PHONE, "13844120537", "raw"),
    (PHONE, "138 4412 0537", "blanks"),
    (PHONE, "138-4412\n0537", "hyphen and line break"),
    (PHONE, "138\u00a04412\u200b0537", "non-breaking and zero-width blanks"),
    (PHONE, "１３８４４１２０５３７", "full width"),
    (PHONE, "幺三八四四幺二零五三七", "numerals as read out"),
    (PHONE, "①③⑧④④①②⓪⑤③⑦", "circled"),
    (PHONE, "+8613844120537", "with the country code"),
    (PHONE, "13844120537123", "inside a longer number"),
    (PrivateValue("138-4412-0537", Kind.PHONE), "13844120537", "the registered value has hyphens"),
    (PrivateValue("21080219630816585X", Kind.ID_NUMBER), "21080219630816585x", "lower case"),
    (PrivateValue("辽H15D3W", Kind.LICENSE_PLATE), "遼h·15d3w", "traditional, lower, dotted"),
    (PrivateValue("zhang_1@163.com", Kind.EMAIL), "ZHANG_1＠163．COM", "capitals, full width"),
    (ADDRESS, "站前区辰州路65号碧水华庭28号楼4单元274室", "the part below the district alone"),
    (ADDRESS, "辰州路６５号 碧水华庭２８号楼 ４单元２７４室", "spaced and full width"),
    (BIRTH, "2012-08-06", "ISO form"),
    (BIRTH, "2012.8.6", "dots"),
    (BIRTH, "20120806", "digits only"),
    (BIRTH, "二〇一二年八月六日", "Chinese numerals"),
    (PrivateValue("1963-12-23", Kind.BIRTH_DATE), "一九六三年十二月廿三日", "twenty as one sign"),
    (DEED, "不动产权第4067338号", "the number without its year"),
    (DEED, "辽(2018)营口市不动产权第 4067338 号", "other brackets"),
    (PrivateValue("乔涵烨", Kind.PERSON), "乔 涵 烨", "blanks between the characters"),
    (PrivateValue("乔涵烨", Kind.PERSON), "乔·涵烨", "middle dot"),
    (PrivateValue("张伟", Kind.PERSON), "張偉", "traditional characters"),
    (PrivateValue("马长民", Kind.PERSON), "⻢⻓⺠", "radicals, as copied out of a PDF"),
    (PrivateValue("張偉", Kind.PERSON), "张伟", "registered in traditional characters"),
    (PrivateValue("John Smith", Kind.PERSON), "JOHN SMITH", "Latin letters in capitals"),
    (PrivateValue("肺癌晚期", Kind.HEALTH), "患肺癌晚期", "health"),
]

SAFE = [
    (PHONE, "×××", "masked"),
    (PHONE, "1384412053", "one digit short"),
    (PrivateValue("210802196308165851", Kind.ID_NUMBER), "2108************51", "a masked ID"),
    (ADDRESS, "辽宁省营口市站前区×××", "the district stays public"),
    (BIRTH, "2012年×月×日", "the year stays public"),
    (BIRTH, "2012年8月16日", "another day"),
    (PrivateValue("高明", Kind.PERSON), "提高，明确责任", "characters of two sentences"),
    (PrivateValue("乔涵烨", Kind.PERSON), "乔某", "a pseudonym"),
    (PrivateValue("Li", Kind.PERSON), "Liaoning", "inside another Latin word"),
    (DEED, "（2018）辽0802执123号", "a case number of the same year"),
]


@pytest.mark.parametrize(("value", "text", "why"), LEAKS)
def test_finds_every_form(value: PrivateValue, text: str, why: str) -> None:
    leaks = verify([("page", f"经查，{text}，属实。")], [value])
    assert [leak.path for leak in leaks] == ["page"], why
    assert leaks[0].kind is value.kind


@pytest.mark.parametrize(("value", "text", "why"), SAFE)
def test_raises_no_false_alarm(value: PrivateValue, text: str, why: str) -> None:
    assert verify([("page", text)], [value]) == (), why


def test_reads_nested_data_and_names_the_path() -> None:
    public = {"events": [{"text": "无"}, {"text": "电话138 4412 0537"}], "amount": 13844120537}
    paths = [leak.path for leak in verify(public, [PHONE])]
    assert paths == ["events[1].text", "amount"]


def test_an_allowed_value_may_stand_under_its_prefix_only() -> None:
    name = PrivateValue("乔涵烨", Kind.PERSON)
    public = [("listing.name", "乔涵烨"), ("events[0].text", "乔涵烨到庭")]
    leaks = verify(public, [name], allowed=[("listing", "乔涵烨")])
    assert [leak.path for leak in leaks] == ["events[0].text"]


def test_a_leak_never_repeats_the_value() -> None:
    (leak,) = verify([("page", "13844120537")], [PHONE])
    assert "13844120537" not in repr(leak)


ODD = st.text(st.sampled_from("张王三伟 ·.\n\x000189年月日aſßİ"), max_size=12)


@given(
    texts=st.lists(ODD, max_size=4),
    values=st.lists(st.builds(PrivateValue, ODD.filter(bool), st.sampled_from(Kind)), max_size=4),
)
def test_many_texts_together_tell_what_each_tells_alone(
    texts: list[str], values: list[PrivateValue]
) -> None:
    public = [(str(number), text) for number, text in enumerate(texts)]
    alone = {leak for one in public for value in values for leak in verify([one], [value])}
    assert set(verify(public, values)) == alone
