"""The one-way gate: every case passes it on its way to the public, or is held.

compose → redact → verify the own output → release, or hold for a reviewer with the
reason. Fails closed: an error in the middle releases nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.disclosure.ledger import Act
from portal.disclosure.models import PublicCase
from portal.publication.addresses import item_id, list_rows
from portal.publication.compose import compose_case
from portal.publication.draft import CaseDraft
from portal.publication.errors import CaseUnknown
from portal.publication.indexing import sync_index
from portal.publication.leakcheck import find_leaks
from portal.publication.queue import case_terms, is_waiting, queue_case, supersede_reviews
from portal.publication.release import (
    last_entry,
    public_case,
    remove_case,
    remove_entries,
    replace_case,
)
from portal.reference.vocabulary import DisclosureLevel
from portal.registry.audit import record_act
from portal.registry.models import RegistryCase
from portal.settings import Settings
from portal.stores import Stores
from redaction import Redactor
from search_index import SearchIndexError

log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What became of a case at the gate."""

    RELEASED = "released"
    NOT_PUBLIC = "not_public"
    HELD = "held"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class PublishReport:
    """How the cases of the registry stand after a run, and the cases that failed in it.

    ``released + held + not_public + withdrawn + len(errors)`` is the number of cases.
    """

    released: int = 0
    held: int = 0
    not_public: int = 0
    withdrawn: int = 0
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gate:
    """The gate of one office: both stores, a redactor, the address key and the index."""

    stores: Stores
    redactor: Redactor
    key: bytes = field(repr=False)
    index_path: Path

    def draft(self, case: RegistryCase, terms: list[str]) -> CaseDraft:
        """Compose, redact and verify one case; writes nothing."""
        draft = compose_case(case.content, self.redactor, self.key, hide=terms)
        return CaseDraft(
            draft.case,
            draft.findings,
            draft.holds,
            find_leaks(draft.case, draft.private),
            draft.private,
        )

    def publish_case(self, case_number: str, actor: str, *, again: bool = False) -> Outcome:
        """Bring one case through the gate; ``again`` even when nothing changed.

        Raises CaseUnknown.
        """
        with self.stores.registry() as session:
            case = session.scalars(
                select(RegistryCase).filter_by(case_number=case_number)
            ).one_or_none()
            if case is None:
                raise CaseUnknown(f"没有案件 {case_number}")
            settled = None if again else self._settled(session, case)
            if settled:
                return settled
            terms = case_terms(session, case.id)
            draft = self.draft(case, terms)
        if draft.clean:
            return self.release(case, draft, actor)
        return self._hold(case, draft, actor)

    def publish_all(
        self, actor: str, progress: Callable[[int, int], None] | None = None
    ) -> PublishReport:
        """Bring every case through; one that fails is logged, counted and left as it was.

        ``progress`` is told cases done and cases in all. Interrupted, the next run goes
        on where this one stopped, because what is settled is passed over.
        """
        counts = dict.fromkeys(Outcome, 0)
        errors: list[str] = []
        with self.stores.registry() as session:
            total = session.scalar(select(func.count(RegistryCase.id))) or 0
            numbers = list(
                session.scalars(select(RegistryCase.case_number).order_by(RegistryCase.id))
            )
        for done, number in enumerate(numbers, 1):
            try:
                counts[self.publish_case(number, actor)] += 1
            except Exception as error:
                # One broken case must not keep the others from the public; it stays
                # unreleased, and the error's type says where to look without its values.
                log.error("publish_failed", case_number=number, error=type(error).__name__)
                errors.append(number)
            if progress:
                progress(done, total)
        report = PublishReport(
            counts[Outcome.RELEASED],
            counts[Outcome.HELD],
            counts[Outcome.NOT_PUBLIC],
            counts[Outcome.WITHDRAWN],
            tuple(errors),
        )
        self.settle()
        with self.stores.registry.begin() as session:
            record_act(
                session,
                actor,
                "publish.run",
                detail={key.value: count for key, count in counts.items()}
                | {"errors": len(errors)},
            )
        return report

    def release(self, case: RegistryCase, draft: CaseDraft, actor: str) -> Outcome:
        """Write a draft to the public store, then settle the review that waited for it."""
        with self.stores.disclosure.begin() as public:
            entry = replace_case(
                public,
                draft,
                revision=case.revision,
                policy_version=self.redactor.policy.version,
            )
            act, version = entry.act, entry.version
        with self.stores.registry.begin() as session:
            supersede_reviews(session, case.id)
            record_act(session, actor, f"case.{act}", case.case_number, {"version": version})
        return Outcome.RELEASED if act == Act.RELEASED else Outcome.NOT_PUBLIC

    def settle(self) -> None:
        """Bring what was committed everywhere: the index, and SQLite's file on disk.

        When another writer is at the index, that one will apply the changes; when the
        index is damaged, a rebuild will. Pages read the store and are right meanwhile.
        """
        self.stores.scrub_disclosure()
        try:
            sync_index(self.stores.disclosure, self.index_path)
        except SearchIndexError as error:
            # Nothing is lost: the outbox keeps the changes.
            log.error("index_not_synced", error=type(error).__name__)

    def _settled(self, session: Session, case: RegistryCase) -> Outcome | None:
        """How a case stands when this revision of it has been decided already."""
        if case.withdrawn_reason:
            return Outcome.WITHDRAWN
        with self.stores.disclosure() as public:
            entry = last_entry(public, "case", case.case_number)
            if entry and entry.revision == case.revision and entry.act != Act.WITHDRAWN:
                return Outcome(entry.act)
        held = is_waiting(session, case, self.redactor.policy.version)
        return Outcome.HELD if held else None

    def _hold(self, case: RegistryCase, draft: CaseDraft, actor: str) -> Outcome:
        self._retract_unsupported(case, draft, actor)
        with self.stores.registry.begin() as session:
            holds = queue_case(session, case, draft, self.redactor.policy.version)
            record_act(session, actor, "case.held", case.case_number, {"holds": holds})
        return Outcome.HELD

    def _retract_unsupported(self, case: RegistryCase, draft: CaseDraft, actor: str) -> None:
        """Take from the public what the newer record no longer supports.

        While a reviewer looks at the new version the old page may stay, but not when
        the case was closed to the public, when the old page holds what is now known
        to be private, or where a listing has ended.
        """
        with self.stores.disclosure.begin() as public:
            earlier = public_case(public, case.case_number)
            if earlier is None:
                return
            if self._must_go(earlier, draft):
                remove_case(public, case.case_number)
                retracted = 1
            else:
                kept = {item_id(row) for row in list_rows(draft.case)}
                gone = [row for row in list_rows(earlier) if item_id(row) not in kept]
                remove_entries(public, gone)
                retracted = len(gone)
        if retracted:
            with self.stores.registry.begin() as session:
                record_act(session, actor, "case.retracted", case.case_number, {"rows": retracted})

    @staticmethod
    def _must_go(earlier: PublicCase, draft: CaseDraft) -> bool:
        if draft.case.level == DisclosureLevel.CLOSED != earlier.level:
            return True
        return bool(find_leaks(earlier, draft.private))


def open_gate(settings: Settings, stores: Stores) -> Gate:
    """The gate of an office process, under the default policy."""
    return Gate(stores, Redactor(), settings.publication_key, settings.index_path)
