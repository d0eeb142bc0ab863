"""A reviewer's marks: masked, kept or linked, taken back, and never against the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.publication.errors import (
    LeakNotApprovable,
    MarkRefused,
    ReasonMissing,
    ReviewChanged,
    ReviewDecided,
)
from portal.publication.gate import Gate
from portal.publication.inspection import inspect_public
from portal.publication.marks import add_mark, remove_mark
from portal.publication.outcomes import Outcome
from portal.publication.preview import preview_case
from portal.publication.review import approve
from portal.registry.audit import AuditEntry
from portal.registry.marks import CaseMark, MachineReading
from portal.registry.models import Review, ReviewState
from redaction import Grade, Kind, Mark, MarkAct, Mask

NUMBER = "（2018）辽0803执123号"
PHRASE = "辰州路88号"
TEXT = f"被执行人秦椒榕到盖州市{PHRASE}的诉讼服务站提交材料，老秦称暂无履行能力。"
FIELD = "events[1].text"


@pytest.fixture
def held(gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]) -> None:
    """A case that waits, with an address in it that is nobody's home."""
    record = case(disclosure=None)
    record["events"][1]["text"] = TEXT
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")


def waiting(gate: Gate) -> Review:
    with gate.stores.registry() as session:
        return session.scalars(select(Review).filter_by(state=ReviewState.WAITING)).one()


def mark(gate: Gate, act: str, text: str, reason: str = "", **fields: Any) -> None:
    """Mark as the reviewer who sees the item as it is."""
    item = waiting(gate)
    made = Mark(MarkAct(act), text, **fields)
    add_mark(gate, item.id, made, "reviewer", seen=item.edition, reason=reason)


def take_back(gate: Gate, mark_id: int, reason: str = "不再需要") -> None:
    item = waiting(gate)
    remove_mark(gate, item.id, mark_id, "colleague", seen=item.edition, reason=reason)


def shown(gate: Gate) -> str:
    """The text of the field as it would be published."""
    (page, *_) = preview_case(gate, NUMBER).preview.sections
    return dict(page[1])[FIELD]


@pytest.mark.parametrize(
    ("act", "text", "fields", "expected"),
    [
        # by default ×××, and everywhere
        ("hide", "诉讼服务站", {}, "被执行人秦某到盖州市×××的×××提交材料，老秦称暂无履行能力。"),
        (
            "hide",
            "诉讼服务站",
            {"mask": Mask.DELETE},
            "被执行人秦某到盖州市×××的提交材料，老秦称暂无履行能力。",
        ),
        (
            "hide",
            "老秦",
            {"kind": Kind.PERSON, "mask": Mask.PSEUDONYM},
            "被执行人秦某到盖州市×××的诉讼服务站提交材料，老某称暂无履行能力。",
        ),
        # a mention of somebody the case knows is shown as that person
        (
            "link",
            "老秦",
            {"same_as": "秦椒榕"},
            "被执行人秦某到盖州市×××的诉讼服务站提交材料，秦某称暂无履行能力。",
        ),
        (
            "keep",
            PHRASE,
            {},
            "被执行人秦某到盖州市辰州路88号的诉讼服务站提交材料，老秦称暂无履行能力。",
        ),
        (
            "keep",
            PHRASE,
            {"path": FIELD, "start": TEXT.index(PHRASE)},
            "被执行人秦某到盖州市辰州路88号的诉讼服务站提交材料，老秦称暂无履行能力。",
        ),
        # an address that no recogniser saw keeps its district
        (
            "hide",
            "盖州市辰州路88号的诉讼服务站",
            {"kind": Kind.ADDRESS, "mask": Mask.GENERALISE},
            "被执行人秦某到盖州市×××提交材料，老秦称暂无履行能力。",
        ),
    ],
)
@pytest.mark.usefixtures("held")
def test_what_a_mark_makes_of_the_text(
    gate: Gate, act: str, text: str, fields: dict[str, Any], expected: str
) -> None:
    mark(gate, act, text, "法院自己的地址", **fields)
    assert shown(gate) == expected


@pytest.mark.usefixtures("held")
def test_a_mark_releases_nothing_and_the_item_stays_the_same(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any], public_row: Any
) -> None:
    before = waiting(gate)
    mark(gate, "hide", "诉讼服务站")
    after = waiting(gate)
    assert (after.id, after.created_at, after.edition) == (before.id, before.created_at, 2)
    assert public_row() is None
    assert approve(gate, after.id, "reviewer", "确认", seen=2) is Outcome.RELEASED
    assert "诉讼服务站" not in public_row().events[1].text
    assert "秦椒榕" not in public_row().events[1].text
    assert inspect_public(gate).leaks == ()


@pytest.mark.usefixtures("held")
def test_a_word_hidden_in_one_place_stays_in_the_others(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    record = case(disclosure=None)
    record["events"][1]["text"] = "小馆老板到庭，小馆已关门。"
    record["closing"] = {"closed_on": "2018-06-01", "method": "执行完毕", "text": "小馆已履行。"}
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    mark(gate, "hide", "小馆", path=FIELD, start=7)
    assert shown(gate) == "小馆老板到庭，×××已关门。"
    mark(gate, "hide", "小馆", path=FIELD)
    assert shown(gate) == "×××老板到庭，×××已关门。"
    page = str(preview_case(gate, NUMBER).preview.sections)
    assert "小馆已履行" in page
    mark(gate, "hide", "小馆")
    assert "小馆" not in str(preview_case(gate, NUMBER).preview.sections)


@pytest.mark.usefixtures("held")
def test_a_mark_that_no_longer_fits_errs_on_the_safe_side(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    mark(gate, "hide", "诉讼服务站", path=FIELD, start=TEXT.index("诉讼服务站"))
    mark(gate, "keep", PHRASE, "法院地址", path=FIELD, start=TEXT.index(PHRASE))
    record = case(disclosure=None)
    record["events"][1]["text"] = f"补充：{TEXT}"
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    assert "诉讼服务站" not in shown(gate) and PHRASE not in shown(gate)
    # A field that is gone: what was to be masked in it is masked in the whole case.
    mark(gate, "hide", "老秦", path="closing.text")
    assert "老秦" not in shown(gate)


# Each is a party's name or private value, whole, in part, or in another written form.
NEVER_KEPT = [
    "秦椒榕",
    "秦 椒 榕",
    "被执行人秦椒榕到盖州市",
    "18940710002",
    "189-4071-0002",
    "秦小椒",
]


@pytest.mark.parametrize("text", NEVER_KEPT)
@pytest.mark.usefixtures("held")
def test_a_private_word_is_masked_all_the_same_and_nobody_can_approve_it(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any], text: str
) -> None:
    mark(gate, "keep", text, "以为可以")
    # Clean but for the word: that alone holds it.
    bring_in(case())
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    marked = preview_case(gate, NUMBER)
    (hold,) = marked.preview.holds
    assert "未予保留" in hold.reason and hold.grade is Grade.LEAK
    case_page = str(marked.preview.sections[0])
    assert "秦椒榕" not in case_page and "18940710002" not in case_page
    assert waiting(gate).leak
    with pytest.raises(LeakNotApprovable):
        approve(gate, waiting(gate).id, "reviewer", "确认", seen=1)
    take_back(gate, marked.marks[0].id, "当事人姓名")
    item = waiting(gate)
    assert approve(gate, item.id, "reviewer", "确认", seen=item.edition) is Outcome.RELEASED


def test_a_sure_number_is_not_kept_though_no_field_knows_it(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    record = case(disclosure=None)
    record["events"][1]["text"] = "证人电话13898765432，证件21080019750105631X。"
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    mark(gate, "keep", "13898765432", "以为是案号")
    assert "13898765432" not in shown(gate)
    assert any(hold.grade is Grade.LEAK for hold in preview_case(gate, NUMBER).preview.holds)


@pytest.mark.usefixtures("held")
def test_machine_and_marks_are_kept_apart(gate: Gate) -> None:
    mark(gate, "hide", "老秦", kind=Kind.PERSON, mask=Mask.PSEUDONYM)
    mark(gate, "keep", PHRASE, "法院自己的地址")
    with gate.stores.registry() as session:
        reading = session.scalars(select(MachineReading)).one()
        marks = session.scalars(select(CaseMark).order_by(CaseMark.id)).all()
    found = {(each["path"], each["kind"]) for each in reading.findings}
    assert (FIELD, "address") in found and reading.reader
    assert "秦椒榕" not in str(reading.findings)
    under, over = (each.effect for each in marks)
    assert under == [{"change": "under", "recogniser": "", "kind": "person", "count": 1}]
    assert over == [{"change": "over", "recogniser": "address", "kind": "address", "count": 1}]
    preview = preview_case(gate, NUMBER).preview
    assert {f.finding.recogniser for f in preview.findings} >= {"reviewer"}
    assert "reviewer" not in {f.finding.recogniser for f in preview.machine}


@pytest.mark.usefixtures("held")
def test_every_change_is_logged_with_its_reason_and_without_the_word(gate: Gate) -> None:
    mark(gate, "keep", PHRASE, "法院自己的地址")
    mark(gate, "hide", "诉讼服务站")
    mark(gate, "link", "老秦", same_as="秦椒榕")
    for row in preview_case(gate, NUMBER).marks:
        take_back(gate, row.id)
    with gate.stores.registry() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        logged = [(e.act, e.detail) for e in entries if e.act.startswith("review.")]
        rows = session.scalars(select(CaseMark)).all()
    assert [act for act, _ in logged] == [
        "review.keep_term",
        "review.hide_term",
        "review.link_term",
        "review.unset_keep",
        "review.unset_hide",
        "review.unset_link",
    ]
    assert logged[0][1]["reason"] == "法院自己的地址"
    assert logged[3][1]["reason"] == "不再需要"
    assert not [word for word in (PHRASE, "诉讼服务站", "老秦", "椒榕") if word in str(logged)]
    # Taken back is not deleted: who, when and why stay.
    assert {(row.removed_by, row.removal_reason) for row in rows} == {("colleague", "不再需要")}
    assert preview_case(gate, NUMBER).marks == ()


@pytest.mark.usefixtures("held")
def test_keeping_and_taking_back_need_a_reason(gate: Gate) -> None:
    with pytest.raises(ReasonMissing):
        mark(gate, "keep", PHRASE, " ")
    mark(gate, "hide", "诉讼服务站")
    with pytest.raises(ReasonMissing):
        take_back(gate, 1, "")


@pytest.mark.parametrize(
    ("act", "text", "fields", "message"),
    [
        ("hide", "秦", {}, "2 至 200"),
        ("hide", "长" * 201, {}, "2 至 200"),
        ("hide", "没有的词", {}, "没有这段文字"),
        ("hide", "老秦", {"kind": Kind.PHONE, "mask": Mask.PSEUDONYM}, "不能用这种方式"),
        ("hide", "老秦", {"mask": Mask.GENERALISE}, "不能用这种方式"),
        ("keep", "诉讼服务站", {}, "没有被屏蔽"),
        ("link", "老秦", {}, "哪一个人"),
        ("link", "老秦", {"same_as": "老秦"}, "同一个称呼"),
        ("link", "没有的人", {"same_as": "秦椒榕"}, "没有这个称呼"),
    ],
)
@pytest.mark.usefixtures("held")
def test_a_mark_that_makes_no_sense_is_refused(
    gate: Gate, act: str, text: str, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(MarkRefused, match=message):
        mark(gate, act, text, "理由", **fields)
    assert preview_case(gate, NUMBER).marks == ()


@pytest.mark.usefixtures("held")
def test_one_word_is_not_hidden_and_kept(gate: Gate) -> None:
    mark(gate, "hide", PHRASE)
    with pytest.raises(MarkRefused, match="已由 reviewer 标为屏蔽"):
        mark(gate, "keep", PHRASE, "法院自己的地址")


@pytest.mark.usefixtures("held")
def test_two_reviewers_do_not_overwrite_each_other(gate: Gate) -> None:
    item = waiting(gate)
    mark(gate, "hide", "诉讼服务站")
    with pytest.raises(ReviewChanged) as overtaken:
        keep = Mark(MarkAct.KEEP, PHRASE)
        add_mark(gate, item.id, keep, "colleague", seen=item.edition, reason="法院的地址")
    ((actor, _at, act, _reason),) = overtaken.value.acts
    assert (actor, act) == ("reviewer", "review.hide_term")
    assert PHRASE not in shown(gate)


@pytest.mark.usefixtures("held")
def test_a_mark_of_another_case_or_a_decided_item_is_refused(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    mark(gate, "hide", "诉讼服务站")
    first = waiting(gate)
    approve(gate, first.id, "reviewer", "确认", seen=2)
    with pytest.raises(ReviewDecided):
        remove_mark(gate, first.id, 1, "reviewer", seen=2, reason="不再需要")
    bring_in(case(case_number="（2018）辽0803执124号", disclosure=None))
    gate.publish_case("（2018）辽0803执124号", "clerk")
    with pytest.raises(MarkRefused, match="没有这条标记"):
        take_back(gate, 1)
