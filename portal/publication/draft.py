"""What the gate has in its hands before it decides: a draft and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from portal.disclosure.models import PublicCase
from redaction import FieldFinding, Hold, PrivateValue


@dataclass(frozen=True)
class Terms:
    """Words of one case that reviewers want masked, and kept, in the order they asked."""

    hide: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseDraft:
    """The public form of one case, not yet written anywhere.

    ``holds`` are doubts of composing and redacting; ``leaks`` are private values the
    gate found in its own output. Either keeps the draft from being released by itself.
    """

    case: PublicCase
    findings: tuple[FieldFinding, ...] = ()
    holds: tuple[Hold, ...] = ()
    leaks: tuple[Hold, ...] = ()
    private: tuple[PrivateValue, ...] = field(default=(), repr=False)

    @property
    def clean(self) -> bool:
        """Whether the draft may be released without a human."""
        return not self.holds and not self.leaks


@dataclass(frozen=True)
class Prepared:
    """A draft and what of the registry it was made from; stale once any of that changed.

    ``lists_day`` is the day the lists were last cleared for.
    """

    case_id: int
    case_number: str
    revision: int
    terms: Terms
    lists_day: date | None
    draft: CaseDraft
