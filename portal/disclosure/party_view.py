"""What a party reads of its own case: the content of an envelope, written by the gate.

Every text has been through redaction and the leak check against what belongs to the others.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from portal.reference.vocabulary import DisclosureLevel, PartyRole


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Moment(_Part):
    """One node of the timeline, in full."""

    node: str
    at: datetime
    text: str = ""


class Control(_Part):
    """Property that was looked for or controlled. ``owner`` is a party, or masked."""

    kind: str
    action: str
    owner: str = ""
    description: str = ""
    amount: Decimal | None = None
    since: date | None = None
    until: date | None = None


class Taken(_Part):
    """A measure that was taken against a party."""

    kind: str
    party: str
    decided_on: date
    document_number: str = ""
    behaviour: str = ""
    performance: str = ""
    performed_part: str = ""
    unperformed_part: str = ""
    term_months: int | None = None
    text: str = ""
    ended_on: date | None = None
    end_reason: str = ""


class Receipt(_Part):
    """Money that came in and went out; ``account_tail`` are four characters, or none."""

    received_on: date | None = None
    amount: Decimal | None = None
    disbursed_on: date | None = None
    disbursed_amount: Decimal | None = None
    payee: str = ""
    account_tail: str = ""


class Lot(_Part):
    """A lot of an auction of this case."""

    title: str
    round: str = ""
    status: str
    platform: str = ""
    appraisal: Decimal | None = None
    starting_price: Decimal | None = None
    final_price: Decimal | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


class Paper(_Part):
    """A document of the case, or that one was served."""

    title: str
    number: str = ""
    on: date | None = None
    text: str = ""


class Requery(_Part):
    """One of the searches after 终本."""

    on: date
    result: str = ""


class Closing(_Part):
    """How the case ended."""

    closed_on: date
    method: str
    amount_unpaid: Decimal | None = None
    text: str = ""
    requeries: tuple[Requery, ...] = ()


class Participant(_Part):
    """A party by name and role; nothing else of it is told."""

    role: PartyRole
    name: str


class PartyView(_Part):
    """The whole. ``role`` and ``name`` are the reader's; ``as_of`` is when the record came in."""

    case_number: str
    court_code: str
    court_name: str
    filed_on: date
    level: str
    role: PartyRole
    name: str
    as_of: datetime
    cause: str = ""
    stage: str = ""
    property_status: str = ""
    amount_claimed: Decimal | None = None
    amount_recovered: Decimal | None = None
    basis_document: str = ""
    basis_unit: str = ""
    obligation: str = ""
    handler_name: str = ""
    handler_title: str = ""
    handler_phone: str = ""
    parties: tuple[Participant, ...] = ()
    events: tuple[Moment, ...] = ()
    controls: tuple[Control, ...] = ()
    measures: tuple[Taken, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    lots: tuple[Lot, ...] = ()
    papers: tuple[Paper, ...] = ()
    closing: Closing | None = None
    related: tuple[str, ...] = ()

    @property
    def is_applicant(self) -> bool:
        """Whether the reader is owed, and sees what was found of the debtors' property."""
        return self.role is PartyRole.APPLICANT

    @property
    def is_debtor(self) -> bool:
        """Whether the reader owes."""
        return self.role is PartyRole.DEBTOR

    @property
    def is_closed_to_the_public(self) -> bool:
        """Whether the public reads next to nothing of this case."""
        return self.level != DisclosureLevel.OPEN

    @property
    def received(self) -> Decimal:
        """Yuan that came in."""
        return sum((each.amount for each in self.receipts if each.amount), Decimal(0))

    @property
    def disbursed(self) -> Decimal:
        """Yuan that went out."""
        paid = (each.disbursed_amount for each in self.receipts if each.disbursed_amount)
        return sum(paid, Decimal(0))
