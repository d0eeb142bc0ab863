"""Public rows of a case: the case page and the list entries that hang on it.

Everything here was composed, masked and verified by the gate (portal.publication),
the only writer. Masking is irreversible: no column can be turned back into a name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.columns import Label, Line, Money
from portal.disclosure.base import DisclosureBase


class PublicCase(DisclosureBase):
    """One case as the public sees it; a closed one carries only the first block.

    法释〔2016〕19号 art. 6: where ``level`` is 不公开 only the number, the court, the
    date and ``closed_reason`` are filled.
    """

    __tablename__ = "public_case"
    __table_args__ = (
        Index(None, "filed_on", "id"),
        Index(None, "court_code", "filed_on", "id"),
        Index(None, "stage", "filed_on", "id"),
        Index(None, "court_code", "stage", "filed_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(String(64), unique=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    court_code: Mapped[Label]
    court_name: Mapped[Label]
    filed_on: Mapped[date]
    level: Mapped[Label]
    closed_reason: Mapped[Line]

    version: Mapped[int]
    released_at: Mapped[datetime]

    cause: Mapped[Line]
    stage: Mapped[Label]
    property_status: Mapped[Label]
    amount_claimed: Mapped[Money]
    amount_recovered: Mapped[Money]
    basis_document: Mapped[Line]
    basis_unit: Mapped[Line]
    obligation: Mapped[str] = mapped_column(Text, default="")
    handler_name: Mapped[Label]
    handler_title: Mapped[Label]
    # [{"role", "kind", "name"}]: names as masked for the case page
    parties: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # [{"kind", "action", "count"}]: what was controlled, never whose and where
    controls: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # [{"kind", "count"}]: measures taken, as counts
    measures: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # [{"label", "count", "article"}]: what was masked and why, without a value
    masked: Mapped[list[dict[str, Any]]] = mapped_column(default=list)

    closed_on: Mapped[date | None]
    closing_method: Mapped[Line]
    closing_text: Mapped[str] = mapped_column(Text, default="")
    amount_unpaid: Mapped[Money]

    links: Mapped[list[PublicLink]] = relationship(
        cascade="all, delete-orphan", order_by="PublicLink.id"
    )
    notes: Mapped[list[PublicNote]] = relationship(
        cascade="all, delete-orphan", order_by="PublicNote.position"
    )
    events: Mapped[list[PublicEvent]] = relationship(
        cascade="all, delete-orphan", order_by="PublicEvent.position"
    )
    debtors: Mapped[list[PublicDebtor]] = relationship(
        cascade="all, delete-orphan", back_populates="case"
    )
    restrictions: Mapped[list[PublicRestriction]] = relationship(
        cascade="all, delete-orphan", back_populates="case"
    )
    termination: Mapped[PublicTermination | None] = relationship(
        cascade="all, delete-orphan", back_populates="case"
    )
    auctions: Mapped[list[PublicAuction]] = relationship(
        cascade="all, delete-orphan", back_populates="case"
    )


class PublicLink(DisclosureBase):
    """A case names another one, public or not; ``relation`` is a word of ``Relation``."""

    __tablename__ = "public_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_case.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[str] = mapped_column(String(64), index=True)
    relation: Mapped[Label]


class PublicNote(DisclosureBase):
    """What changed on a case page, when and why, in public words only; the newest comes first."""

    __tablename__ = "public_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_case.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    version: Mapped[int]
    at: Mapped[datetime]
    why: Mapped[Label]
    # [{"part", "nodes", "more"}]: a part of the page; of the timeline, which nodes are new and
    # how many more stand in a clerk's own words
    changes: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class PublicEvent(DisclosureBase):
    """One node of the timeline, text as masked."""

    __tablename__ = "public_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_case.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    node: Mapped[Label]
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text, default="")


class PublicDebtor(DisclosureBase):
    """An entry of the dishonest-debtor list: the fields of 法释〔2017〕7号 art. 6, no more.

    ``id`` is an opaque token of the office, stable when the case is published again.
    ``term_counted`` says how the term came about (art. 2; ``reference.dishonesty.Counted``).
    """

    __tablename__ = "public_debtor"
    __table_args__ = (
        Index(None, "published_on", "id"),
        Index(None, "court_code", "published_on", "id"),
        Index(None, "behaviour", "published_on", "id"),
        Index(None, "kind", "published_on", "id"),
        Index(None, "court_code", "behaviour", "published_on", "id"),
        Index(None, "court_code", "kind", "published_on", "id"),
        Index(None, "expires_on", "id"),
        Index(None, "name"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_case.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[Label]
    name: Mapped[Line]
    sex: Mapped[Label]
    age: Mapped[int | None]
    id_type: Mapped[Label]
    id_masked: Mapped[Label]
    legal_representative: Mapped[Label]
    court_code: Mapped[Label]
    court_name: Mapped[Label]
    case_number: Mapped[Label]
    filed_on: Mapped[date]
    basis_document: Mapped[Line]
    basis_unit: Mapped[Line]
    obligation: Mapped[str] = mapped_column(Text, default="")
    behaviour: Mapped[Line]
    performance: Mapped[Label]
    performed_part: Mapped[Line]
    unperformed_part: Mapped[Line]
    published_on: Mapped[date]
    term_months: Mapped[int | None]
    term_counted: Mapped[Label]
    expires_on: Mapped[date | None]

    case: Mapped[PublicCase] = relationship(back_populates="debtors")


class PublicRestriction(DisclosureBase):
    """An entry of the consumption-restriction list (法释〔2015〕17号).

    Somebody limited for a company (art. 3) stands here with the ``company`` and in which
    ``capacity``; both are empty for a debtor himself.
    """

    __tablename__ = "public_restriction"
    __table_args__ = (
        Index(None, "decided_on", "id"),
        Index(None, "court_code", "decided_on", "id"),
        Index(None, "kind", "decided_on", "id"),
        Index(None, "court_code", "kind", "decided_on", "id"),
        Index(None, "name"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_case.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[Label]
    name: Mapped[Line]
    sex: Mapped[Label]
    id_type: Mapped[Label]
    id_masked: Mapped[Label]
    court_code: Mapped[Label]
    court_name: Mapped[Label]
    case_number: Mapped[Label]
    filed_on: Mapped[date]
    decided_on: Mapped[date]
    document_number: Mapped[Line]
    company: Mapped[Line]
    capacity: Mapped[Label]
    text: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[PublicCase] = relationship(back_populates="restrictions")


class PublicTermination(DisclosureBase):
    """A case closed by 终结本次执行程序 (法〔2016〕373号), persons masked.

    ``checks`` are the five conditions of art. 1, ``requeries`` the six-monthly
    searches of art. 9: [{"on", "result"}].
    """

    __tablename__ = "public_termination"
    __table_args__ = (
        Index(None, "closed_on", "id"),
        Index(None, "court_code", "closed_on", "id"),
        Index(None, "amount_unpaid", "id"),
        Index(None, "court_code", "amount_unpaid", "id"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_case.id", ondelete="CASCADE"), unique=True
    )
    debtors: Mapped[Line]
    court_code: Mapped[Label]
    court_name: Mapped[Label]
    case_number: Mapped[Label]
    filed_on: Mapped[date]
    closed_on: Mapped[date]
    amount_claimed: Mapped[Money]
    amount_unpaid: Mapped[Money]
    checks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    requeries: Mapped[list[dict[str, Any]]] = mapped_column(default=list)

    case: Mapped[PublicCase] = relationship(back_populates="termination")


class PublicAuction(DisclosureBase):
    """A network auction; ``url`` is empty where the address failed verification.

    ``link_state`` says where an officer found the link wrong (``LinkState``), empty elsewhere.
    """

    __tablename__ = "public_auction"
    __table_args__ = (
        Index(None, "starts_at", "id"),
        Index(None, "status", "starts_at", "id"),
        Index(None, "court_code", "starts_at", "id"),
        Index(None, "property_kind", "starts_at", "id"),
        Index(None, "court_code", "status", "starts_at", "id"),
        Index(None, "starting_price", "id"),
        Index(None, "court_code", "starting_price", "id"),
        Index(None, "status", "starting_price", "id"),
        Index(None, "property_kind", "starting_price", "id"),
        Index(None, "round", "starts_at", "id"),
        Index(None, "round", "starting_price", "id"),
        Index(None, "ends_at", "id"),
        Index(None, "district", "starts_at", "id"),
        Index(None, "district", "starting_price", "id"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_case.id", ondelete="CASCADE"), index=True
    )
    lot: Mapped[Label]
    title: Mapped[Line]
    property_kind: Mapped[Label]
    district: Mapped[Label]
    description: Mapped[str] = mapped_column(Text, default="")
    platform: Mapped[Label]
    url: Mapped[Line]
    link_state: Mapped[Label]
    round: Mapped[Label]
    appraisal: Mapped[Money]
    starting_price: Mapped[Money]
    deposit: Mapped[Money]
    increment: Mapped[Money]
    announced_on: Mapped[date | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    status: Mapped[Label]
    final_price: Mapped[Money]
    court_code: Mapped[Label]
    court_name: Mapped[Label]
    case_number: Mapped[Label]

    case: Mapped[PublicCase] = relationship(back_populates="auctions")
