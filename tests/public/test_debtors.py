"""The dishonest-debtor list: art. 6 fields and no others, and no mistaken identity."""

from __future__ import annotations

from datetime import date

import pytest

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def listed(rows, index_rows):
    """Two people of one name, one company."""
    case = rows.case("（2018）辽0803执123号")
    entries = {
        "first": rows.debtor(case, name="钱多多", age=45, id_masked="2108************34"),
        "second": rows.debtor(name="钱多多", age=61, id_masked="2108************12"),
        "company": rows.debtor(
            name="营口北岸物流有限公司",
            kind="法人",
            sex="",
            age=None,
            id_type="统一社会信用代码",
            id_masked="91210800MA0P000000",
            legal_representative="孙小满",
            behaviour="违反限制消费令",
            court_code="辽0881",
            court_name="盖州市人民法院",
        ),
    }
    index_rows()
    return entries


def test_the_list_shows_what_tells_people_apart(checked, listed):
    text = checked.get("/debtors").text
    assert "共 3 条记录" in text
    for words in ("男 45 岁", "男 61 岁", "2108************34", "2108************12", "法人"):
        assert words in text


def test_filters_narrow_the_list(checked, listed):
    text = checked.get("/debtors?court=辽0881&behaviour=违反限制消费令").text
    assert "共 1 条记录" in text and "营口北岸物流有限公司" in text


@pytest.mark.parametrize("name", ["钱多多", "钱多", "北岸物流", "营口北岸物流有限公司"])
def test_a_name_or_a_part_of_it_finds_the_entry_with_the_caution(checked, listed, name):
    text = checked.get("/debtors", query_string={"q": name}).text
    assert "同名不等于同一人" in text
    assert f"/debtors/{listed['company' if '物流' in name else 'first'].id}" in text


def test_a_name_can_be_narrowed_by_court_and_behaviour(checked, listed):
    assert "找到 1 条记录" in checked.get("/debtors?q=物流&behaviour=违反限制消费令").text
    for other in ("behaviour=违反财产报告制度", "court=辽0803"):
        assert "没有符合条件的记录" in checked.get(f"/debtors?q=物流&{other}").text


@pytest.mark.parametrize("name", ["钱", "*", "%", "？"])
def test_too_little_of_a_name_gets_help_and_no_list(checked, listed, name):
    text = checked.get("/debtors", query_string={"q": name}).text
    assert "请至少输入两个字" in text
    assert "2108" not in text


def test_wildcards_do_not_list_everybody(checked, listed):
    for query in ("__", "%%", "**", "钱*"):
        assert "<table" not in checked.get("/debtors", query_string={"q": query}).text


@pytest.mark.parametrize("junk", ["court=x", "behaviour=x", "after=x", "after=%00&court=辽9999"])
def test_junk_counts_as_not_given(checked, listed, junk):
    assert "共 3 条记录" in checked.get(f"/debtors?{junk}").text


def test_a_fragment_announces_the_count(checked, listed):
    text = checked.get("/debtors?q=钱多多", headers=FRAGMENT).text
    assert "找到 2 条记录。" in text and "<h1" not in text


def test_an_empty_list_says_so(checked):
    assert "名单中没有符合条件的记录" in checked.get("/debtors").text


def test_a_persons_entry_has_the_fields_of_article_six(checked, rows):
    case = rows.case("（2018）辽0803执123号")
    entry = rows.debtor(
        case,
        basis_document="（2017）辽0803民初2231号",
        basis_unit="营口市西市区人民法院",
        obligation="偿还借款本金。",
        performed_part="50,000.00元",
        unperformed_part="70,000.00元",
        term_months=24,
        expires_on=date(2020, 4, 20),
    )
    text = checked.get(f"/debtors/{entry.id}").text
    for words in (
        "钱多多",
        "男",
        "45 岁",
        "居民身份证",
        "2108************34",
        "营口市西市区人民法院",
        "（2018）辽0803执123号",
        "2018年3月1日",
        "（2017）辽0803民初2231号",
        "偿还借款本金。",
        "全部未履行",
        "50,000.00元",
        "70,000.00元",
        "违反财产报告制度",
        "2018年4月20日",
        "24 个月，至 2020年4月20日",
        "同名不等于同一人",
        "书面提出",
    ):
        assert words in text, words
    assert "法定代表人" not in text


def test_a_companys_entry_names_its_representative(checked, listed):
    text = checked.get(f"/debtors/{listed['company'].id}").text
    assert "法定代表人或者负责人" in text and "孙小满" in text
    assert "统一社会信用代码" in text and "91210800MA0P000000" in text
    assert "<dt>性别</dt>" not in text and "<dt>年龄</dt>" not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"term_months": 24, "expires_on": date(2020, 5, 3)},
            ("第一条第（四）项", "第二条规定的两年", "到期", "2020年5月3日", "2020年5月8日"),
        ),
        (
            {"term_months": 60, "term_counted": "两年并延长", "expires_on": date(2023, 4, 20)},
            ("60 个月，至 2023年4月20日", "延长一至三年", "2023年4月24日"),
        ),
        (
            {"behaviour": "有履行能力而拒不履行生效法律文书确定义务"},
            ("第一条第（一）项", "没有固定期限", "公布到依法移除为止", "法院裁定终结执行"),
        ),
        (
            {"term_months": 24, "expires_on": date(2099, 9, 30)},
            ("2099年10月5日", "放假安排尚未公布"),
        ),
        ({"behaviour": "拒不到庭"}, ("拒不到庭", "以执行法院的决定为准")),
    ],
)
def test_an_entry_says_how_long_it_stands_and_how_that_was_counted(checked, rows, fields, said):
    text = checked.get(f"/debtors/{rows.debtor(**fields).id}").text
    for words in said:
        assert words in text, words
    assert ("第一条第（" in text) is ("拒不到庭" not in text)


def test_every_list_says_how_to_tell_people_apart(checked, listed, rows):
    rows.restriction()
    rows.termination()
    for address in ("/debtors", "/restrictions"):
        text = checked.get(address).text
        assert "同名不等于同一人" in text and "怎样分辨同名的人" in text
        assert "辽宁省营口市" in text
    assert "同姓不等于同一人" in checked.get("/terminations").text
    assert checked.get("/debtors").text.count("本页有同名") == 2


@pytest.mark.parametrize(
    "typed",
    [
        "210800197501010034",
        "2108 0019 7501 0100 34",
        "２１０８００１９７５０１０１００３４",
        "2108************34",
        "钱多多 0101****34",
        "21080019750101003X",
    ],
)
def test_nobody_can_try_out_hidden_digits(checked, listed, typed):
    text = checked.get("/debtors", query_string={"q": typed}).text
    assert "不接受证件号码，也不核对被隐藏的数字" in text
    right = checked.get("/debtors", query_string={"q": "210800197501010034"}).text
    wrong = checked.get("/debtors", query_string={"q": "210800197501010035"}).text
    assert right.replace("0034", "") == wrong.replace("0035", "")
    assert listed["first"].id not in right


@pytest.mark.parametrize(
    "typed", ["钱多多", "北岸物流", "（2018）辽0803执123号", "2018辽0803执123"]
)
def test_a_name_or_a_case_number_is_no_document_number(checked, listed, typed):
    assert "不接受证件号码" not in checked.get("/debtors", query_string={"q": typed}).text


def test_namesakes_of_both_lists_stand_beside_the_entry(checked, listed, rows):
    rows.restriction(name="钱多多", sex="女", company="营口北岸物流有限公司", capacity="法定代表人")
    text = checked.get(f"/debtors/{listed['first'].id}").text
    assert "名单中另有 1 条同名记录" in text and "限制消费人员名单中有 1 条同名记录" in text
    assert "<strong>年龄、证件号露出的部分</strong>" in text
    assert "<strong>性别、证件号露出的部分</strong>" in text


def test_namesakes_are_shown_side_by_side_without_a_verdict(checked, listed):
    text = checked.get(f"/debtors/{listed['first'].id}").text
    assert "名单中另有 1 条同名记录" in text
    assert "男 61 岁" in text and "2108************12" in text
    assert "本站不作判断" in text


def test_unknown_and_withdrawn_entries(checked, rows):
    assert checked.get("/debtors/nobody").status_code == 404
    rows.tombstone("/debtors/withdrawn", "该记录已依法移除。")
    response = checked.get("/debtors/withdrawn")
    assert response.status_code == 410
    assert "该记录已依法移除。" in response.text


@pytest.mark.parametrize("entry", ["%00", "a b", "x" * 65, "<b>", "..", "钱多多;"])
def test_what_is_no_id_is_not_found(checked, entry):
    assert checked.get(f"/debtors/{entry}").status_code == 404
