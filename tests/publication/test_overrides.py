"""Private words that two people let stand: there and nowhere else, and never some kinds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.publication.errors import (
    LeakNotApprovable,
    OverrideRefused,
    ReasonMissing,
    ReviewChanged,
)
from portal.publication.gate import Gate
from portal.publication.inspection import inspect_public
from portal.publication.marks import add_mark
from portal.publication.outcomes import Outcome
from portal.publication.overrides import ask_override, decide_override
from portal.publication.page_inspection import Page
from portal.publication.preview import preview_case
from portal.publication.review import approve
from portal.registry.audit import AuditEntry
from portal.registry.marks import LeakOverride, OverrideState
from portal.registry.models import Review, ReviewState, Route
from redaction import Mark, MarkAct

NUMBER = "（2018）辽0803执123号"
NAME = "秦椒榕"
FIELD = "events[1].text"
TEXT = f"公告：{NAME}应于七日内腾退辰州路113号13号楼1单元2026室，电话18940710002。"


@pytest.fixture
def held(gate: Gate, bring_in: Callable[..., None], make: Callable[..., Any]) -> None:
    bring_in(make())
    gate.publish_case(NUMBER, "clerk")


@pytest.fixture
def make(case: Callable[..., Any]) -> Callable[..., Any]:
    """A case with its debtor's name in two texts."""

    def record(text: str = TEXT, **fields: Any) -> Any:
        made = case(disclosure=None, **fields)
        made["events"][1]["text"] = text
        made["events"][0]["text"] = f"{NAME}到庭。"
        return made

    return record


def item(gate: Gate) -> Review:
    with gate.stores.registry() as session:
        return session.scalars(select(Review).filter_by(state=ReviewState.WAITING)).one()


def ask(gate: Gate, text: str = NAME, path: str = FIELD, reason: str = "公告须写明") -> None:
    waiting = item(gate)
    ask_override(gate, waiting.id, path, text, "one", seen=waiting.edition, reason=reason)


def decide(
    gate: Gate,
    actor: str = "two",
    reason: str = "同意",
    *,
    granted: bool = True,
    decider: bool = True,
) -> None:
    waiting = item(gate)
    decide_override(
        gate,
        waiting.id,
        1,
        actor,
        granted=granted,
        seen=waiting.edition,
        reason=reason,
        decider=decider,
    )


def release(gate: Gate) -> Outcome:
    waiting = item(gate)
    return approve(gate, waiting.id, "one", "确认", seen=waiting.edition)


@pytest.mark.usefixtures("held")
def test_granted_words_stand_in_their_field_alone(gate: Gate, public_row: Any) -> None:
    ask(gate)
    assert item(gate).route == Route.FULL
    decide(gate)
    assert item(gate).route == Route.SINGLE
    assert release(gate) is Outcome.RELEASED
    texts = [event.text for event in public_row().events]
    assert texts[1].startswith(f"公告：{NAME}应于")
    # The rest of the field, and the name everywhere else, is masked as ever.
    assert "18940710002" not in texts[1] and "2026室" not in texts[1]
    assert texts[0] == "秦某到庭。"
    assert NAME not in str(public_row().parties)


@pytest.mark.usefixtures("held")
def test_the_inspection_tells_it_apart_from_a_leak(gate: Gate, stores: Any) -> None:
    ask(gate)
    decide(gate)
    release(gate)
    result = inspect_public(gate)
    assert result.leaks == ()
    (told,) = result.overridden
    assert (told.item, told.path, told.kinds) == (NUMBER, FIELD, ("person",))
    assert (told.asked_by, told.granted_by, told.reason) == ("one", "two", "同意")
    # The same name anywhere else, or in this field with one more word, is a leak again.
    path = Path(stores.disclosure.kw["bind"].url.database)
    for change in (
        "UPDATE public_case SET obligation = ?",
        "UPDATE public_event SET text = text || ? WHERE position = 1",
    ):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(change, (NAME,))
            connection.commit()
        assert inspect_public(gate).leaks, change


@pytest.mark.usefixtures("held")
def test_the_pages_may_show_the_field_as_it_was_granted_and_no_other_line(
    gate: Gate, public_row: Any
) -> None:
    ask(gate)
    decide(gate)
    release(gate)
    granted = public_row().events[1].text

    def site(said: str) -> Callable[[str], Page]:
        return lambda address: Page(200, "text/html", f"<p>{said}</p>")

    at_case = "页面中有私密内容"
    for said, leaks in ((granted, False), (f"{NAME}到庭", True), (granted + NAME, True)):
        found = inspect_public(gate, render=site(said)).leaks
        assert any(at_case in leak.reason for leak in found) is leaks, said


@pytest.mark.usefixtures("held")
def test_a_changed_record_is_asked_about_again(
    gate: Gate, bring_in: Callable[..., None], make: Callable[..., Any], public_row: Any
) -> None:
    ask(gate)
    decide(gate)
    release(gate)
    bring_in(make(cause="买卖合同纠纷"))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    # What two people let stand stays as they left it until the newer version is decided.
    assert NAME in public_row().events[1].text
    assert NAME not in dict(preview_case(gate, NUMBER).preview.sections[0][1])[FIELD]
    assert inspect_public(gate).leaks == ()
    assert release(gate) is Outcome.RELEASED
    assert NAME not in public_row().events[1].text
    assert inspect_public(gate).overridden == ()
    (old,) = preview_case(gate, NUMBER).overrides
    assert (old.state, old.revision) == (OverrideState.GRANTED, 1), "shown for ever"


@pytest.mark.usefixtures("held")
def test_a_mark_to_keep_holds_until_the_override_and_not_beyond(gate: Gate) -> None:
    waiting = item(gate)
    keep = Mark(MarkAct.KEEP, NAME, FIELD)
    add_mark(gate, waiting.id, keep, "one", seen=waiting.edition, reason="须写明")
    with pytest.raises(LeakNotApprovable):
        release(gate)
    ask(gate)
    with pytest.raises(LeakNotApprovable):
        release(gate)
    decide(gate)
    assert release(gate) is Outcome.RELEASED


@pytest.mark.usefixtures("held")
def test_a_refusal_leaves_the_words_masked_and_may_be_asked_again(
    gate: Gate, public_row: Any
) -> None:
    ask(gate)
    decide(gate, granted=False, reason="没有必要")
    assert NAME not in dict(preview_case(gate, NUMBER).preview.sections[0][1])[FIELD]
    ask(gate, reason="补充了理由")
    with pytest.raises(OverrideRefused, match="已经申请过"):
        ask(gate)
    release(gate)
    assert NAME not in public_row().events[1].text


@pytest.mark.parametrize("actor", ["one", "two"])
@pytest.mark.usefixtures("held")
def test_it_takes_somebody_else_and_two_written_reasons(gate: Gate, actor: str) -> None:
    with pytest.raises(ReasonMissing):
        ask(gate, reason=" ")
    ask(gate)
    if actor == "one":
        with pytest.raises(OverrideRefused, match="不能自己批准"):
            decide(gate, actor)
    with pytest.raises(OverrideRefused, match="须由审核负责人"):
        decide(gate, actor, decider=False)
    with pytest.raises(ReasonMissing):
        decide(gate, actor, " ")
    with gate.stores.registry() as session:
        assert session.scalars(select(LeakOverride.state)).one() == OverrideState.ASKED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("电话18940710002", "电话号码"),
        ("1894071", "电话号码"),
        (f"{NAME}应于七日内腾退辰州路113号13号楼1单元2026室，电话18940710002", "电话号码"),
        ("腾退辰州路115号", "原文中没有"),
        ("公告", "不是本案已知的私密内容"),
        ("秦", "2 至 200"),
    ],
)
@pytest.mark.usefixtures("held")
def test_what_identifies_a_person_nobody_lets_stand(gate: Gate, text: str, said: str) -> None:
    with pytest.raises(OverrideRefused, match=said):
        ask(gate, text)
    assert preview_case(gate, NUMBER).overrides == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("210800197501056454", "身份证件号码"),
        ("6217003383693518269", "银行卡号"),
        ("1975年1月5日", "出生日期"),
        ("K7Q2ZW9HXM", "查询码"),
        ("肢体二级残疾", "健康状况"),
    ],
)
def test_none_of_what_the_record_says_of_a_person(
    gate: Gate, bring_in: Callable[..., None], make: Callable[..., Any], value: str, said: str
) -> None:
    bring_in(make(f"载明{value}一节。"))
    gate.publish_case(NUMBER, "clerk")
    with pytest.raises(OverrideRefused, match=said):
        ask(gate, value)


@pytest.mark.parametrize("fields", [{"minor": True}, {"birth_date": "2009-01-05", "id_number": ""}])
def test_no_child_is_named(
    gate: Gate,
    bring_in: Callable[..., None],
    make: Callable[..., Any],
    fields: dict[str, Any],
) -> None:
    record = make()
    record["parties"][1] |= fields
    record["measures"] = []
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    with pytest.raises(OverrideRefused, match="未成年人信息"):
        ask(gate)


@pytest.mark.usefixtures("held")
def test_everything_is_logged_and_nobody_is_overtaken(gate: Gate) -> None:
    before = item(gate)
    ask(gate)
    with pytest.raises(ReviewChanged):
        ask_override(gate, before.id, FIELD, NAME, "three", seen=before.edition, reason="也要")
    decide(gate)
    with gate.stores.registry() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    logged = [(e.actor, e.act, e.detail["reason"]) for e in entries if "override" in e.act]
    assert logged == [
        ("one", "review.ask_override", "公告须写明"),
        ("two", "review.grant_override", "同意"),
    ]
    assert NAME not in str([entry.detail for entry in entries])
