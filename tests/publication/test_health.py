"""What should run by itself and does not is told, whatever it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.publication.health import (
    DAILY,
    PURGE,
    SILENT,
    WORKER,
    Condition,
    HealthSubject,
    read_health,
)
from portal.registry.audit_heads import sign_head
from portal.registry.heartbeats import beat
from portal.registry.jobs import IntakeJob, add_job
from portal.registry.leak_checks import begin_check, finish_check
from portal.registry.leases import claim_job
from portal.registry.list_runs import begin_run, finish_run

NOON = datetime(2018, 4, 9, 4, 0, tzinfo=UTC)
LEAK = {"item": "（2018）辽0803执1号", "path": "cause", "kind": "name", "reason": "姓名"}


def condition(gate, subject, now=NOON):
    return next(
        item for item in read_health(gate.stores, gate.index_path, now) if item.subject is subject
    )


def check(gate, *leaks, faults=()):
    check_id = begin_check(gate.stores.registry, "cron")
    finish_check(gate.stores.registry, check_id, scanned=7, leaks=leaks, faults=faults)


def clear(gate, failed=0):
    with gate.stores.registry.begin() as session:
        run_id = begin_run(session, date(2018, 4, 9), "cron")
        finish_run(session, run_id, examined=1, removed=0, late=0, failed=failed)


def sign(gate):
    with gate.stores.registry.begin() as session:
        sign_head(session, Ed25519PrivateKey.generate(), "cron")


def live(gate):
    beat(gate.stores.registry, WORKER, datetime.now(UTC))


def purge(gate):
    beat(gate.stores.registry, PURGE, datetime.now(UTC))


@pytest.mark.parametrize(
    ("subject", "act", "patience"),
    [
        (HealthSubject.LEAKS, check, DAILY),
        (HealthSubject.LISTS, clear, DAILY),
        (HealthSubject.AUDIT, sign, DAILY),
        (HealthSubject.WORKER, live, SILENT),
        (HealthSubject.INBOX, purge, DAILY),
    ],
)
def test_what_was_never_done_or_too_long_ago_is_late(gate, subject, act, patience):
    assert condition(gate, subject).condition is Condition.LATE
    assert condition(gate, subject).at is None
    with time_machine.travel(NOON, tick=False):
        act(gate)
    assert condition(gate, subject, NOON + patience).condition is Condition.GOOD
    late = condition(gate, subject, NOON + patience + timedelta(seconds=1))
    assert (late.condition, late.at) == (Condition.LATE, NOON)


def test_a_leak_or_a_broken_page_is_bad_until_a_check_finds_none(gate):
    with time_machine.travel(NOON, tick=False) as clock:
        check(gate, LEAK, LEAK, faults=[{"address": "/", "reason": "500"}])
        found = condition(gate, HealthSubject.LEAKS)
        assert (found.condition, found.number) == (Condition.BAD, 3)
        clock.shift(timedelta(hours=1))
        begin_check(gate.stores.registry, "cron")
        assert condition(gate, HealthSubject.LEAKS).condition is Condition.BAD
        check(gate)
        assert condition(gate, HealthSubject.LEAKS, NOON).condition is Condition.GOOD


def test_a_check_that_was_cut_off_does_not_count(gate):
    with time_machine.travel(NOON, tick=False):
        begin_check(gate.stores.registry, "cron")
    assert condition(gate, HealthSubject.LEAKS).condition is Condition.LATE


def test_a_clearing_that_left_cases_behind_is_bad(gate):
    with time_machine.travel(NOON, tick=False):
        clear(gate, failed=2)
    found = condition(gate, HealthSubject.LISTS)
    assert (found.condition, found.number) == (Condition.BAD, 2)


def test_a_worker_at_a_long_file_lives_though_it_is_silent(gate):
    registry = gate.stores.registry
    for name in ("a", "b"):
        add_job(registry, stored_as=name, file_name=name, actor="clerk", looking=False, now=NOON)
    waiting = condition(gate, HealthSubject.WORKER)
    assert (waiting.condition, waiting.number) == (Condition.LATE, 2)
    claim_job(registry, IntakeJob, "a worker", NOON)
    working = condition(gate, HealthSubject.WORKER)
    assert (working.condition, working.number) == (Condition.GOOD, 1)


def test_a_missing_index_is_bad_and_one_that_lags_is_late(gate, bring_in, case, tmp_path):
    missing = read_health(gate.stores, tmp_path / "nowhere", NOON)
    assert [item.condition for item in missing if item.subject is HealthSubject.INDEX] == [
        Condition.BAD
    ]
    bring_in(case())
    gate.publish_case(case()["case_number"], "clerk")
    lagging = condition(gate, HealthSubject.INDEX)
    assert lagging.condition in {Condition.LATE, Condition.BAD}
    gate.settle()
    assert condition(gate, HealthSubject.INDEX).condition is Condition.GOOD
