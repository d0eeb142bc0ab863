"""Case numbers are read in every form people write, and nothing else is taken for one."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.case_numbers import (
    MAX_INPUT,
    CaseNumber,
    CaseNumberError,
    find,
    from_slug,
    parse,
)

PLAIN = CaseNumber(2018, "辽0803", "执", 123)


@pytest.mark.parametrize(
    "written",
    [
        "（2018）辽0803执123号",
        "(2018)辽0803执123号",
        "2018辽0803执123",
        "2018年辽0803执123号",
        "2018-辽0803-执-123",
        "“（2018）\r\n遼0803\n執123號”",
        "〔2018〕辽0803执字第123号",
        "[2018]辽0803执123号",
        "【2018】辽0803执123号",
        "［2018］辽0803执123号",
        "（２０１８）辽０８０３执１２３号",
        "（2018) 辽 0803 执 123 号",
        "（2018）辽0803\u3000执\u3000123\u3000号",
        "(2018)\u200b辽0803\u200d执123号\ufeff",
        "（2018）辽0803\r\n执123号",
        "(2018)辽0803执00123号",
        "(2018)遼0803執123號",
        "2O18辽O8o3执123",
        "20l8辽0803执I23",
        "(2018)辽0803执第123号",
        "“（2018）辽0803执123号”",
        "「(2018)辽0803执123号」",
        "'(2018)辽0803执123号',",
        "【（2018）辽0803执123号】",
        "案号：（2018）辽0803执123号。",
        "执行案号:2018辽0803执123",
        "(2018辽0803执123号",
    ],
)
def test_every_written_form_is_the_same_number(written: str) -> None:
    assert parse(written) == PLAIN
    assert find(written) == PLAIN
    assert find(f"请问 {written} 的进展") == PLAIN


@pytest.mark.parametrize(
    ("written", "canonical", "slug"),
    [
        ("(2018)辽0803执恢12号", "（2018）辽0803执恢12号", "2018-辽0803-执恢-12"),
        # courts anywhere in the country, in any script
        ("(2018)瀋執字第12號", "（2018）沈执字第12号", "2018-沈-执-12"),
        ("（2014）鄂武漢中執字第00123号", "（2014）鄂武汉中执字第123号", "2014-鄂武汉中-执-123"),
        ("（2018）兵0102执77号", "（2018）兵0102执77号", "2018-兵0102-执-77"),
        ("(2018)辽08执复7", "（2018）辽08执复7号", "2018-辽08-执复-7"),
        ("2018辽执监1号", "（2018）辽执监1号", "2018-辽-执监-1"),
        ("（2016）最高法执监1号", "（2016）最高法执监1号", "2016-最高法-执监-1"),
        ("(2019)皖1122民初1103号", "（2019）皖1122民初1103号", "2019-皖1122-民初-1103"),
        ("(2018)兵0601执5号", "（2018）兵0601执5号", "2018-兵0601-执-5"),
        ("(2018)辽0881司救執3號", "（2018）辽0881司救执3号", "2018-辽0881-司救执-3"),
        ("(2018)辽0802司惩复2号", "（2018）辽0802司惩复2号", "2018-辽0802-司惩复-2"),
        ("(2018)辽0803执123号之一", "（2018）辽0803执123号之一", "2018-辽0803-执-123-之一"),
        ("(2018)辽0803执123-1", "（2018）辽0803执123号之一", "2018-辽0803-执-123-之一"),
        ("(2018)辽0803执123号－2", "（2018）辽0803执123号之二", "2018-辽0803-执-123-之二"),
        ("(2018)辽0803执123之12号", "（2018）辽0803执123号之十二", "2018-辽0803-执-123-之十二"),
        ("(2015)营执字第123号", "（2015）营执字第123号", "2015-营-执-123"),
        ("(2015)營執123號", "（2015）营执字第123号", "2015-营-执-123"),
        ("〔2012〕东执字第253号", "（2012）东执字第253号", "2012-东-执-253"),
        ("(2014)民一终字第174号", "（2014）民一终字第174号", "2014--民一终-174"),
        (
            "（2015）沪一中民保字第7号之一",
            "（2015）沪一中民保字第7号之一",
            "2015-沪一中-民保-7-之一",
        ),
        ("(2017)营执字第5号", "（2017）营执字第5号", "2017-营-执-5"),
    ],
)
def test_kinds_of_numbers(written: str, canonical: str, slug: str) -> None:
    number = parse(written)
    assert number.canonical == str(number) == canonical
    assert number.slug == slug
    assert from_slug(slug) == number
    assert find(canonical) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "为空"),
        ("“”", "为空"),
        ("辽0803执123号", "年份"),
        ("(18)辽0803执123号", "年份"),
        ("(1718)辽0803执123号", "年份“1718”"),
        ("(2018)辽0803吃123号", "类型代字"),
        ("(2018)辽0803执号", "缺少编号"),
        ("(2018)辽0803执0号", "编号“0”"),
        ("(2018)辽0803执12345678号", "编号“12345678”"),
        ("(2018)执123号", "法院代字"),
        ("(2018)辽080399执123号", "法院代字"),
        ("(2018)辽0803执123号之0", "后缀"),
        ("(2018)辽0803执123号和(2018)辽0803执124号", "无法识别"),
        ("9" * (MAX_INPUT + 1), "过长"),
    ],
)
def test_what_is_not_a_number_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(CaseNumberError, match=said):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "张某某",
        "2018",
        "营口市2018年执行情况",
        "13800001234",
        "210803198001011234",
        "（2018）",
        "*%_",
    ],
)
def test_nothing_is_found_in_other_texts(text: str) -> None:
    assert find(text) is None


def test_the_first_number_of_a_text_is_found() -> None:
    text = "本院（2018）辽0803执123号案，执行依据为（2016）辽0803民初9号。"
    assert find(text) == PLAIN


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "2018-辽0803-执-0123",
        "2018-辽0803-执-0",
        "２０１８-辽0803-执-123",
        "2018-辽0803-吃-123",
        "2018-遼0803-执-123",
        "2018-辽0803-执-123-之0",
        "2018-辽0803-执-123-",
        "../../etc/passwd",
        "2018-辽0803-执-123\n",
    ],
)
def test_a_case_has_one_address(slug: str) -> None:
    with pytest.raises(CaseNumberError):
        from_slug(slug)


def test_near_keys_join_what_is_mistaken_for_each_other() -> None:
    twin = parse("(2018)辽0803执恢123号")
    elsewhere = parse("(2018)辽0802执123号")
    other_year = parse("(2017)辽0803执123号")
    unrelated = parse("(2018)辽0803执124号")
    objection = parse("(2018)辽0803执异123号")
    near = set(PLAIN.near_keys)
    assert near == set(twin.near_keys)
    assert len(near & set(elsewhere.near_keys)) == 1
    assert len(near & set(other_year.near_keys)) == 1
    assert not near & set(unrelated.near_keys)
    assert not near & set(objection.near_keys)
    assert PLAIN.key != twin.key


_SUFFIXES = ["", "之一", "之二", "之九", "之十", "之十一", "之二十", "之三十五"]

new_style = st.builds(
    CaseNumber,
    year=st.integers(2016, 2099),
    court=st.one_of(
        st.from_regex(r"[京辽沪苏鲁陕琼宁兵新][0-9]{2}(?:[0-9]{2})?", fullmatch=True),
        st.sampled_from(["辽", "内", "最高法"]),
    ),
    type=st.sampled_from(
        ["执", "执恢", "执保", "执异", "执监", "财保", "司惩复", "司救执", "民初"]
    ),
    serial=st.integers(1, 9_999_999),
    suffix=st.sampled_from(_SUFFIXES),
)
old_style = st.builds(
    CaseNumber,
    year=st.integers(1990, 2015),
    court=st.sampled_from(["营", "站", "西", "鲅", "老", "盖", "大", "沪一中", "营法"]),
    type=st.sampled_from(["执", "执恢", "民一终", "民保", "执异", "执监"]),
    serial=st.integers(1, 99_999),
    suffix=st.sampled_from(_SUFFIXES),
)

_TO_FULL = str.maketrans(
    string.digits + "()-", "".join(chr(ord(c) + 0xFEE0) for c in string.digits + "()-")
)
_TO_TRADITIONAL = str.maketrans("辽执号陕鲁苏监异复协财惩沪宁", "遼執號陝魯蘇監異復協財懲滬寧")
_TO_LETTERS = str.maketrans("01", "Ol")


@st.composite
def written_forms(draw: st.DrawFn) -> tuple[CaseNumber, str]:
    """A case number and one of the forms in which somebody may have written it."""
    number = draw(st.one_of(new_style, old_style))
    opening, closing = draw(
        st.sampled_from(["（）", "()", "〔〕", "[]", "【】", "［］", "  "]).map(tuple)
    )
    link = draw(st.sampled_from(["", "字第", "第"]))
    zeros = "0" * draw(st.integers(0, 4))
    end = draw(st.sampled_from(["号", ""]))
    text = f"{opening}{number.year}{closing}{number.court}{number.type}{link}{zeros}{number.serial}"
    text += end + number.suffix
    for table in (_TO_FULL, _TO_TRADITIONAL, _TO_LETTERS):
        if draw(st.booleans()):
            text = text.translate(table)
    blank = draw(st.sampled_from(["", " ", "\u3000", "\n", "\u200b", "\xa0"]))
    text = blank.join(text)
    before, after = draw(
        st.sampled_from([("", ""), ("“", "”"), ("「", "」"), (" ", "。"), ("【", "】")])
    )
    return number, before + text + after


@given(written_forms())
def test_every_generated_form_reads_back(case: tuple[CaseNumber, str]) -> None:
    number, text = case
    assert parse(text) == number
    assert find(text) == number
    assert find(f"案件{text}，谢谢") == number


@given(st.one_of(new_style, old_style))
def test_slug_and_canonical_form_round_trip(number: CaseNumber) -> None:
    assert from_slug(number.slug) == number
    assert parse(number.canonical) == number
    assert parse(number.key) == number
    assert parse(number.slug) == number
    assert not number.without_suffix.suffix
    assert number.canonical == number.without_suffix.canonical + number.suffix


@given(
    st.one_of(
        st.text(), st.text(alphabet="（）()2018OlI辽营0803执恢字第号之一-年 \n\ud800", max_size=80)
    )
)
def test_junk_raises_nothing_but_its_own_error(text: str) -> None:
    for read in (parse, from_slug):
        try:
            number = read(text)
        except CaseNumberError as error:
            assert str(error)
        else:
            assert parse(number.canonical) == number
            # An address that leads on leads to one that does not.
            assert from_slug(number.slug) == number
    found = find(text)
    assert found is None or parse(found.canonical) == found


@pytest.mark.parametrize(
    "piece", ["2018", "(", "2018辽", "2018辽0803", "之一", "O", "辽", "执字第"]
)
def test_a_number_behind_long_junk_is_still_found(piece: str) -> None:
    assert find(piece * 20_000 + "，" + PLAIN.canonical) == PLAIN
