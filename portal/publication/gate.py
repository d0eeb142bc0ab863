"""The one-way gate: every case passes it on its way to the public, or is held.

compose → redact → verify the own output → release, or hold for a reviewer with the
reason. Fails closed: an error in the middle releases nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.disclosure.lookups import LookupKeys
from portal.publication.compose import compose_case
from portal.publication.draft import CaseDraft, Prepared
from portal.publication.envelopes import has_views, prepare_views, put_views
from portal.publication.errors import CaseUnknown, ReviewDecided
from portal.publication.indexing import sync_index
from portal.publication.leakcheck import find_leaks
from portal.publication.listings import ended_paths, paid_in_resumed
from portal.publication.lookups import write_lookups
from portal.publication.mark_rows import read_marks, stored_reading
from portal.publication.outcomes import Outcome, PublishReport
from portal.publication.own_policy import read_policy
from portal.publication.party_codes import enrol_parties
from portal.publication.party_keys import Desk
from portal.publication.preview_shelf import PreviewShelf
from portal.publication.queue import is_waiting
from portal.publication.reconcile import reconcile
from portal.publication.release import public_case
from portal.publication.turns import Turn, take_turn
from portal.publication.verdicts import (
    hold_case,
    links_as_marked,
    release_case,
    shown_act,
    still_holds,
    take_all,
)
from portal.registry.audit import record_act
from portal.registry.link_marks import MarkedLink, marked_links
from portal.registry.list_runs import lists_day
from portal.registry.models import RegistryCase
from portal.registry.review_queue import count_waiting_by_reason
from portal.settings import Settings
from portal.stores import Stores
from redaction import Grade, Mark, Redactor
from search_index import SearchIndexError, Where

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Gate:
    """The gate of one office: both stores, a redactor, its keys and the index.

    ``previews`` are those reviewers look at just now, so that no page is made twice.
    """

    stores: Stores
    redactor: Redactor
    key: bytes = field(repr=False)
    index_path: Where
    lookup_keys: LookupKeys
    previews: PreviewShelf = field(default_factory=PreviewShelf, repr=False, compare=False)

    @property
    def desk(self) -> Desk:
        """Where the codes of parties are handled."""
        return Desk(self.stores, self.key)

    def prepare(self, session: Session, case: RegistryCase, *, approved: bool = False) -> Prepared:
        """Compose, redact and verify one case under its marks; writes nothing.

        ``approved`` where a reviewer is about to release it: what he reads of it is settled for
        the parties as well.
        """
        marks = read_marks(session, case.id, case.revision)
        day = lists_day(session)
        ended = ended_paths(case.content, day, paid_in_resumed(session, case.content))
        links = marked_links(session, case.id)
        draft = self.draft(case.content, marks, ended, links)
        machine = draft.findings
        if marks:
            stored = stored_reading(session, case)
            bare = self.draft(case.content, (), ended) if stored is None else None
            machine = bare.findings if bare else stored or ()
        read = draft.gravest if approved else Grade.MASKED
        views = prepare_views(self.desk, session, case, draft.by_case, read)
        number, revision = case.case_number, case.revision
        return Prepared(case.id, number, revision, marks, day, links, draft, views, read, machine)

    def draft(
        self,
        content: Mapping[str, Any],
        marks: tuple[Mark, ...],
        ended: Collection[str],
        links: Collection[MarkedLink] = (),
    ) -> CaseDraft:
        """The public form of a record under some marks, read again for what is private."""
        draft = compose_case(
            content, self.redactor, self.key, marks=marks, ended=ended, links=links
        )
        leaks = find_leaks(draft.case, draft.private, draft.allowances)
        return replace(draft, leaks=leaks)

    def publish_case(
        self, case_number: str, actor: str, *, again: bool = False, renew: bool = False
    ) -> Outcome:
        """Bring one case through the gate; ``again`` even when nothing changed.

        ``renew`` makes the parties' views anew, whatever there is of them.

        Safe beside any other run: what somebody else decided meanwhile is not decided
        twice, and a draft whose record or marks changed meanwhile is made anew.
        Raises CaseUnknown.
        """
        while True:
            with self.stores.registry() as session, self.stores.disclosure() as public:
                case = session.scalars(
                    select(RegistryCase).filter_by(case_number=case_number)
                ).one_or_none()
                if case is None:
                    raise CaseUnknown(f"没有案件 {case_number}")
                turn = Turn(session, public)
                settled = self._settled(turn, case, again=again)
                withdrawn = bool(case.withdrawn_reason)
                views_due = renew or case.views_revision != case.revision
                if settled and (withdrawn or not views_due):
                    return settled
            if withdrawn:
                self.take_back(case_number, actor)
                continue
            enrol_parties(self.desk, case_number)
            with self.stores.registry() as session:
                case = session.scalars(
                    select(RegistryCase).filter_by(case_number=case_number)
                ).one()
                prepared = self.prepare(session, case)
            outcome = self._decide(prepared, actor, again=again)
            if outcome:
                return outcome

    def publish_all(
        self, actor: str, progress: Callable[[int, int], None] | None = None
    ) -> PublishReport:
        """Bring every case through; one that fails is logged, counted and left as it was.

        ``progress`` is told cases done and cases in all. Interrupted, the next run goes
        on where this one stopped, because what is settled is passed over.
        """
        reconcile(self.stores, actor)
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
            count_waiting_by_reason(self.stores.registry),
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

    def release(self, prepared: Prepared, actor: str) -> Outcome:
        """Release what a reviewer approved.

        Raises ReviewDecided where the record or the marks are no longer those he saw.
        """
        outcome = self._decide(prepared, actor, approved=True)
        if outcome is None:
            raise ReviewDecided("案件数据或标记已更新，请回到审核列表查看新的结果")
        return outcome

    def take_back(self, case_number: str, actor: str) -> bool:
        """Remove what is public of a withdrawn case, the views of its parties with it.

        False where there was nothing.
        """
        with take_turn(self.stores) as turn:
            case = turn.registry.scalars(
                select(RegistryCase).filter_by(case_number=case_number)
            ).one()
            return bool(case.withdrawn_reason) and take_all(turn, case, actor)

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

    def _decide(
        self, prepared: Prepared, actor: str, *, again: bool = False, approved: bool = False
    ) -> Outcome | None:
        """Take a turn and release or hold the case; None where the draft is old by now."""
        policy_version = self.redactor.version
        with take_turn(self.stores) as turn:
            case = still_holds(turn, prepared)
            if case is None:
                return None
            if case.withdrawn_reason:
                take_all(turn, case, actor)
                return Outcome.WITHDRAWN
            # What a reviewer let out goes out, even where an older form of it is public.
            outcome = self._settled(turn, case, again=again or approved)
            if outcome is None:
                if approved or prepared.draft.clean:
                    outcome = Outcome(release_case(turn, prepared, policy_version, actor))
                    # Read in the turn: a key that was exchanged before it is seen here.
                    newest = self.lookup_keys.read()[-1]
                    write_lookups(turn.public, prepared.draft.case, case.content, self.key, newest)
                else:
                    hold_case(turn, case, prepared, policy_version, actor)
                    outcome = Outcome.HELD
            # A party's right to its own view does not wait for what the public may see.
            put_views(self.desk, turn, case, prepared.views, prepared.read)
            return outcome

    def _settled(self, turn: Turn, case: RegistryCase, *, again: bool = False) -> Outcome | None:
        """How a case stands when this revision of it has been decided already.

        None for a withdrawn case of which something is public yet: the process that
        withdrew it died half-way.
        """
        if case.withdrawn_reason:
            shown = public_case(turn.public, case.case_number) is not None
            return None if shown or has_views(turn, case) else Outcome.WITHDRAWN
        if again:
            return None
        act = shown_act(turn, case)
        if act and (not case.auction_count or links_as_marked(turn, case, self.key)):
            return Outcome(act)
        held = is_waiting(turn.registry, case, self.redactor.version)
        return Outcome.HELD if held else None


def open_gate(settings: Settings, stores: Stores) -> Gate:
    """The gate of an office process, under the court's own policy or the one shipped.

    Raises ConfigurationError where the court's own policy cannot be read.
    """
    keys = LookupKeys(settings.lookup_keys)
    keys.create()
    redactor = Redactor(read_policy(settings.policy_path))
    return Gate(stores, redactor, settings.publication_key, settings.index_path, keys)
