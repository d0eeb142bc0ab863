"""A process killed at any of its commits: the next run ends where nobody was killed."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from portal.disclosure.base import DisclosureBase
from portal.disclosure.envelopes import PartyEnvelope
from portal.disclosure.ledger import LedgerEntry
from portal.press.models import StoryState
from portal.publication.gate import Gate
from portal.publication.indexing import check_index, sync_index
from portal.publication.list_clearing import clear_lists
from portal.publication.reconcile import reconcile
from portal.publication.review import approve
from portal.publication.stories import withdraw_story
from portal.publication.withdrawal import ask_restoration, confirm_restoration, suspend_case
from portal.registry.audit import AuditEntry, first_broken_entry
from portal.registry.models import Review, ReviewState
from portal.stores import Stores
from tests.side_by_side import opened_views

NUMBER = "（2018）辽0803执123号"
Act = Callable[[Gate], Any]


def engines(stores: Stores) -> list[Engine]:
    return [sessions.kw["bind"] for sessions in (stores.registry, stores.disclosure)]


def killed_at(commit: int, gate: Gate, act: Act) -> bool:
    """Do it in a child process that dies just before its n-th commit; False where it had fewer."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert status in (0, signal.SIGKILL)
        return status == signal.SIGKILL
    commits = count(1)

    def die_at_last(_connection: object) -> None:
        if next(commits) == commit:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        for engine in engines(gate.stores):
            engine.dispose(close=False)
            event.listen(engine, "commit", die_at_last)
        act(gate)
        os._exit(0)
    finally:
        os._exit(1)


def every_death(
    prepared: Gate, make_gate: Callable[..., Gate], act: Act, folder: Path
) -> Iterator[Gate]:
    """The prepared stores after each way the act can be cut off."""
    for engine in engines(prepared.stores):
        engine.dispose()
    for commit in count(1):
        copy = folder / f"killed-{commit}"
        shutil.copytree(prepared.index_path.parent, copy)
        gate = make_gate(copy)
        if not killed_at(commit, gate, act):
            assert commit > 2, "the act commits in both stores"
            return
        yield gate


def public_rows(gate: Gate) -> dict[str, list[Any]]:
    """All public rows, without the moments."""
    with gate.stores.disclosure() as public:
        return {
            table.name: [
                {key: value for key, value in row.items() if not key.endswith("at")}
                for row in public.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in DisclosureBase.metadata.sorted_tables
            if table.name != PartyEnvelope.__tablename__
        } | {PartyEnvelope.__tablename__: opened_views(gate.stores)}


def office_rows(gate: Gate) -> dict[str, list[Any]]:
    """Reviews and acts, without moments and without what tells an entry written afterwards."""
    telling = {"reconciled", "rows"}
    with gate.stores.registry() as session:
        reviews = select(Review.case_id, Review.revision, Review.state).order_by(Review.id)
        acts = [
            (entry.act, entry.subject, {k: v for k, v in entry.detail.items() if k not in telling})
            for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))
            if entry.act != "publish.run"
        ]
        return {"reviews": [tuple(row) for row in session.execute(reviews)], "acts": acts}


def check_consistency(gate: Gate) -> None:
    """Every act of the ledger is in the log, the chain holds, the index shows what is public."""
    assert reconcile(gate.stores, "nobody") == 0
    with gate.stores.registry() as session:
        assert first_broken_entry(session) is None
    with gate.stores.disclosure() as public:
        keys = public.execute(
            select(
                LedgerEntry.item_kind, LedgerEntry.item_key, LedgerEntry.act, LedgerEntry.version
            )
        ).all()
    assert len(keys) == len(set(keys))
    sync_index(gate.stores.disclosure, gate.index_path)
    assert not check_index(gate.stores.disclosure, gate.index_path, repair=False)


def publish(gate: Gate) -> None:
    gate.publish_all("clerk")


@pytest.fixture
def prepared(
    make_gate: Callable[..., Gate],
    send: Callable[..., None],
    case: Callable[..., Any],
    tmp_path: Path,
) -> Gate:
    """A released case and a waiting one."""
    gate = make_gate(tmp_path / "prepared")
    send(gate.stores.registry, case(), case(case_number="（2018）辽0803执124号", disclosure=None))
    publish(gate)
    return gate


NEWER = {
    "released anew": {"cause": "买卖合同纠纷"},
    "held": {"disclosure": None},
    "held, listings ended": {"disclosure": None, "measures": []},
    "closed": {"disclosure": {"level": "不公开", "reason": "涉及个人隐私"}},
    "held, page must go": {"disclosure": {"level": "不公开"}},
}


@pytest.mark.parametrize("newer", NEWER)
def test_a_run_that_was_killed_is_made_up_for_by_the_next(
    prepared: Gate,
    make_gate: Callable[..., Gate],
    send: Callable[..., None],
    case: Callable[..., Any],
    tmp_path: Path,
    newer: str,
) -> None:
    send(prepared.stores.registry, case(**NEWER[newer]), case(case_number="（2018）辽0803执124号"))
    for engine in engines(prepared.stores):
        engine.dispose()
    shutil.copytree(tmp_path / "prepared", tmp_path / "straight")
    straight = make_gate(tmp_path / "straight")
    publish(straight)
    for gate in every_death(prepared, make_gate, publish, tmp_path):
        publish(gate)
        assert public_rows(gate) == public_rows(straight)
        assert office_rows(gate) == office_rows(straight)
        check_consistency(gate)


def waiting_review(gate: Gate) -> int:
    with gate.stores.registry() as session:
        return session.scalars(select(Review.id).filter_by(state=ReviewState.WAITING)).one()


def withdraw(gate: Gate) -> None:
    suspend_case(gate, NUMBER, "reviewer", "当事人异议成立")


def approve_waiting(gate: Gate) -> None:
    approve(gate, waiting_review(gate), "reviewer", "承办人确认公开", seen=1)


@pytest.mark.parametrize("act", [withdraw, approve_waiting], ids=["withdraw", "approve"])
def test_an_act_that_was_killed_is_done_or_was_never_begun(
    prepared: Gate, make_gate: Callable[..., Gate], tmp_path: Path, act: Act
) -> None:
    before = public_rows(prepared)
    shutil.copytree(tmp_path / "prepared", tmp_path / "straight")
    straight = make_gate(tmp_path / "straight")
    act(straight)
    publish(straight)
    after = public_rows(straight)
    seen = []
    for gate in every_death(prepared, make_gate, act, tmp_path):
        publish(gate)
        assert public_rows(gate) in (before, after)
        seen.append(public_rows(gate) == after)
        check_consistency(gate)
        if act is withdraw:
            # What the log says was withdrawn is not public.
            with gate.stores.registry() as session:
                decided = session.scalars(select(AuditEntry).filter_by(act="case.suspend")).all()
            assert bool(decided) == seen[-1]
    assert not seen[0] and seen[-1]


def test_a_restoration_that_was_killed_ends_with_the_case_public_or_withdrawn(
    prepared: Gate, make_gate: Callable[..., Gate], tmp_path: Path
) -> None:
    withdraw(prepared)
    act_id = ask_restoration(prepared, NUMBER, "reviewer", "复核后恢复")
    restore = partial(confirm_restoration, act_id=act_id, actor="chief", senior=True)
    seen = []
    for gate in every_death(prepared, make_gate, restore, tmp_path):
        publish(gate)
        check_consistency(gate)
        rows = public_rows(gate)
        seen.append(len(rows["public_case"]))
        assert len(rows["tombstone"]) == (0 if seen[-1] else 3)
    assert (seen[0], seen[-1]) == (0, 1)


def clear(gate: Gate) -> None:
    clear_lists(gate, "clerk", date(2020, 5, 4))


def test_a_clearing_of_the_lists_that_was_killed_is_finished_by_the_next(
    prepared: Gate, make_gate: Callable[..., Gate], tmp_path: Path
) -> None:
    for gate in every_death(prepared, make_gate, clear, tmp_path):
        clear(gate)
        assert public_rows(gate)["public_debtor"] == []
        check_consistency(gate)
        publish(gate)
        assert public_rows(gate)["public_debtor"] == []


@pytest.fixture
def story(prepared: Gate, reviewed: Callable[..., int]) -> int:
    """A story that waits for its signature."""
    return reviewed(prepared, title="执行款当天到位", body="正文一段。")


def test_a_story_is_public_only_with_its_signature(
    prepared: Gate,
    story: int,
    sign_as_chief: Callable[..., None],
    make_gate: Callable[..., Gate],
    tmp_path: Path,
) -> None:
    sign = partial(sign_as_chief, story_id=story)
    for gate in every_death(prepared, make_gate, sign, tmp_path):
        publish(gate)
        check_consistency(gate)
        with gate.stores.registry() as session:
            signed = session.scalars(
                select(AuditEntry).filter_by(actor="chief", act="story.publish")
            ).all()
        assert len(public_rows(gate)["public_story"]) == len(signed)
        if not signed:
            # Whoever was cut off signs it again.
            sign(gate)
            assert len(public_rows(gate)["public_story"]) == 1


def test_a_story_whose_withdrawal_was_killed_is_live_or_withdrawn_on_both_sides(
    prepared: Gate,
    story: int,
    sign_as_chief: Callable[..., None],
    make_gate: Callable[..., Gate],
    tmp_path: Path,
) -> None:
    from portal.press.models import Story

    sign_as_chief(prepared, story)
    with prepared.stores.registry() as session:
        slug = session.get_one(Story, story).slug
    take_down = partial(withdraw_story, slug=slug, actor="chief", reason="有误", signer=True)
    for gate in every_death(prepared, make_gate, take_down, tmp_path):
        publish(gate)
        check_consistency(gate)
        with gate.stores.registry() as session:
            live = session.get_one(Story, story).state == StoryState.PUBLISHED
        assert len(public_rows(gate)["public_story"]) == live


def test_what_was_written_afterwards_says_so(
    prepared: Gate,
    make_gate: Callable[..., Gate],
    send: Callable[..., None],
    case: Any,
    tmp_path: Path,
) -> None:
    send(prepared.stores.registry, case(cause="买卖合同纠纷"))
    marked = 0
    for gate in every_death(prepared, make_gate, publish, tmp_path):
        gate.publish_all("colleague")
        with gate.stores.registry() as session:
            for entry in session.scalars(select(AuditEntry)):
                if "reconciled" in entry.detail:
                    marked += 1
                    assert (entry.actor, entry.act) == ("colleague", "case.released")
                    assert entry.detail == {"version": 2, "reconciled": True}
    assert marked == 1
