from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import AuditEntry, first_broken_entry
from portal.staff.permissions import Permission
from portal.staff.refusals import Refusal, RefusalKind, note_refusal

NOON = datetime(2018, 5, 2, 4, tzinfo=UTC)
REFUSAL = Refusal(
    RefusalKind.PERMISSION, "POST", "/cases/<int:case_id>/<path:rest>", Permission.REVIEW
)


def told(registry: sessionmaker[Session]) -> list[tuple[str, int]]:
    with registry() as session:
        assert first_broken_entry(session) is None
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.actor, entry.detail.get("times", 1)) for entry in entries]


def test_the_same_refusal_is_told_ever_more_seldom(registry: sessionmaker[Session]) -> None:
    for second in range(100):
        note_refusal(registry, REFUSAL, actor="zhou", now=NOON + timedelta(seconds=second))
    assert told(registry) == [("zhou", times) for times in (1, 2, 4, 8, 16, 32, 64)]


def test_after_an_hour_it_is_told_anew(registry: sessionmaker[Session]) -> None:
    for minutes in (0, 30, 59, 60, 61):
        note_refusal(registry, REFUSAL, actor="zhou", now=NOON + timedelta(minutes=minutes))
    assert told(registry) == [("zhou", times) for times in (1, 2, 1, 2)]


@pytest.mark.parametrize(
    "other",
    [
        Refusal(RefusalKind.STALE_FORM, "POST", REFUSAL.rule),
        Refusal(RefusalKind.PERMISSION, "GET", REFUSAL.rule, Permission.REVIEW),
        Refusal(RefusalKind.PERMISSION, "POST", "/audit", Permission.READ_AUDIT),
    ],
)
def test_another_refusal_is_told_at_once(registry: sessionmaker[Session], other: Refusal) -> None:
    for refusal in (REFUSAL, other):
        note_refusal(registry, refusal, actor="zhou", now=NOON)
    assert told(registry) == [("zhou", 1), ("zhou", 1)]


def test_the_entry_names_the_pattern_of_the_address(registry: sessionmaker[Session]) -> None:
    note_refusal(registry, REFUSAL, actor="zhou", now=NOON)
    with registry() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert entry.subject == "/cases/<case_id>/<rest>"
    assert entry.detail == {"method": "POST", "permission": "REVIEW"}
