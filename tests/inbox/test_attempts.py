"""Tries are counted once each, waits grow, and nothing in the store says who tried."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import sessionmaker

from portal.extensions import configure_sqlite
from portal.inbox.attempts import Attempt, Attempts, Patience, forget_old
from portal.inbox.rules import LOOKUPS_NEAR_NUMBER, RULES
from portal.migrations.runner import Store, upgrade

NOW = datetime(2018, 5, 2, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PATIENCE = Patience("test", free=3, first=MINUTE, longest=8 * MINUTE, window=60 * MINUTE)


@pytest.fixture
def attempts(tmp_path: Path) -> Iterator[Attempts]:
    """Counters in a real SQLite file."""
    engine = create_engine(f"sqlite:///{tmp_path}/inbox.db")
    configure_sqlite(engine, read_only=False)
    upgrade(engine, Store.INBOX)
    yield Attempts(sessionmaker(engine), b"key")
    engine.dispose()


def spend(attempts: Attempts, minutes: float = 0, subject: str = "192.0.2.7") -> timedelta | None:
    return attempts.spend(PATIENCE, subject, NOW + minutes * MINUTE)


def test_free_tries_are_free_and_then_the_wait_doubles_up_to_the_longest(attempts) -> None:
    assert [spend(attempts) for _ in range(3)] == [None] * 3
    at, waits = 0.0, []
    for _ in range(6):
        wait = spend(attempts, at)
        assert wait is not None
        waits.append(wait / MINUTE)
        at += waits[-1]
        assert spend(attempts, at) is None, "the wait is over"
    assert waits == [1, 2, 4, 8, 8, 8]


def test_a_try_that_has_to_wait_is_not_counted_and_the_wait_runs_down(attempts) -> None:
    for _ in range(3):
        spend(attempts)
    assert [spend(attempts, at) for at in (0.25, 0.5, 0.75)] == [
        0.75 * MINUTE,
        0.5 * MINUTE,
        0.25 * MINUTE,
    ]
    assert spend(attempts, 1) is None
    assert spend(attempts, 1) == 2 * MINUTE


def test_subjects_and_scopes_are_counted_apart(attempts) -> None:
    for _ in range(3):
        spend(attempts)
    assert spend(attempts, subject="192.0.2.8") is None
    other = Patience("other", free=3, first=MINUTE, longest=MINUTE, window=2 * MINUTE)
    assert attempts.spend(other, "192.0.2.7", NOW) is None
    assert spend(attempts) == MINUTE


def test_who_stays_away_for_the_window_starts_anew(attempts) -> None:
    for _ in range(3):
        spend(attempts)
    assert [spend(attempts, 60) for _ in range(3)] == [None] * 3
    assert spend(attempts, 60) == MINUTE


def test_who_gets_it_right_is_forgotten(attempts) -> None:
    for _ in range(3):
        spend(attempts)
    attempts.clear(PATIENCE, "192.0.2.7")
    assert spend(attempts) is None


def test_the_store_does_not_say_who_tried(attempts, tmp_path: Path) -> None:
    spend(attempts)
    with attempts.inbox() as session:
        (row,) = session.scalars(select(Attempt))
    assert len(row.subject) == 64
    files = b"".join(path.read_bytes() for path in tmp_path.glob("inbox.db*"))
    assert b"192.0.2.7" not in files
    other_key = Attempts(attempts.inbox, b"another key")
    other_key.spend(PATIENCE, "192.0.2.7", NOW)
    with attempts.inbox() as session:
        assert len({row.subject for row in session.scalars(select(Attempt))}) == 2


def test_tries_at_the_same_moment_are_all_counted(attempts) -> None:
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: spend(attempts), range(24)))
    assert outcomes.count(None) == 3


def test_old_counters_are_deleted_and_young_ones_stay(attempts) -> None:
    spend(attempts, 0, "old")
    spend(attempts, 30, "young")
    assert forget_old(attempts.inbox, [PATIENCE], NOW + 61 * MINUTE) == 1
    assert forget_old(attempts.inbox, [PATIENCE], NOW + 61 * MINUTE) == 0
    with attempts.inbox() as session:
        assert len(session.scalars(select(Attempt)).all()) == 1


@given(st.integers(0, 10_000))
def test_waits_never_shrink_and_never_pass_the_longest(count: int) -> None:
    for patience in RULES:
        wait, next_wait = patience.wait_after(count), patience.wait_after(count + 1)
        assert timedelta(0) <= wait <= next_wait <= patience.longest
        assert (wait == timedelta(0)) == (count < patience.free)


def test_a_window_that_would_give_the_free_tries_back_with_every_wait_is_refused() -> None:
    with pytest.raises(ValueError, match="window"):
        Patience("x", free=1, first=MINUTE, longest=MINUTE, window=MINUTE)


def test_guessing_one_person_gets_twenty_five_tries_a_year() -> None:
    # docs/privacy.md: some 3 300 numbers fit what a list shows, age, sex and district.
    tries, at = 0, timedelta(0)
    while at < timedelta(days=365):
        tries += 1
        at += LOOKUPS_NEAR_NUMBER.wait_after(tries)
    assert tries == 25
