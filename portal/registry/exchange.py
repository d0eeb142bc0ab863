"""The exchange format: one enforcement case as the court's flow system hands it over.

Pydantic models, one a JSON object. Unknown fields are an error of the line, because a
field we do not know may be one we must not publish. What clerks may word freely (nodes,
behaviours, closing methods, wrong check digits) is kept; ``registry.doubts`` warns of it.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portal.reference import case_numbers
from portal.reference.vocabulary import (
    AuctionRound,
    AuctionStatus,
    ControlAction,
    ControlKind,
    DisclosureLevel,
    Exemption,
    MeasureKind,
    PartyKind,
    PartyRole,
    Performance,
    PropertyStatus,
)
from portal.registry.fields import (
    Amount,
    CourtCode,
    Day,
    Label,
    Moment,
    Name,
    Number,
    Short,
    Text,
    Word,
    problem,
)


class Part(BaseModel):
    """Base of every object of the format."""

    model_config = ConfigDict(extra="forbid", str_max_length=200_000)


class Basis(Part):
    """The document that is being enforced; ``obligation`` is free text that names people."""

    document_number: Short | None = None
    issuing_body: Short | None = None
    obligation: Text | None = None


class Handler(Part):
    """The judge or officer in charge; the name stays public, the office phone does not."""

    name: Short | None = None
    title: Short | None = None
    office_phone: Short | None = None


class Party(Part):
    """One party, with everything the court knows of it."""

    role: PartyRole
    kind: PartyKind
    name: Name
    former_names: list[Name] = []
    sex: Short | None = None
    birth_date: Day | None = None
    minor: bool = False
    ethnicity: Short | None = None
    id_type: Short | None = None
    id_number: Short | None = None
    address: Short | None = None
    phone: Short | None = None
    bank_account: Short | None = None
    employer: Short | None = None
    legal_representative: Short | None = None
    agent: Short | None = None
    health: Text | None = None


class Event(Part):
    """One node of the flow; ``node`` may be a word of the clerk's own."""

    node: Word
    at: Moment
    text: Text = ""


class PropertyControl(Part):
    """Property that was looked for or controlled."""

    kind: ControlKind
    action: ControlAction
    owner: Short | None = None
    description: Text | None = None
    amount: Amount | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None


class Measure(Part):
    """A measure against a party; the fields of 失信 follow 法释〔2017〕7号."""

    kind: MeasureKind
    party: Name
    decided_on: Day
    published_from: Day | None = None
    document_number: Short | None = None
    behaviour: Short | None = None
    performance: Performance | None = None
    performed_part: Short | None = None
    unperformed_part: Short | None = None
    term_months: Annotated[int, Field(ge=1, le=120)] | None = None
    exemption: Exemption | None = None
    text: Text | None = None
    ended_on: Day | None = None
    end_reason: Short | None = None


class Auction(Part):
    """A network auction (法释〔2016〕18号)."""

    lot: Word
    title: Short
    property_kind: Label | None = None
    description: Text | None = None
    platform: Label | None = None
    url: Short | None = None
    round: AuctionRound | None = None
    appraisal: Amount | None = None
    starting_price: Amount | None = None
    deposit: Amount | None = None
    increment: Amount | None = None
    announced_on: Day | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    status: AuctionStatus
    final_price: Amount | None = None


class Payment(Part):
    """Money that came in and went out; shown to the parties only."""

    received_on: Day | None = None
    amount: Amount | None = None
    disbursed_on: Day | None = None
    disbursed_amount: Amount | None = None
    payee: Short | None = None
    account: Short | None = None


class Checks(Part):
    """The five conditions of 终本 (法〔2016〕373号 art. 1)."""

    notice: bool = False
    restrictions: bool = False
    exhausted: bool = False
    three_months: bool = False
    sought: bool = False


class Requery(Part):
    """One of the six-monthly searches after 终本 (法〔2016〕373号 art. 9)."""

    on: Day
    result: Text = ""


class Closing(Part):
    """How the case ended; ``text`` is the ruling."""

    closed_on: Day
    method: Name
    amount_unpaid: Amount | None = None
    text: Text | None = None
    checks: Checks | None = None
    requeries: list[Requery] = []


class Disclosure(Part):
    """Whether the case may be shown, and the reason where it may not."""

    level: DisclosureLevel
    reason: Short | None = None


class QueryCode(Part):
    """The code printed on a party's notice."""

    party: Name
    code: Name


class CaseRecord(Part):
    """One line of the exchange file."""

    case_number: Number
    court: CourtCode
    filed_on: Day
    cause: Short | None = None
    property_status: PropertyStatus | None = None
    amount_claimed: Amount | None = None
    amount_recovered: Amount | None = None
    basis: Basis | None = None
    handler: Handler | None = None
    parties: list[Party] = []
    events: list[Event] = []
    property_controls: list[PropertyControl] = []
    measures: list[Measure] = []
    auctions: list[Auction] = []
    payments: list[Payment] = []
    closing: Closing | None = None
    resumed_from: Number | None = None
    resumed_as: Number | None = None
    related_cases: list[Number] = []
    disclosure: Disclosure | None = None
    query_codes: list[QueryCode] = []

    @model_validator(mode="after")
    def court_fits_the_number(self) -> CaseRecord:
        """A case number carries its court's code (法〔2015〕137号)."""
        if case_numbers.parse(self.case_number).court != self.court:
            raise problem("法院代码与案号中的法院不符")
        return self

    def to_content(self) -> dict[str, Any]:
        """The record as it is stored: JSON values, absent fields left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
