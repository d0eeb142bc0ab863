from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.office.field_names import path_label
from portal.office.record_view import draft_sections, mark, record_sections
from redaction import FieldFinding, Finding, Kind

RECORD = {
    "case_number": "（2018）辽0803执123号",
    "court": "辽0803",
    "parties": [
        {"role": "被执行人", "name": "秦椒榕", "former_names": ["秦小椒"], "minor": False},
    ],
    "events": [{"node": "接谈", "at": "2018-03-09T09:00:00+08:00", "text": "联系秦椒榕。"}],
    "closing": {"method": "执行完毕", "checks": {"notice": True}},
    "query_codes": [{"party": "秦椒榕", "code": "K7Q2ZW9HXM"}],
}


def finding(start: int, end: int) -> Finding:
    return Finding(Kind.PERSON, start, end, "秦某", 0.99, "已知姓名", "known", "法释")


def lines(*findings: FieldFinding) -> dict[str, str]:
    return {
        line.path: "".join(f"[{p.text}]" if p.finding else p.text for p in line.pieces)
        for section in record_sections(RECORD, findings)
        for line in section.lines
    }


def test_every_value_of_the_record_is_shown_under_its_path() -> None:
    shown = lines()
    assert shown["court"] == "营口市西市区人民法院（辽0803）"
    assert shown["parties[0].former_names[0]"] == "秦小椒"
    assert shown["parties[0].minor"] == "否"
    assert shown["closing.checks.notice"] == "是"


def test_what_will_be_masked_is_marked_where_it_stands() -> None:
    found = FieldFinding("events[0].text", finding(2, 5))
    assert lines(found)["events[0].text"] == "联系[秦椒榕]。"


def test_entries_are_headed_by_what_tells_them_apart() -> None:
    titles = [section.title for section in record_sections(RECORD, [])]
    assert titles == [
        "案件",
        "当事人 1 被执行人",
        "执行经过 1 接谈 2018-03-09 09:00",
        "结案",
        "查询码 1",
    ]


def test_query_codes_are_never_shown() -> None:
    assert "K7Q2ZW9HXM" not in str(record_sections(RECORD, []))


def test_paths_read_as_chinese() -> None:
    assert path_label("events[3].text") == "执行经过 4 · 内容"
    assert path_label("parties[0].former_names[1]") == "当事人 1 · 曾用名 2"
    assert path_label("PublicDebtor.obligation") == "确定的义务"
    assert path_label("unheard_of.thing") == "unheard_of · thing"
    assert path_label("") == "全文"


def test_the_draft_joins_the_parts_of_one_entry_and_leaves_out_the_keys() -> None:
    texts = [
        ("case_number", "（2018）辽0803执123号"),
        ("parties[0].role", "role"),
        ("parties[0].role", "被执行人"),
        ("parties[0].name", "name"),
        ("parties[0].name", "秦某"),
        ("checks.notice", "notice"),
        ("checks.notice", "True"),
        ("masked[0].label", "联系电话"),
    ]
    (section,) = draft_sections([("/cases/2018-辽0803-执-123", texts)])
    assert section.title == "案件页"
    assert [(line.label, line.pieces[0].text) for line in section.lines] == [
        ("案号", "（2018）辽0803执123号"),
        ("当事人 1", "被执行人 · 秦某"),
        ("终本条件 · 已发执行通知、责令报告财产", "是"),
    ]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(1, 10)), max_size=8),
)
def test_marking_loses_and_adds_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = mark(text, [finding(start, start + length) for start, length in spans])
    assert "".join(piece.text for piece in pieces) == text
