"""Search: numbers in any form, names, filters in the address, help instead of a scan."""

from __future__ import annotations

import pytest

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}

WRITTEN = [
    "（2018）辽0803执123号",
    "(2018)辽0803执123号",
    "2018辽0803执123",
    "〔2018〕辽0803执字第123号",
    "（２０１８）辽０８０３执１２３号",
    " ( 2018 ) 辽 0803 执 00123 号 ",
    "（2018）遼0803執123號",
    "案号：“（2018）辽0803执123号”",
]


@pytest.fixture
def filled(rows, index_rows):
    """A few public rows, indexed."""
    case = rows.case("（2018）辽0803执123号", cause="买卖合同纠纷")
    rows.case("（2018）辽0804执123号", cause="民间借贷纠纷")
    rows.debtor(case, name="营口北岸物流有限公司", kind="法人")
    rows.auction(case, title="鲅鱼圈区商铺一间")
    rows.story(title="物流公司主动履行义务")
    index_rows()
    return case


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_in_any_written_form_finds_its_case_first(checked, filled, written):
    text = checked.get("/search", query_string={"q": written}).text
    assert "找到案号（2018）辽0803执123号" in text
    assert text.index(f"/cases/{filled.slug}") < text.index('class="hit-snippet"')
    assert "2018-辽0804-执-123" not in text


def test_a_number_without_a_case_says_so_above_the_near_ones(checked, filled):
    text = checked.get("/search?q=（2018）辽0802执123号").text
    said = text.index("<strong>没有找到案号（2018）辽0802执123号。</strong>")
    assert said < text.index("2018-辽0804-执-123")
    assert "不要误认" in text


@pytest.mark.parametrize("query", ["", "物", "*", "？", "%", "   ", "_"])
def test_too_little_gets_help_and_no_results(checked, filled, query):
    text = checked.get("/search", query_string={"q": query}).text
    assert "怎样查得准" in text
    assert 'class="hit ' not in text


@pytest.mark.parametrize(
    "query", ["物流*", "物?流", "name:物流", "物流 OR 买卖", "[a TO b]", "(((", '"']
)
def test_wildcards_and_operators_are_plain_text(checked, filled, query):
    assert checked.get("/search", query_string={"q": query}).status_code == 200


def test_every_kind_is_found_and_counted(checked, filled):
    text = checked.get("/search?q=物流").text
    assert "找到 2 条结果" in text
    assert "失信名单 1" in text and "执行动态 1" in text


def test_kind_and_court_narrow_and_stay_in_the_address(checked, filled):
    text = checked.get("/search?q=物流&kind=debtor&court=辽0803").text
    assert "找到 1 条结果" in text
    assert "物流公司主动履行义务" not in text
    assert '<option value="debtor" selected>' in text
    assert "取消条件：</span>类别：失信名单" in text
    assert "没有找到结果" in checked.get("/search?q=物流&kind=debtor&court=辽0881").text


def test_matches_are_marked_and_everything_is_escaped(checked, rows, index_rows):
    rows.story(title="<script>物流</script>案件")
    index_rows()
    text = checked.get("/search?q=物流").text
    assert "<mark>物流</mark>" in text
    assert "<script>物流" not in text


def test_what_was_typed_is_shown_escaped(checked, filled):
    text = checked.get("/search", query_string={"q": '"><img src=x onerror=alert(1)>'}).text
    assert "<img" not in text


def test_pages_lead_on_and_back(checked, rows, index_rows):
    for number in range(12):
        rows.story(title=f"物流案件执结第{number}件")
    index_rows()
    first = checked.get("/search?q=物流案件").text
    assert 'rel="next"' in first and 'rel="prev"' not in first
    second = checked.get("/search?q=物流案件&page=2").text
    assert 'rel="prev"' in second and 'rel="next"' not in second
    assert second.count('class="hit ') == 2


@pytest.mark.parametrize(
    "junk",
    [
        "page=-1",
        "page=0",
        "page=1e9",
        "page=99999999999999999999",
        "page=二",
        "page=100",
        "kind=robot",
        "court=辽9999",
        "kind=&court=",
        "q=%FF%FE",
        "q=" + "长" * 5000,
        "q=%00",
        "q=a&q=b",
        "nonsense=1",
    ],
)
def test_junk_never_breaks_the_page(checked, filled, junk):
    assert checked.get(f"/search?q=物流&{junk}").status_code == 200
    assert checked.get(f"/search?{junk}").status_code == 200


def test_a_fragment_holds_the_results_and_the_count(checked, filled):
    text = checked.get("/search?q=物流", headers=FRAGMENT).text
    assert "<h1" not in text
    assert 'hx-swap-oob="innerHTML">找到 2 条结果。' in text.replace("\n", "")


def test_an_index_that_lags_does_not_show_what_was_withdrawn(checked, filled, rows):
    assert f"/cases/{filled.slug}" in checked.get("/search?q=2018辽0803执123").text
    rows.tombstone(f"/cases/{filled.slug}")
    assert f'href="/cases/{filled.slug}"' not in checked.get("/search?q=2018辽0803执123").text


def test_a_masked_party_cannot_be_found_by_the_real_name(checked, rows, index_rows):
    rows.case(parties=[{"role": "被执行人", "kind": "自然人", "name": "欧阳某"}])
    index_rows()
    assert "没有找到" in checked.get("/search?q=欧阳修竹").text


def test_a_condition_that_was_not_taken_is_said(checked, filled):
    page = checked.get("/search?q=张&court=x").text
    assert "这一条件没有采用" in page
    assert "x”" not in page


def test_names_on_a_list_come_with_the_caution_and_nothing_else_does(checked, rows, index_rows):
    rows.debtor(name="钱多多")
    rows.case("（2018）辽0803执123号")
    index_rows()
    assert "同名不等于同一人" in checked.get("/search?q=钱多多").text
    assert "同名不等于同一人" not in checked.get("/search?q=（2018）辽0803执123号").text


def test_nobody_can_try_out_hidden_digits(checked, rows, index_rows):
    rows.debtor(name="钱多多", id_masked="2108************34")
    index_rows()
    for typed in ("210800197501010034", "2108************34", "钱多多0101****34"):
        text = checked.get("/search", query_string={"q": typed}).text
        assert "也不核对被隐藏的数字" in text
    assert "也不核对被隐藏的数字" not in checked.get("/search?q=2018辽0803执123").text
