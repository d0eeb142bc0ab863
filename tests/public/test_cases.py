"""The list of cases, the page of one, and what an address without a case says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest

from portal import create_app
from portal.qr import qr_svg
from portal.reference.case_numbers import parse
from portal.settings import Surface, read_settings


def test_the_list_shows_and_filters(checked, rows):
    rows.case("（2018）辽0803执1号", stage="立案")
    rows.case("（2018）辽0881执2号", stage="处置财产")
    everything = checked.get("/cases").text
    assert "共 2 件案件" in everything
    some = checked.get(
        "/cases?court=辽0881&stage=处置财产&date_from=2018-03-01&date_to=2018-03-01"
    ).text
    assert "（2018）辽0881执2号" in some and "（2018）辽0803执1号" not in some
    assert "取消条件：</span>执行法院：盖州市法院" in some


def test_an_empty_list_says_so(checked):
    assert "没有符合条件的案件" in checked.get("/cases").text


def test_the_list_leads_to_the_next_page_with_its_filters(checked, rows):
    for serial in range(1, 23):
        rows.case(f"（2018）辽0803执{serial}号")
    text = checked.get("/cases?court=辽0803").text
    assert text.count("<tr>") == 21
    link = text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert unquote(link).startswith("/cases?court=辽0803&after=")
    following = checked.get(link).text
    assert following.count("<tr>") == 3
    assert "回到第一页" in following
    back = following.partition('rel="prev" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert checked.get(back).text.count("<tr>") == 21


@pytest.mark.parametrize(
    "junk",
    [
        "court=x",
        "stage=x",
        "date_from=0",
        "date_to=99999999999",
        "date_from=二",
        "after=x",
        "after=%00",
    ],
)
def test_junk_counts_as_not_given(checked, rows, junk):
    rows.case()
    assert "共 1 件案件" in checked.get(f"/cases?{junk}").text


@pytest.fixture
def full(rows):
    """A case with everything a page can show."""
    case = rows.case(
        "（2018）辽0803执123号",
        stage="结案",
        obligation="被执行人钱某偿还借款本金。",
        basis_document="（2017）辽0803民初2231号",
        basis_unit="营口市西市区人民法院",
        amount_claimed=Decimal("1284500.75"),
        amount_recovered=Decimal("350000.00"),
        property_status="有财产",
        handler_name="林致远",
        handler_title="法官",
        parties=[
            {"role": "申请执行人", "kind": "法人", "name": "营口北岸物流有限公司"},
            {"role": "被执行人", "kind": "自然人", "name": "钱某1"},
        ],
        controls=[{"kind": "银行存款", "action": "冻结", "count": 3}],
        measures=[{"kind": "限制消费", "count": 2}],
        masked=[{"label": "自然人姓名", "count": 6, "article": "法释〔2016〕19号第九条"}],
        closed_on=date(2018, 6, 20),
        closing_method="终结本次执行程序",
        closing_text="未发现可供执行的财产。",
        amount_unpaid=Decimal("98000.50"),
        version=3,
    )
    rows.note(
        case,
        version=3,
        why="执行法院更新了案件信息",
        changes=[
            {"part": "办理经过", "nodes": ["网络查控"], "more": 1},
            {"part": "结案情况", "nodes": [], "more": 0},
        ],
    )
    rows.link(case, "（2016）辽0803执88号", "原执行案件")
    rows.case("（2016）辽0803执88号")
    rows.event(case, "网络查控", at=datetime(2018, 3, 6, 2, 10, tzinfo=UTC), text="查询存款<b>。")
    rows.event(case, "书记员的写法", text="其他情况。")
    rows.debtor(case, name="钱多多", id_masked="2108************34")
    rows.restriction(case, name="钱多多")
    rows.termination(case)
    rows.auction(case, title="住宅一套")
    return case


@pytest.mark.parametrize(
    "words",
    [
        "（2018）辽0803执123号",
        "买卖合同纠纷",
        "当前阶段：<strong>结案</strong>（终结本次执行程序）",
        '立案<span class="visually-hidden">：已经过',
        '处置财产<span class="visually-hidden">：没有记录',
        "标“✓”的阶段已经过，标“–”的阶段没有办理记录。",
        "2018年3月6日 10:10",
        "查询存款&lt;b&gt;。",
        "法院通过网络系统查询存款、车辆、不动产、有价证券等财产。",
        "书记员的写法",
        "营口北岸物流有限公司",
        "钱某1",
        "1,284,500.75 元",
        "350,000.00 元",
        "有财产",
        "冻结银行存款",
        "2 人次",
        "林致远",
        "12368",
        "98,000.50 元",
        "未发现可供执行的财产。",
        "没有时间限制",
        "（2017）辽0803民初2231号",
        "被执行人钱某偿还借款本金。",
        "自然人姓名",
        "法释〔2016〕19号第九条",
        "第 3 版，2018年5月2日 09:30 发布",
        "最近的办理节点",
        "终本后五年内，法院每六个月查询一次被执行人的财产",
        "依据：法〔2016〕373号第九条",
        "有问题找谁",
        "执行法院更新了案件信息：办理经过（新增：网络查控、其他节点 1 个）、结案情况。",
        "司法拍卖：住宅一套",
    ],
)
def test_a_case_page_tells(checked, full, words):
    assert words in checked.get(f"/cases/{full.slug}").text


def test_a_case_page_links_its_lists_without_a_name(checked, full):
    text = checked.get(f"/cases/{full.slug}").text
    for entry in (*full.debtors, *full.restrictions, full.termination, *full.auctions):
        assert f"/{entry.id}" in text
    assert "钱多多" not in text and "2108***" not in text


def test_a_case_page_links_the_case_it_was_resumed_from(checked, full):
    assert (
        'href="/cases/2016-%E8%BE%BD0803-%E6%89%A7-88"' in checked.get(f"/cases/{full.slug}").text
    )


def test_an_open_case_tells_the_next_step_and_by_when(checked, rows):
    case = rows.case(property_status="有财产")
    rows.event(case, "立案")
    text = checked.get(f"/cases/{case.slug}").text
    outlook = text.partition('id="outlook"')[2].partition("</section>")[0]
    for words in ("通常的下一步", "案件分给承办人。", "期限的规定》第二条", "2018年3月8日"):
        assert words in outlook
    assert "2018年9月1日" in outlook and "期限的规定》第一条" in outlook


def test_related_cases_are_linked_both_ways_and_only_when_public(checked, full):
    origin = "/cases/2016-%E8%BE%BD0803-%E6%89%A7-88"
    assert f'href="{origin}"' in checked.get(f"/cases/{full.slug}").text
    back = checked.get(origin).text.partition('id="related"')[2].partition("</section>")[0]
    assert "恢复执行案件" in back and "（2018）辽0803执123号" in back


def test_a_case_whose_only_relation_is_not_public_shows_none(checked, rows):
    case = rows.case()
    rows.link(case, "（2019）辽0803执恢7号", "恢复执行案件")
    text = checked.get(f"/cases/{case.slug}").text
    assert "执恢7号" not in text and 'id="related"' not in text


def test_an_ended_case_says_where_enforcement_goes_on(checked, rows):
    case = rows.case(closed_on=date(2018, 6, 20), closing_method="终结本次执行程序")
    rows.case("（2019）辽0803执恢7号", filed_on=date(2019, 2, 1))
    rows.link(case, "（2019）辽0803执恢7号", "恢复执行案件")
    text = checked.get(f"/cases/{case.slug}").text
    assert "本案已经恢复执行，请看 <a href=" in text


def test_the_last_change_is_the_newest_note_even_without_a_new_version(checked, rows):
    case = rows.case()
    rows.note(case, at=datetime(2018, 7, 1, 2, tzinfo=UTC), why="有关条目依法移除")
    outlook = checked.get(f"/cases/{case.slug}").text.partition('id="outlook"')[2]
    assert "2018年7月1日 10:00" in outlook.partition("</section>")[0]


def test_a_court_with_a_number_of_its_own_is_called_there(home, disclosure, rows, checking):
    (home / "site.toml").write_text("[court_telephones]\n'辽0803' = '0417-0000000'\n", "utf-8")
    here, elsewhere = rows.case("（2018）辽0803执1号"), rows.case("（2018）辽0881执1号")
    client = checking(create_app(read_settings({"PORTAL_HOME": str(home)}, Surface.PUBLIC)))
    assert "0417-0000000" in client.get(f"/cases/{here.slug}").text
    assert "0417-0000000" not in client.get(f"/cases/{elsewhere.slug}").text


def test_an_objection_is_called_one_and_has_no_stages_and_no_money(checked, rows):
    case = rows.case("（2018）辽0803执异5号", stage="立案")
    rows.event(case, "立案")
    text = checked.get(f"/cases/{case.slug}").text
    assert "执行异议案件　营口市西市区人民法院" in text
    assert "当前阶段：立案" in text
    for words in ('class="stages"', "已执行到位", "通常的下一步", "法定期限"):
        assert words not in text


def test_a_case_with_hardly_anything_still_has_a_page(checked, rows):
    case = rows.case(cause="", stage="", parties=[], amount_claimed=None)
    text = checked.get(f"/cases/{case.slug}").text
    assert "当前阶段：尚未录入" in text and "尚未录入办理节点" in text
    assert "None" not in text


def test_a_closed_case_shows_number_court_date_and_reason_only(checked, rows):
    case = rows.case(
        "（2018）辽0811执77号",
        level="不公开",
        closed_reason="涉及未成年子女抚养",
        cause="抚养费纠纷",
    )
    rows.event(case, "立案", text="不该出现的经过")
    text = checked.get(f"/cases/{case.slug}").text
    for words in (
        "（2018）辽0811执77号",
        "营口市老边区人民法院",
        "2018年3月1日",
        "涉及未成年子女抚养",
    ):
        assert words in text
    for words in ("抚养费纠纷", "不该出现的经过", "钱某", "120,000.00", "办理经过"):
        assert words not in text
    assert "依法不公开" in checked.get("/cases").text


@pytest.mark.parametrize(
    "written",
    [
        "（2018）辽0803执123号",
        "2018辽0803执123",
        "〔2018〕辽0803执字第00123号",
        "2018-辽0803-执-0123",
    ],
)
def test_any_written_form_leads_to_the_one_address(checked, written):
    response = checked.get(f"/cases/{written}")
    assert response.status_code == 301
    assert unquote(response.headers["Location"]) == "/cases/2018-辽0803-执-123"


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("（2018）辽0803执恢12号", "2018-辽0803-执恢-12"),
        ("(2019)遼0803執異5", "2019-辽0803-执异-5"),
        ("（2018）辽08执复3号之二", "2018-辽08-执复-3-之二"),
        ("（2018）辽0803执123号-1", "2018-辽0803-执-123-之一"),
        ("（2015）营执字第00123号", "2015-营-执-123"),
        ("〔2014〕民一终字第174号", "2014--民一终-174"),
    ],
)
def test_every_kind_of_number_has_one_address(checked, rows, written, slug):
    number = parse(written)
    rows.case(number.canonical)
    response = checked.get(f"/cases/{written}")
    assert response.status_code == 301
    assert unquote(response.headers["Location"]) == f"/cases/{slug}"
    page = checked.get(response.headers["Location"])
    assert page.status_code == 200 and number.canonical in page.text


def test_the_number_of_a_later_document_leads_to_its_case(checked, rows):
    rows.case("（2018）辽0803执123号")
    response = checked.get("/cases/2018-辽0803-执-123-之一")
    assert response.status_code == 302
    assert unquote(response.headers["Location"]) == "/cases/2018-辽0803-执-123"
    rows.case("（2018）辽0803执123号之一")
    assert checked.get("/cases/2018-辽0803-执-123-之一").status_code == 200


def test_the_number_of_a_later_document_of_no_case_is_a_404(checked):
    assert checked.get("/cases/2018-辽0803-执-123-之一").status_code == 404


def test_a_withdrawn_number_written_another_way_ends_in_the_same_410(checked, rows):
    rows.tombstone("/cases/2018-辽0803-执-123")
    response = checked.get("/cases/（2018）辽0803执123号", follow_redirects=True)
    assert response.status_code == 410


def test_a_page_can_be_cited_by_its_one_address(checked, full):
    text = checked.get(f"/cases/{full.slug}").text
    address = "http://localhost/cases/2018-%E8%BE%BD0803-%E6%89%A7-123"
    assert f'<link rel="canonical" href="{address}">' in text
    cited = text.partition('id="citation"')[2].partition("</section>")[0]
    for words in ("（2018）辽0803执123号", "第 3 版", "http://localhost/cases/2018-辽0803-执-123"):
        assert words in cited


def test_the_code_on_the_page_is_its_address(checked, full):
    address = "http://localhost/cases/2018-%E8%BE%BD0803-%E6%89%A7-123"
    text = checked.get(f"/cases/{full.slug}").text
    assert qr_svg(address, f"二维码：{full.case_number}的网址") in text


def test_a_page_stays_small_however_long_the_case(checked, rows):
    case = rows.case("（2018）辽0803执123号")
    for position in range(60):
        rows.event(case, "网络查控", position=position, text="查询被执行人名下存款。" * 3)
        rows.note(case, changes=[{"part": "办理经过", "nodes": ["网络查控"], "more": 0}])
    assert len(checked.get(f"/cases/{case.slug}").data) < 60 * 1024


def test_a_very_long_timeline_comes_in_parts_the_newest_first(checked, rows):
    case = rows.case("（2018）辽0803执123号")
    for position in range(200):
        rows.event(case, position=position, node="其他", text=f"第{position}步。" + "查询。" * 40)
    rows.event(case, position=200, node="其他", text="长" * 9000)
    address, met, last = f"/cases/{case.slug}", set(), None
    while address:
        page = checked.get(address)
        assert page.status_code == 200
        assert len(page.data) < 60 * 1024
        met |= set(map(int, re.findall(r"第(\d+)步。", page.text)))
        last = last or page.text
        earlier = re.search(r'href="([^"]*)#progress">更早的经过', page.text)
        address = earlier[1] if earlier else ""
    assert met == set(range(200)), "nothing is lost between the parts"
    assert "（最新）" in last and "（接上）" in last


@pytest.mark.parametrize("part", ["0", "99", "-1", "x", "１", ""])
def test_a_part_that_does_not_exist_is_the_newest(checked, full, part):
    newest, shown = (
        checked.get(f"/cases/{full.slug}{query}").text.partition('<ol class="timeline">')[2]
        for query in ("", f"?part={part}")
    )
    assert newest.partition("</ol>")[0] == shown.partition("</ol>")[0] != ""


def test_an_unknown_number_is_a_404_that_helps(checked):
    response = checked.get("/cases/2018-辽0803-执-9")
    assert response.status_code == 404
    assert "没有找到案号为（2018）辽0803执9号的公开案件" in response.text
    assert "怎样查得准" in response.text and 'action="/search"' in response.text


@pytest.mark.parametrize("written", ["x", "%00", "2018", "<script>", "辽0803执123号", "長" * 300])
def test_what_is_no_number_is_a_404_that_says_why(checked, written):
    response = checked.get(f"/cases/{written}")
    assert response.status_code == 404
    assert "案号" in response.text


def test_a_withdrawn_case_is_a_410_that_names_nobody(checked, rows):
    rows.tombstone("/cases/2018-辽0803-执-123", "该案件已由法院撤下。")
    response = checked.get("/cases/2018-辽0803-执-123")
    assert response.status_code == 410
    assert "该案件已由法院撤下。" in response.text


def test_a_case_published_again_wins_over_its_old_tombstone(checked, rows):
    case = rows.case("（2018）辽0803执123号")
    rows.tombstone(f"/cases/{case.slug}")
    assert checked.get(f"/cases/{case.slug}").status_code == 200
