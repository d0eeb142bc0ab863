"""Reading the dishonest-debtor list (法释〔2017〕7号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicDebtor
from portal.disclosure.namesakes import Named, listed_elsewhere, others_on_list
from portal.reference.dishonesty import Counted, count_term, item_name, read_items
from portal.reference.list_ends import removal_deadline
from portal.reference.workdays import Deadline

DEBTORS = PublicList(
    PublicDebtor,
    filters={
        "court": PublicDebtor.court_code,
        "kind": PublicDebtor.kind,
        "behaviour": PublicDebtor.behaviour,
    },
    day=PublicDebtor.published_on,
    orders=by_day(PublicDebtor.published_on, PublicDebtor.id),
)


@dataclass(frozen=True)
class Duration:
    """How long an entry stands and how that was counted (法释〔2017〕7号 art. 2).

    ``removed_by`` is the last day on which it may be seen once the term is over (art. 10).
    """

    counted: Counted
    months: int | None
    last_day: date | None
    removed_by: Deadline | None


@dataclass(frozen=True)
class DebtorRecord:
    """One entry, the cases of art. 1 it names, its term, and the others under the same name.

    ``namesakes`` are those of this list, ``elsewhere`` those of the list of restrictions.
    """

    debtor: PublicDebtor
    items: tuple[str, ...]
    duration: Duration
    namesakes: tuple[PublicDebtor, ...]
    elsewhere: tuple[Named, ...]


def read_debtor(session: Session, id_: str) -> DebtorRecord | None:
    """Read one entry with its namesakes, None when it is not public."""
    debtor = session.get(PublicDebtor, id_, options=[joinedload(PublicDebtor.case)])
    if debtor is None:
        return None
    return DebtorRecord(
        debtor=debtor,
        items=tuple(item_name(item) for item in read_items(debtor.behaviour)),
        duration=_duration(debtor),
        namesakes=others_on_list(session, debtor),
        elsewhere=listed_elsewhere(session, debtor),
    )


def _duration(debtor: PublicDebtor) -> Duration:
    # An entry released before the count was kept is counted by the same rule.
    kept = debtor.term_counted or count_term(debtor.behaviour, debtor.term_months).counted
    last_day = debtor.expires_on
    removed_by = removal_deadline(last_day) if last_day else None
    return Duration(Counted(kept), debtor.term_months, last_day, removed_by)
