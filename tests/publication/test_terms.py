"""A reviewer's words: masked or kept in one case, taken back, and never against the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.publication.errors import PublicationError, ReasonMissing, ReviewDecided
from portal.publication.gate import Gate, Outcome
from portal.publication.inspection import inspect_public
from portal.publication.preview import preview_case
from portal.publication.review import approve
from portal.publication.terms import hide_term, keep_term, remove_term
from portal.registry.audit import AuditEntry
from portal.registry.models import CaseTerm, Review, ReviewState

NUMBER = "（2018）辽0803执123号"
PHRASE = "辰州路88号"


@pytest.fixture
def held(gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]) -> None:
    """A case that waits, with an address in it that is nobody's home."""
    record = case(disclosure=None)
    record["events"][1]["text"] = f"被执行人秦椒榕到盖州市{PHRASE}的诉讼服务站提交材料。"
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")


def waiting(gate: Gate) -> int:
    with gate.stores.registry() as session:
        return session.scalars(select(Review.id).filter_by(state=ReviewState.WAITING)).one()


def shown(gate: Gate) -> str:
    return str(preview_case(gate, NUMBER).sections)


def acts(gate: Gate) -> list[tuple[str, dict[str, Any]]]:
    with gate.stores.registry() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.act, entry.detail) for entry in entries if entry.act.startswith("review.")]


@pytest.mark.usefixtures("held")
def test_a_kept_word_stands_as_it_is_written(gate: Gate, public_row: Callable[[], Any]) -> None:
    assert PHRASE not in shown(gate)
    assert keep_term(gate, waiting(gate), PHRASE, "法院自己的地址", "reviewer") is Outcome.HELD
    assert PHRASE in shown(gate)
    approve(gate, waiting(gate), "reviewer", "确认公开")
    assert PHRASE in public_row().events[1].text
    assert "秦椒榕" not in public_row().events[1].text
    assert inspect_public(gate).leaks == ()


# Each is a party's name or private value, whole, in part, or in another written form.
NEVER_KEPT = [
    "秦椒榕",
    "秦 椒 榕",
    "被执行人秦椒榕到盖州市",
    "18940710002",
    "189-4071-0002",
    "秦小椒",
]


@pytest.mark.parametrize("term", NEVER_KEPT)
@pytest.mark.usefixtures("held")
def test_a_private_word_is_masked_all_the_same_and_holds_the_case(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any], term: str
) -> None:
    assert keep_term(gate, waiting(gate), term, "以为可以", "reviewer") is Outcome.HELD
    # Clean but for the word: that alone holds it.
    bring_in(case())
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    preview = preview_case(gate, NUMBER)
    assert "未予保留" in str(preview.holds)
    case_page = str(preview.sections[0])
    assert "秦椒榕" not in case_page and "18940710002" not in case_page
    (asked,) = preview.terms
    assert remove_term(gate, waiting(gate), asked.id, "当事人姓名", "reviewer") is Outcome.RELEASED


@pytest.mark.usefixtures("held")
def test_every_change_is_logged_with_its_reason_and_without_the_word(gate: Gate) -> None:
    keep_term(gate, waiting(gate), PHRASE, "法院自己的地址", "reviewer")
    hide_term(gate, waiting(gate), "诉讼服务站", "reviewer")
    for term in preview_case(gate, NUMBER).terms:
        remove_term(gate, waiting(gate), term.id, "不再需要", "colleague")
    logged = acts(gate)
    assert [act for act, _ in logged] == [
        "review.keep_term",
        "review.hide_term",
        "review.unset_keep",
        "review.unset_hide",
    ]
    assert logged[0][1]["reason"] == "法院自己的地址"
    assert logged[2][1]["reason"] == "不再需要"
    assert PHRASE not in str(logged) and "诉讼服务站" not in str(logged)
    assert preview_case(gate, NUMBER).terms == ()


@pytest.mark.usefixtures("held")
def test_keeping_and_taking_back_need_a_reason(gate: Gate) -> None:
    with pytest.raises(ReasonMissing):
        keep_term(gate, waiting(gate), PHRASE, " ", "reviewer")
    hide_term(gate, waiting(gate), "诉讼服务站", "reviewer")
    (term,) = preview_case(gate, NUMBER).terms
    with pytest.raises(ReasonMissing):
        remove_term(gate, waiting(gate), term.id, "", "reviewer")


@pytest.mark.usefixtures("held")
def test_one_word_is_not_hidden_and_kept(gate: Gate) -> None:
    hide_term(gate, waiting(gate), PHRASE, "reviewer")
    with pytest.raises(PublicationError, match="已列为屏蔽词"):
        keep_term(gate, waiting(gate), PHRASE, "法院自己的地址", "reviewer")
    with gate.stores.registry() as session:
        assert session.scalars(select(CaseTerm.kind)).all() == ["hide"]


@pytest.mark.usefixtures("held")
def test_a_word_of_another_case_or_a_decided_item_is_refused(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    hide_term(gate, waiting(gate), PHRASE, "reviewer")
    first = waiting(gate)
    (term,) = preview_case(gate, NUMBER).terms
    approve(gate, first, "reviewer", "确认")
    with pytest.raises(ReviewDecided):
        remove_term(gate, first, term.id, "不再需要", "reviewer")
    bring_in(case(case_number="（2018）辽0803执124号", disclosure=None))
    gate.publish_case("（2018）辽0803执124号", "clerk")
    with pytest.raises(PublicationError, match="没有这个词"):
        remove_term(gate, waiting(gate), term.id, "不再需要", "reviewer")
