"""What the gate does with a prepared case, inside its turn: release it, hold it, take it away.

Each writes the public rows with their ledger entry, settles what waited in the queue, and
leaves one entry in the audit log for each entry of the ledger, naming its version.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.disclosure.ledger import SHOWN, Act, LedgerEntry
from portal.disclosure.models import PublicCase
from portal.publication.addresses import PublicRow, item_id, list_rows
from portal.publication.draft import Prepared
from portal.publication.envelopes import remove_views
from portal.publication.leakcheck import find_leaks
from portal.publication.links import links_stand
from portal.publication.mark_rows import (
    note_published,
    published_allowances,
    read_marks,
    store_reading,
)
from portal.publication.queue import queue_case, supersede_reviews
from portal.publication.release import (
    last_entry,
    public_case,
    remove_case,
    remove_entries,
    replace_case,
)
from portal.publication.turns import Turn
from portal.reference.vocabulary import DisclosureLevel
from portal.registry.audit import record_act
from portal.registry.link_marks import marked_links
from portal.registry.list_runs import lists_day
from portal.registry.models import RegistryCase

# The audit log's word for each entry of the ledger about a case.
AUDIT_ACTS = {
    Act.RELEASED: "case.released",
    Act.NOT_PUBLIC: "case.not_public",
    Act.REDUCED: "case.retracted",
    Act.WITHDRAWN: "case.retracted",
}


def still_holds(turn: Turn, prepared: Prepared) -> RegistryCase | None:
    """The case as it stands now, or None where the draft was made of something older."""
    case = turn.registry.get_one(RegistryCase, prepared.case_id)
    made_from = (prepared.revision, prepared.marks, prepared.lists_day, prepared.links)
    now = (
        case.revision,
        read_marks(turn.registry, case.id, case.revision),
        lists_day(turn.registry),
        marked_links(turn.registry, case.id),
    )
    return case if now == made_from else None


def shown_act(turn: Turn, case: RegistryCase) -> Act | None:
    """How this very revision of the case was published, or None where it was not."""
    entry = last_entry(turn.public, "case", case.case_number)
    if entry is None or entry.act not in SHOWN or entry.revision != case.revision:
        return None
    return Act(entry.act)


def links_as_marked(turn: Turn, case: RegistryCase, key: bytes) -> bool:
    """Whether the public page says of the links of auctions what their marks say."""
    public = public_case(turn.public, case.case_number)
    rows = public.auctions if public else ()
    return links_stand(rows, case.content, marked_links(turn.registry, case.id), key)


def release_case(turn: Turn, prepared: Prepared, policy_version: str, actor: str) -> Act:
    """Put the draft in the place of what was public, and close what waited for it."""
    entry = replace_case(
        turn.public, prepared.draft, revision=prepared.revision, policy_version=policy_version
    )
    supersede_reviews(turn.registry, prepared.case_id)
    note_published(turn.registry, prepared.case_id, prepared.revision, prepared.draft.allowances)
    note_release(turn, entry, actor)
    return Act(entry.act)


def hold_case(
    turn: Turn, case: RegistryCase, prepared: Prepared, policy_version: str, actor: str
) -> None:
    """Queue the case for a reviewer; what the newer record no longer supports goes at once."""
    _retract_unsupported(turn, prepared, actor)
    store_reading(turn.registry, case, prepared.machine)
    holds = queue_case(turn.registry, case, prepared.draft, policy_version)
    record_act(turn.registry, actor, "case.held", case.case_number, {"holds": holds})


def take_away(turn: Turn, case_number: str, actor: str) -> bool:
    """Remove all that is public of a case; False where nothing was."""
    earlier = public_case(turn.public, case_number)
    rows = len(list_rows(earlier)) if earlier else 0
    entry = remove_case(turn.public, case_number)
    if entry is None:
        return False
    note_release(turn, entry, actor, rows=rows)
    return True


def take_all(turn: Turn, case: RegistryCase, actor: str) -> bool:
    """Remove what is public of a withdrawn case and its parties' views; False for neither."""
    had_views = remove_views(turn, case)
    return take_away(turn, case.case_number, actor) or had_views


def take_entries(
    turn: Turn, case: PublicCase, rows: Sequence[PublicRow], actor: str, **detail: str
) -> None:
    """Remove single list entries of a case and leave the rest of it public."""
    note_release(turn, remove_entries(turn.public, case, rows), actor, rows=len(rows), **detail)


def _retract_unsupported(turn: Turn, prepared: Prepared, actor: str) -> None:
    """Take from the public what the newer record no longer supports.

    While a reviewer looks at the new version the old page may stay, but not when the case
    was closed to the public, when the old page holds what is now known to be private, or
    where a listing has ended.
    """
    earlier = public_case(turn.public, prepared.case_number)
    if earlier is None:
        return
    if _must_go(turn, earlier, prepared):
        take_away(turn, prepared.case_number, actor)
        return
    kept = {item_id(row) for row in list_rows(prepared.draft.case)}
    gone = [row for row in list_rows(earlier) if item_id(row) not in kept]
    if gone:
        take_entries(turn, earlier, gone, actor)


def _must_go(turn: Turn, earlier: PublicCase, prepared: Prepared) -> bool:
    draft = prepared.draft
    if draft.case.level == DisclosureLevel.CLOSED != earlier.level:
        return True
    entry = last_entry(turn.public, "case", prepared.case_number)
    shown = entry.revision if entry else 0
    allowances = published_allowances(turn.registry, prepared.case_id, shown)
    return bool(find_leaks(earlier, draft.private, allowances))


def note_release(turn: Turn, entry: LedgerEntry, actor: str, **detail: int | str) -> None:
    """Write into the audit log what the ledger says of a case."""
    record_act(
        turn.registry,
        actor,
        AUDIT_ACTS[Act(entry.act)],
        entry.item_key,
        {"version": entry.version, **detail},
    )
