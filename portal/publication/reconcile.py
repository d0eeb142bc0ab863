"""Makes up for a process that died after publishing and before its entry in the audit log.

The ledger is committed first (see ``turns``), so an act may stand there of which the log
says nothing. Each such act on a case gets its entry, marked as written afterwards, in the
name of whoever runs this, and so do the figures of statistics. A story is only public on a
signature: one without its entry is taken back and waits to be signed again. An envelope behind
which no good code stands is taken out. Running it again finds nothing to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import structlog
from sqlalchemy import select

from portal.disclosure.ledger import SHOWN, Act, LedgerEntry
from portal.press.models import Story, StoryState
from portal.publication.envelopes import sweep_envelopes
from portal.publication.queue import supersede_reviews
from portal.publication.release import last_entry
from portal.publication.statistics import ITEM as STATISTICS
from portal.publication.story_rows import remove_story
from portal.publication.turns import Turn, take_turn
from portal.publication.verdicts import AUDIT_ACTS
from portal.reference.press_forms import PressForm
from portal.registry.audit import AuditEntry, record_act
from portal.registry.models import RegistryCase
from portal.stores import Stores

log = structlog.get_logger(__name__)

STATISTICS_ACTS = {Act.RELEASED: "statistics.publish"}
STORY_ACTS = {Act.RELEASED: "story.publish", Act.WITHDRAWN: "story.withdraw"}
# What an entry of each kind is told by in the log: its act, its item and this of its detail.
_MARKS = {
    "case": (AUDIT_ACTS, "version"),
    STATISTICS: (STATISTICS_ACTS, "version"),
    **{str(form): (STORY_ACTS, "revision") for form in PressForm},
}
UNSIGNED = "签发中断，没有留下签发记录，系统已撤下"


def reconcile(stores: Stores, actor: str) -> int:
    """Write what the audit log lacks of the ledger's acts; return how many there were."""
    with take_turn(stores) as turn:
        cases = list(_unaudited(turn, "case"))
        for entry in cases:
            _make_up_case(turn, entry, actor)
        figures = list(_unaudited(turn, STATISTICS))
        for entry in figures:
            act = STATISTICS_ACTS[Act(entry.act)]
            _record(turn, actor, act, entry, {"version": entry.version})
        stories = [entry for form in PressForm for entry in _unaudited(turn, form)]
        for entry in stories:
            _make_up_story(turn, entry, actor)
        strays = sweep_envelopes(turn)
    if strays:
        log.warning("envelopes_swept", count=strays)
    count = len(cases) + len(figures) + len(stories)
    if count:
        log.warning("acts_reconciled", count=count)
    return count


def _unaudited(turn: Turn, kind: str) -> Iterator[LedgerEntry]:
    acts, mark = _MARKS[kind]
    # Counted, not only looked up: one version of a page can lose list entries twice.
    audited: Counter[tuple[str, str, Any]] = Counter()
    entries = select(AuditEntry.act, AuditEntry.subject, AuditEntry.detail).where(
        AuditEntry.act.in_(set(acts.values()))
    )
    for act, subject, detail in turn.registry.execute(entries.execution_options(yield_per=1000)):
        audited[act, subject, detail.get(mark)] += 1
    ledger = select(LedgerEntry).filter_by(item_kind=kind).order_by(LedgerEntry.id)
    for entry in turn.public.scalars(ledger.execution_options(yield_per=1000)):
        key = acts[Act(entry.act)], entry.item_key, getattr(entry, mark)
        if audited[key]:
            audited[key] -= 1
        else:
            yield entry


def _make_up_case(turn: Turn, entry: LedgerEntry, actor: str) -> None:
    case_id = turn.registry.scalars(
        select(RegistryCase.id).filter_by(case_number=entry.item_key)
    ).one_or_none()
    if case_id is not None and entry.act in SHOWN:
        supersede_reviews(turn.registry, case_id, up_to=entry.revision)
    _record(turn, actor, AUDIT_ACTS[Act(entry.act)], entry, {"version": entry.version})


def _make_up_story(turn: Turn, entry: LedgerEntry, actor: str) -> None:
    detail = {"revision": entry.revision}
    newest = last_entry(turn.public, entry.item_kind, entry.item_key)
    story = turn.registry.scalars(select(Story).filter_by(slug=entry.item_key)).one_or_none()
    _record(turn, actor, STORY_ACTS[Act(entry.act)], entry, detail)
    if newest is not entry or story is None:
        return
    story.published_at = story.live_revision = None
    if entry.act == Act.WITHDRAWN:
        story.state = StoryState.WITHDRAWN
    elif remove_story(turn.public, story, entry.policy_version):
        _record(turn, actor, STORY_ACTS[Act.WITHDRAWN], entry, detail | {"reason": UNSIGNED})


def _record(
    turn: Turn, actor: str, act: str, entry: LedgerEntry, detail: Mapping[str, Any]
) -> None:
    record_act(turn.registry, actor, act, entry.item_key, {**detail, "reconciled": True})
