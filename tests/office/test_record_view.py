from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.office.field_names import path_label
from portal.office.record_view import draft_sections, record_sections, record_texts
from portal.office.tied_view import PublicTexts, Source, public_pieces, record_pieces, ties_of
from portal.registry.marks import CaseMark
from redaction import REVIEWER, FieldFinding, Finding, Kind, MarkAct

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


def finding(start: int, end: int, recogniser: str = "known") -> Finding:
    return Finding(Kind.PERSON, start, end, "秦某", 0.99, "已知姓名", recogniser, "法释")


def in_text(start: int, end: int, recogniser: str = "known") -> FieldFinding:
    return FieldFinding("events[0].text", finding(start, end, recogniser))


def lines(*findings: FieldFinding) -> dict[str, str]:
    ties = ties_of(record_texts(RECORD), findings, findings, [])
    return {
        line.path: "".join(f"[{p.text}]" if p.tie else p.text for p in line.pieces)
        for section in record_sections(RECORD, ties)
        for line in section.lines
    }


def test_every_value_of_the_record_is_shown_under_its_path() -> None:
    shown = lines()
    assert shown["court"] == "营口市西市区人民法院（辽0803）"
    assert shown["parties[0].former_names[0]"] == "秦小椒"
    assert shown["parties[0].minor"] == "否"
    assert shown["closing.checks.notice"] == "是"


def test_what_will_be_masked_is_marked_where_it_stands() -> None:
    assert lines(in_text(2, 5))["events[0].text"] == "联系[秦椒榕]。"


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
    (section,) = draft_sections([("/cases/2018-辽0803-执-123", texts)], PublicTexts([], []))
    assert section.title == "案件页"
    shown = [(line.label, "".join(piece.text for piece in line.pieces)) for line in section.lines]
    assert shown == [
        ("案号", "（2018）辽0803执123号"),
        ("当事人 1", "被执行人 · 秦某"),
        ("终本条件 · 已发执行通知、责令报告财产", "是"),
    ]


def made(act: MarkAct, text: str) -> CaseMark:
    return CaseMark(act=act, text=text, path="", added_by="reviewer", effect=[])


def test_both_sides_of_a_masked_place_bear_one_number() -> None:
    texts = record_texts(RECORD)
    ties = ties_of(texts, [in_text(2, 5)], [in_text(2, 5)], [])
    public = PublicTexts(texts, ties)
    left = [p.tie and p.tie.number for p in record_pieces("联系秦椒榕。", ties)]
    right = public.pieces("events[0].text", "联系秦某。")
    assert left == [None, 1, None]
    assert [(p.text, p.tie and p.tie.number, p.first) for p in right] == [
        ("联系", None, False),
        ("秦某", 1, True),
        ("。", None, False),
    ]
    # The same text on another page is tied as well, and links lead to the first.
    again = public.pieces("PublicDebtor.obligation", "联系秦某。")
    assert [(p.text, p.first) for p in again if p.tie] == [("秦某", False)]
    # What does not read as the field was masked is tied to nothing.
    assert [p.tie for p in public.pieces("events[0].text", "联系王某。")] == [None]


def test_machine_and_reviewer_are_told_apart() -> None:
    texts = record_texts(RECORD)
    machine = [in_text(2, 5)]
    marks = [made(MarkAct.KEEP, "秦椒榕"), made(MarkAct.HIDE, "联系")]
    by_hand = [in_text(0, 2, REVIEWER)]
    hidden, kept = ties_of(texts, by_hand, machine, marks)
    assert (hidden.source, hidden.machine, hidden.mark) == (Source.HUMAN, None, marks[1])
    assert (kept.source, kept.finding, kept.mark) == (Source.KEPT, None, marks[0])
    assert kept.told == machine[0].finding
    (plain,) = ties_of(texts, machine, machine, marks)
    assert (plain.source, plain.mark) == (Source.MACHINE, None)


def test_the_same_words_of_a_field_are_counted() -> None:
    text = "某某某到庭，某某未到。"
    ties = ties_of([("events[0].text", text)], [in_text(0, 2), in_text(6, 8)], [], [])
    assert [tie.nth for tie in ties] == [1, 3]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(1, 10)), max_size=8),
)
def test_cutting_loses_and_adds_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    findings = [in_text(start, start + length) for start, length in spans]
    ties = ties_of([("events[0].text", text)], findings, [], [])
    assert "".join(piece.text for piece in record_pieces(text, ties)) == text
    shown = "".join(piece.text for piece in public_pieces(text, ties))
    assert set(shown) <= set(text) | set("秦某")
