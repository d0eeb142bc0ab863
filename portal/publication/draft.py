"""What the gate has in its hands before it decides: a draft and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.disclosure.models import PublicCase
from portal.publication.allowances import Allowance
from portal.publication.party_views import ComposedView
from portal.registry.link_marks import MarkedLink
from redaction import FieldFinding, Grade, Hold, Mark, PrivateValue, RecordRedactor


@dataclass(frozen=True)
class CaseDraft:
    """The public form of one case, not yet written anywhere.

    ``holds`` are doubts of composing and redacting; ``leaks`` are private values the
    gate found in its own output. Either keeps the draft from being released by itself.
    ``by_case`` is what it was redacted with; ``people`` maps the names of the case to what is
    shown for them.
    """

    case: PublicCase
    by_case: RecordRedactor = field(repr=False)
    findings: tuple[FieldFinding, ...] = ()
    holds: tuple[Hold, ...] = ()
    leaks: tuple[Hold, ...] = ()
    private: tuple[PrivateValue, ...] = field(default=(), repr=False)
    people: Mapping[str, str] = field(default_factory=dict, repr=False)
    allowances: tuple[Allowance, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether the draft may be released without a human."""
        return not self.holds and not self.leaks

    @property
    def gravest(self) -> Grade:
        """The gravest doubt that somebody settles who releases this draft."""
        forbidden = any(hold.grade is Grade.FORBIDDEN for hold in self.holds)
        return Grade.FORBIDDEN if forbidden else Grade.REVIEW


@dataclass(frozen=True)
class ViewDraft:
    """One party's view, not yet closed; ``access_id`` is the code that will open it."""

    access_id: int
    composed: ComposedView = field(repr=False)


@dataclass(frozen=True)
class Prepared:
    """A draft and what of the registry it was made from; stale once any of that changed.

    ``lists_day`` is the day the lists were last cleared for, ``links`` the marks on links of
    auctions. ``views`` are the parties' own; ``read`` is the grade of doubts that releasing the
    draft settles for them. ``machine`` is what the recognisers find where no reviewer marked
    anything.
    """

    case_id: int
    case_number: str
    revision: int
    marks: tuple[Mark, ...]
    lists_day: date | None
    links: tuple[MarkedLink, ...]
    draft: CaseDraft
    views: tuple[ViewDraft, ...] = ()
    read: Grade = Grade.MASKED
    machine: tuple[FieldFinding, ...] = ()
