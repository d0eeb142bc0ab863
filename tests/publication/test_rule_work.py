"""After the rules changed nothing changes by itself; what they affect is told, chosen, renewed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.disclosure.ledger import LedgerEntry
from portal.disclosure.models import PublicCase
from portal.publication.gate import Gate
from portal.publication.notes import Why
from portal.publication.review import approve
from portal.publication.rule_effects import Verdict, article_effects, case_effect
from portal.publication.rule_work import OLD_RULES
from portal.publication.worker import Worker
from portal.registry import leases, rule_checks
from portal.registry.leases import JobState
from portal.registry.models import Review, ReviewState
from portal.registry.rule_checks import RuleCheck, RuleItem
from redaction import Policy, Redactor

NOW = datetime(2018, 5, 2, tzinfo=UTC)
SHIPPED = files("redaction").joinpath("policy.toml").read_text(encoding="utf-8")
NUMBERS = [f"（2018）辽0803执{serial}号" for serial in range(201, 206)]


def under(gate: Gate, *changes: tuple[str, str], version: str = "2019-01.1") -> Gate:
    """The gate as it would stand under a policy written differently."""
    text = re.sub(r'(?m)^version = ".*"', f'version = "{version}"', SHIPPED, count=1)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return replace(gate, redactor=Redactor(Policy.parse(text)))


CAUSE = 'documents = ["case", "dishonest_debtor", "restriction", "termination", "auction"]\n'
NO_CAUSE = (f'fields = ["cause"]\n{CAUSE}action = "redact_text"',
            f'fields = ["cause"]\n{CAUSE}action = "remove"')  # fmt: skip
SURER = ("hold_below = 0.65", "hold_below = 1.0")


@pytest.fixture
def published(gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]) -> Gate:
    """Five cases that are public under the rules shipped."""
    bring_in(*(case(case_number=number, measures=[]) for number in NUMBERS))
    assert gate.publish_all("clerk").released == len(NUMBERS)
    return gate


def worker_of(gate: Gate, tmp_path: Path, now: datetime = NOW) -> Worker:
    (tmp_path / "uploads").mkdir(exist_ok=True)
    return Worker(gate, tmp_path / "uploads", clock=lambda: now)


def check(gate: Gate, tmp_path: Path) -> RuleCheck:
    """Go over everything public; the newest check as it stands then."""
    registry = gate.stores.registry
    rule_checks.start_check(registry, gate.redactor.version, "chief", NOW)
    worker_of(gate, tmp_path).work_off()
    found = rule_checks.newest_check(registry)
    assert found is not None
    return found


def items_of(gate: Gate) -> list[RuleItem]:
    with gate.stores.registry() as session:
        return list(session.scalars(select(RuleItem).order_by(RuleItem.id)))


def public_of(gate: Gate) -> dict[str, PublicCase]:
    with gate.stores.disclosure() as public:
        rows = public.scalars(select(PublicCase)).all()
        for row in rows:
            list(row.notes)
        return {row.case_number: row for row in rows}


def test_the_same_rules_and_rules_that_say_the_same_affect_nothing(published: Gate) -> None:
    for gate in (published, under(published)):
        assert [case_effect(gate, number) for number in NUMBERS] == [None] * len(NUMBERS)
        assert list(article_effects(gate)) == []


def test_a_changed_policy_is_told_before_and_after_and_changes_nothing(
    published: Gate, tmp_path: Path
) -> None:
    gate = under(published, NO_CAUSE)
    before = {number: row.version for number, row in public_of(gate).items()}
    found = check(gate, tmp_path)
    assert (found.state, found.done, found.total) == (JobState.READY, 5, 5)
    assert [(item.key, item.verdict) for item in items_of(gate)] == [
        (number, Verdict.CHANGED) for number in NUMBERS
    ]
    (change,) = items_of(gate)[0].changes
    assert (change["field"], change["before"], change["after"]) == ("cause", "民间借贷纠纷", "")
    assert {number: row.version for number, row in public_of(gate).items()} == before
    # Nor does an ordinary run change what was published under the rules before.
    assert gate.publish_all("clerk").released == len(NUMBERS)
    assert {number: row.version for number, row in public_of(gate).items()} == before


def test_chosen_cases_get_a_version_that_says_why_and_the_others_stay(
    published: Gate, tmp_path: Path
) -> None:
    gate = under(published, NO_CAUSE)
    found = check(gate, tmp_path)
    registry = gate.stores.registry
    chosen = [item.id for item in items_of(gate)[:2]]
    assert rule_checks.choose_items(registry, found.id, chosen, "chief") == 2
    worker_of(gate, tmp_path).work_off()
    rows = public_of(gate)
    assert [rows[number].version for number in NUMBERS] == [2, 2, 1, 1, 1]
    assert rows[NUMBERS[0]].cause in (None, "")
    assert rows[NUMBERS[0]].notes[0].why == Why.RULES
    assert "规则更新" in Why.RULES
    assert [item.outcome for item in items_of(gate)] == ["released"] * 2 + [""] * 3
    # The rest can be chosen afterwards, and all of it once only.
    assert rule_checks.choose_items(registry, found.id, None, "chief") == 3
    worker_of(gate, tmp_path).work_off()
    assert {row.version for row in public_of(gate).values()} == {2}
    assert rule_checks.choose_items(registry, found.id, None, "chief") == 0
    with gate.stores.disclosure() as public:
        by = public.scalars(select(LedgerEntry.policy_version).order_by(LedgerEntry.id)).all()
    old, new = published.redactor.version, gate.redactor.version
    assert (set(by[:5]), set(by[5:])) == ({old}, {new})
    assert new.startswith("2019-01.1+")


def test_a_killed_rerun_goes_on_and_publishes_nothing_twice(
    published: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = under(published, NO_CAUSE)
    found = check(gate, tmp_path)
    rule_checks.choose_items(gate.stores.registry, found.id, None, "chief")

    class Killed(BaseException):
        pass

    published_one = Gate.publish_case

    def die_after_the_first(self: Gate, number: str, actor: str, *, again: bool = False) -> Any:
        published_one(self, number, actor, again=again)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Gate, "publish_case", die_after_the_first)
        with pytest.raises(Killed):
            worker_of(gate, tmp_path).work_off()
    assert sorted(row.version for row in public_of(gate).values()) == [1, 1, 1, 1, 2]
    worker_of(gate, tmp_path, NOW + 2 * leases.LEASE).work_off()
    assert {row.version for row in public_of(gate).values()} == {2}
    newest = rule_checks.newest_check(gate.stores.registry)
    assert newest is not None
    assert (newest.state, newest.done, newest.total) == (JobState.FINISHED, 5, 5)


def test_a_check_that_was_cut_off_lists_every_item_once(
    published: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.publication.rule_work.BATCH", 2)
    gate = under(published, NO_CAUSE)

    class Killed(BaseException):
        pass

    looked = []

    def die_at_the_third(gate: Gate, number: str) -> Any:
        looked.append(number)
        if len(looked) == 3:
            raise Killed
        return case_effect(gate, number)

    rule_checks.start_check(gate.stores.registry, gate.redactor.version, "chief", NOW)
    with monkeypatch.context() as patched:
        patched.setattr("portal.publication.rule_work.case_effect", die_at_the_third)
        with pytest.raises(Killed):
            worker_of(gate, tmp_path).work_off()
    assert [item.key for item in items_of(gate)] == NUMBERS[:2]
    worker_of(gate, tmp_path, NOW + 2 * leases.LEASE).work_off()
    assert [item.key for item in items_of(gate)] == NUMBERS


def test_what_new_rules_doubt_goes_to_a_reviewer_while_the_old_page_stays(
    published: Gate, tmp_path: Path
) -> None:
    gate = under(published, SURER)
    found = check(gate, tmp_path)
    assert {item.verdict for item in items_of(gate)} == {Verdict.HELD}
    assert items_of(gate)[0].reasons
    rule_checks.choose_items(gate.stores.registry, found.id, [items_of(gate)[0].id], "chief")
    worker_of(gate, tmp_path).work_off()
    assert public_of(gate)[NUMBERS[0]].version == 1
    with gate.stores.registry() as session:
        (review,) = session.scalars(select(Review).filter_by(state=ReviewState.WAITING))
    # It waits under these rules already: it is not told a second time.
    assert case_effect(gate, NUMBERS[0]) is None
    approve(gate, review.id, "reviewer1", "已核对", seen=review.edition)
    assert public_of(gate)[NUMBERS[0]].version == 2
    # What a reviewer let out knowingly is not doubted again for the same reasons.
    assert case_effect(gate, NUMBERS[0]) is None


def test_a_page_with_what_the_rules_now_hide_is_taken_away_when_renewed(
    published: Gate, tmp_path: Path
) -> None:
    with published.stores.disclosure.begin() as public:
        row = public.scalars(select(PublicCase).filter_by(case_number=NUMBERS[0])).one()
        row.cause = "秦椒榕借款"
    effect = case_effect(published, NUMBERS[0])
    assert effect is not None
    assert effect.verdict is Verdict.GONE
    # What is private stands in no item: its list is read by people who may not see the record.
    assert "秦椒榕" not in str(effect)


def test_rules_that_changed_again_are_not_applied_by_an_old_check(
    published: Gate, tmp_path: Path
) -> None:
    found = check(under(published, NO_CAUSE), tmp_path)
    rule_checks.choose_items(published.stores.registry, found.id, None, "chief")
    worker_of(under(published, version="2019-02.1"), tmp_path).work_off()
    newest = rule_checks.newest_check(published.stores.registry)
    assert newest is not None
    assert (newest.state, newest.problem) == (JobState.FAILED, OLD_RULES)
    assert {row.version for row in public_of(published).values()} == {1}


def test_other_rules_that_doubt_the_same_leave_a_waiting_item_as_old_as_it_is(
    gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    bring_in(case(disclosure=None))
    gate.publish_all("clerk")
    newer = under(gate)
    newer.publish_all("clerk")
    with gate.stores.registry() as session:
        old, new = session.scalars(select(Review).order_by(Review.id))
        assert (old.state, new.state) == (ReviewState.SUPERSEDED, ReviewState.WAITING)
        assert new.policy_version == newer.redactor.version
        assert new.created_at == old.created_at
