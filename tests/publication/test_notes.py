"""Version notes: what changed, when and why, in public words, for as long as the page stands."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select

from portal.disclosure.models import PublicCase, PublicNote
from portal.publication.errors import NoteLeak
from portal.publication.inspection import inspect_public
from portal.publication.leakcheck import find_note_leaks
from portal.publication.notes import KEPT, PARTS, SILENT, Why, note_entries
from portal.publication.outcomes import Outcome
from portal.publication.withdrawal import ask_restoration, confirm_restoration, suspend_case
from portal.registry.marks import CaseMark
from portal.registry.models import RegistryCase
from redaction import Kind, MarkAct, Mask, PrivateValue

NUMBER = "（2018）辽0803执123号"


@pytest.fixture
def send(gate, bring_in, case, public_row):
    """Send the case with these fields through the gate; what its notes say then."""

    def through(**fields):
        bring_in(case(**fields))
        gate.publish_case(NUMBER, "clerk")
        return notes(public_row())

    return through


def notes(row):
    """(version, why, parts) of each note, newest first."""
    return [
        (note.version, note.why, [change["part"] for change in note.changes]) for note in row.notes
    ]


def node(name, day=20):
    return {"node": name, "at": f"2018-04-{day}T09:00:00+08:00", "text": ""}


def test_the_first_version_says_so(send):
    assert send() == [(1, "首次公开", [])]


def test_every_column_of_a_case_is_compared_or_silent():
    columns = {column.key for column in inspect(PublicCase).columns}
    assert columns == SILENT | {column for part in PARTS.values() for column in part}


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({"cause": "买卖合同纠纷"}, ["立案信息"]),
        ({"amount_recovered": "100.00"}, ["金额和财产状况"]),
        ({"property_status": "无财产"}, ["金额和财产状况"]),
        ({"property_controls": []}, ["采取的措施"]),
        ({"handler": {"name": "范淑衡", "title": "法官"}}, ["承办人"]),
        ({"basis": None}, ["执行依据", "名单和拍卖"]),
        ({"related_cases": ["（2018）辽0803执异5号"]}, ["关联案件"]),
        ({"measures": []}, ["采取的措施", "名单和拍卖"]),
        (
            {"closing": {"closed_on": "2018-06-20", "method": "执行完毕"}},
            ["所处阶段", "结案情况"],
        ),
        # what nobody can see changes nothing that anybody is told
        ({"payments": [{"amount": "10.00", "received_on": "2018-05-01"}]}, []),
    ],
)
def test_a_newer_record_names_the_parts_that_changed(send, fields, parts):
    send()
    newest, first = send(**fields)
    assert newest == (2, "执行法院更新了案件信息", parts)
    assert first == (1, "首次公开", [])


def test_the_same_in_another_spelling_is_no_change(send, case):
    auction = {"lot": "A1", "title": "住宅一套", "status": "预告"}
    prices = {"starting_price": "350000.00", "deposit": "35000.50"}
    send(amount_claimed="50000.00", auctions=[auction | prices])
    events = [case()["events"][0] | {"at": "2018-03-01T01:00:00+00:00"}, *case()["events"][1:]]
    newest, _ = send(
        amount_claimed="50000",
        auctions=[auction | {"starting_price": "350000", "deposit": "35000.5"}],
        events=events,
        cause="买卖合同纠纷",
    )
    assert newest == (2, "执行法院更新了案件信息", ["立案信息"])


def test_new_nodes_are_named_where_the_table_knows_them(send, case, public_row):
    send()
    send(events=[*case()["events"], node("网络查控"), node("书记员的写法"), node("反馈")])
    (change,) = [one for one in public_row().notes[0].changes if one["part"] == "办理经过"]
    assert change == {"part": "办理经过", "nodes": ["网络查控", "反馈"], "more": 1}


def test_a_node_that_left_the_page_leaves_the_notes_too(send, case, public_row):
    events = case()["events"]
    send(events=events)
    send(events=[*events, node("网络查控"), node("强制措施", 21)])
    send(events=[*events, node("网络查控")])
    assert len(public_row().notes) == 3
    assert "强制措施" not in str([note.changes for note in public_row().notes])
    assert "网络查控" in str(public_row().notes[1].changes)


def test_a_note_never_repeats_what_a_part_said(send, public_row):
    send()
    send(cause="买卖合同纠纷", amount_recovered="777.00", related_cases=["（2018）辽0803执异5号"])
    said = str([(note.why, note.changes) for note in public_row().notes])
    assert not [word for word in ("买卖", "借贷", "777", "执异") if word in said]


def test_publishing_the_same_again_says_that_a_reader_looked_at_it(gate, send, public_row):
    send()
    gate.publish_case(NUMBER, "clerk", again=True)
    assert notes(public_row())[0] == (2, "核对后重新发布", [])


def test_a_word_masked_later_changes_the_page_and_is_not_told(gate, send, public, public_row):
    send()
    with gate.stores.registry.begin() as session:
        row = session.scalars(select(RegistryCase)).one()
        session.add(
            CaseMark(
                case_id=row.id,
                revision=1,
                act=MarkAct.HIDE,
                text="暂无履行能力",
                kind=Kind.OTHER,
                mask=Mask.CROSSES,
                effect=[],
                added_by="reviewer",
                added_at=row.updated_at,
            )
        )
    gate.publish_case(NUMBER, "reviewer", again=True)
    assert notes(public_row())[0] == (2, "核对后重新发布", ["办理经过"])
    assert "履行能力" not in str(public_row().notes[0].changes)


def test_a_withdrawn_page_comes_back_without_its_past(gate, send, public_row):
    send()
    send(cause="买卖合同纠纷")
    suspend_case(gate, NUMBER, "reviewer", "当事人申请更正")
    act_id = ask_restoration(gate, NUMBER, "reviewer", "已更正")
    assert confirm_restoration(gate, act_id, "chief", senior=True) is Outcome.RELEASED
    assert notes(public_row()) == [(4, "核对后恢复公开", [])]


def test_a_case_closed_to_the_public_has_no_notes_and_begins_anew(send, public_row):
    send()
    closed = {"level": "不公开", "reason": "涉及个人隐私"}
    assert send(disclosure=closed, related_cases=["（2018）辽0803执异5号"]) == []
    assert public_row().links == []
    assert send() == [(3, "依法改为公开", [])]


def test_entries_that_had_to_go_at_once_are_noted(gate, send, bring_in, case, public_row):
    send()
    bring_in(case(disclosure=None, measures=[]))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    assert notes(public_row()) == [
        (1, "有关条目依法移除", ["名单和拍卖"]),
        (1, "首次公开", []),
    ]
    assert public_row().debtors == []


def test_a_page_keeps_so_many_notes(gate, send, public_row, public):
    send()
    row = public_row()
    for _ in range(KEPT + 5):
        row.notes = note_entries(row, row.released_at, Why.REMOVED)
    assert len(row.notes) == KEPT
    assert [note.position for note in row.notes] == list(range(KEPT))


def test_the_leak_check_reads_the_notes():
    name = PrivateValue("秦椒榕", Kind.PERSON, "parties[1].name")
    changes = [{"part": "办理经过", "nodes": ["秦 椒 榕"], "more": 0}]
    case = PublicCase(notes=[PublicNote(position=0, version=1, why="首次公开", changes=changes)])
    (leak,) = find_note_leaks(case, (name,))
    assert leak.path == "notes[0].changes[0].nodes[0]"
    assert not find_note_leaks(PublicCase(notes=[]), (name,))


def test_a_note_that_would_say_something_private_keeps_the_case_as_it_was(
    gate, send, bring_in, case, public_row
):
    send()
    record = case(handler={"name": "范淑衡", "title": "法官"})
    # Contrived: somebody works at a place that is called like a part of the page.
    record["parties"][1]["employer"] = "承办人"
    bring_in(record)
    with pytest.raises(NoteLeak):
        gate.publish_case(NUMBER, "clerk")
    assert (public_row().version, public_row().handler_title) == (1, "审判员")


@pytest.mark.parametrize("column", ["why", "changes"])
def test_verify_reads_the_notes(gate, send, public, public_row, column):
    send()
    planted = {
        "why": "甘蓝芷来电",
        "changes": [{"part": "电话13904170001", "nodes": [], "more": 0}],
    }
    setattr(public_row().notes[0], column, planted[column])
    public.commit()
    assert [leak.path for leak in inspect_public(gate).leaks if column in leak.path]


def test_verify_reads_the_links(gate, send, public, public_row):
    send(related_cases=["（2018）辽0803执异5号"])
    assert inspect_public(gate).leaks == ()
    public_row().links[0].relation = "与秦椒榕的案件"
    public.commit()
    assert [leak.path for leak in inspect_public(gate).leaks] == ["links[0].relation"]
