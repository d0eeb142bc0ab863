"""What the worker does after the rules changed: find what they affect, publish what was chosen.

Both go on where they were after a kill: the items found and the place they were found up to are
committed together, and an item that shows today's rules already is not published twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

import structlog
from sqlalchemy import select

from portal.publication.gate import Gate
from portal.publication.outcomes import Outcome
from portal.publication.queue import is_waiting
from portal.publication.release import last_entry
from portal.publication.remembering import remembering
from portal.publication.rule_effects import (
    Effect,
    article_effects,
    case_effect,
    public_numbers,
)
from portal.registry.leases import JobState, own_job, renew_job
from portal.registry.models import RegistryCase
from portal.registry.rule_checks import ItemState, RuleCheck, RuleItem

log = structlog.get_logger(__name__)

BATCH = 20
FAILED = "failed"
OLD_RULES = "规则在检查之后又有变化，请重新检查"
Facts = dict[str, Any]


@dataclass(frozen=True)
class RuleWork:
    """The work on checks of one office."""

    gate: Gate
    clock: Callable[[], datetime]

    def work(self, check: RuleCheck) -> tuple[JobState, Facts]:
        """Find what the rules affect, or publish what was chosen. Raises JobLost."""
        if check.rules != self.gate.redactor.version:
            return JobState.FAILED, {"problem": OLD_RULES}
        # Sentences repeat from case to case; within one run each is read once.
        gate = replace(self.gate, redactor=remembering(self.gate.redactor))
        if check.applying:
            self._apply(gate, check)
        else:
            self._find(gate, check)
        with self.gate.stores.registry() as session:
            left = select(RuleItem.id).filter_by(
                check_id=check.id, kind="case", state=ItemState.LISTED
            )
            state = JobState.READY if session.scalars(left).first() else JobState.FINISHED
        return state, {"applying": False}

    def _find(self, gate: Gate, check: RuleCheck) -> None:
        with gate.stores.disclosure() as public:
            numbers = public_numbers(public)
        renew_job(gate.stores.registry, check, self.clock(), total=len(numbers))
        rest = iter([number for number in numbers if number > check.cursor])
        while batch := list(islice(rest, BATCH)):
            found = [effect for number in batch if (effect := case_effect(gate, number))]
            self._keep(check, found, cursor=batch[-1], done=numbers.index(batch[-1]) + 1)
        self._keep(check, article_effects(gate))

    def _keep(self, check: RuleCheck, effects: Iterable[Effect], **facts: Any) -> None:
        """Write down what was found together with how far that is. Raises JobLost."""
        listed = [_item(check.id, effect) for effect in effects]
        registry = self.gate.stores.registry
        renew_job(registry, check, self.clock())
        with registry.begin() as session:
            own = own_job(session, check)
            known = set(session.scalars(select(RuleItem.key).filter_by(check_id=check.id)))
            session.add_all(item for item in listed if item.key not in known)
            for name, value in facts.items():
                setattr(own, name, value)

    def _apply(self, gate: Gate, check: RuleCheck) -> None:
        registry = gate.stores.registry
        query = select(RuleItem).filter_by(check_id=check.id, state=ItemState.CHOSEN)
        with registry() as session:
            items = session.scalars(query.order_by(RuleItem.id)).all()
        renew_job(registry, check, self.clock(), done=check.total - len(items))
        for item in items:
            renew_job(registry, check, self.clock())
            outcome = self._publish(gate, item.key, check.actor)
            with registry.begin() as session:
                own = own_job(session, check)
                done = session.get_one(RuleItem, item.id)
                done.state, done.outcome = ItemState.DONE, outcome
                own.done += 1
        if items:
            gate.settle()

    def _publish(self, gate: Gate, number: str, actor: str) -> str:
        try:
            settled = self._outcome(gate, number)
            return settled or gate.publish_case(number, actor, again=True)
        except Exception as error:
            # One broken case must not keep the others under the old rules.
            log.error("publish_failed", case_number=number, error=type(error).__name__)
            return FAILED

    def _outcome(self, gate: Gate, number: str) -> Outcome | None:
        """What became of the case under today's rules, where that happened already."""
        version = gate.redactor.version
        with gate.stores.registry() as session, gate.stores.disclosure() as public:
            case = session.scalars(select(RegistryCase).filter_by(case_number=number)).one()
            entry = last_entry(public, "case", number)
            if is_waiting(session, case, version):
                return Outcome.HELD
            if entry is None or (entry.revision, entry.policy_version) != (case.revision, version):
                return None
            return Outcome.RELEASED


def _item(check_id: int, effect: Effect) -> RuleItem:
    return RuleItem(
        check_id=check_id,
        kind=effect.kind,
        key=effect.key,
        verdict=effect.verdict,
        changes=list(effect.changes),
        reasons=[{"reason": reason} for reason in effect.reasons],
        state=ItemState.LISTED,
    )
