"""Turns public rows into documents of the search index: public text in, nothing else.

Only a list entry is found by its legal name. A case is found by its number, its court
and its masked text, never by a party's real name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypedDict

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicGuide, PublicNotice, PublicStory
from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicDebtor,
    PublicRestriction,
    PublicTermination,
)
from portal.plaintext import html_to_text
from portal.reference import case_numbers
from portal.reference.press_forms import FACTS, FORM_NAMES, PressForm
from portal.reference.vocabulary import PartyKind
from search_index import Document, Kind

MODELS: dict[Kind, Any] = {
    Kind.CASE: PublicCase,
    Kind.DEBTOR: PublicDebtor,
    Kind.RESTRICTION: PublicRestriction,
    Kind.TERMINATION: PublicTermination,
    Kind.AUCTION: PublicAuction,
    Kind.STORY: PublicStory,
    Kind.GUIDE: PublicGuide,
    Kind.REWARD: PublicNotice,
    Kind.REGULATION: PublicNotice,
    Kind.RECEPTION: PublicNotice,
    Kind.CHANNEL: PublicNotice,
}
_SLUGGED = frozenset({PublicCase, PublicStory, PublicGuide, PublicNotice})


def load_document(public: Session, kind: Kind, item_id: str) -> Document | None:
    """The document of one public item, or None when it is not public any more."""
    row = public.scalars(_rows(kind).where(_key(kind) == item_id)).one_or_none()
    return None if row is None else _BUILDERS[kind](row)


def all_documents(public: Session) -> Iterator[Document]:
    """Every document that should be in the index, streamed."""
    for kind, model in MODELS.items():
        rows = _rows(kind).order_by(model.id).execution_options(yield_per=500)
        for row in public.scalars(rows):
            yield _BUILDERS[kind](row)


def expected_ids(public: Session) -> Iterator[tuple[Kind, str]]:
    """Kind and id of everything public."""
    for kind in MODELS:
        for item_id in public.scalars(_rows(kind).with_only_columns(_key(kind))):
            yield kind, item_id


def _rows(kind: Kind) -> Select[Any]:
    """The public rows of a kind; the notices of every form stand in one table."""
    query = select(MODELS[kind])
    return query.where(PublicNotice.form == kind) if MODELS[kind] is PublicNotice else query


def _key(kind: Kind) -> Any:
    model = MODELS[kind]
    return model.slug if model in _SLUGGED else model.id


class _Keys(TypedDict):
    case_keys: tuple[str, ...]
    near_keys: tuple[str, ...]


_NO_KEYS: _Keys = {"case_keys": (), "near_keys": ()}


def _keys(written: str) -> _Keys:
    number = case_numbers.parse(written)
    return {"case_keys": (number.key,), "near_keys": number.near_keys}


def _lines(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text)


def _case(row: PublicCase) -> Document:
    # Organisations are named as they are; natural persons stand here as masked.
    organisations = [p["name"] for p in row.parties or [] if p["kind"] != PartyKind.PERSON]
    return Document(
        Kind.CASE,
        row.slug,
        title=_title(row.case_number, row.cause),
        url=f"/cases/{row.slug}",
        **_keys(row.case_number),
        names=tuple(organisations),
        body=_lines(
            row.court_name,
            row.closed_reason,
            row.cause,
            row.obligation,
            *(event.text for event in row.events),
            row.closing_method,
            row.closing_text,
        ),
        court=row.court_code,
        date=row.filed_on,
        status=row.stage,
    )


def _title(number: str, *parts: str) -> str:
    return " ".join(part for part in (number, *parts) if part)


def _entry_url(folder: str, row: Any) -> str:
    return f"/{folder}/{row.id}"


def _debtor(row: PublicDebtor) -> Document:
    return Document(
        Kind.DEBTOR,
        row.id,
        title=row.name,
        url=_entry_url("debtors", row),
        **_keys(row.case_number),
        names=tuple(name for name in (row.name, row.legal_representative) if name),
        body=_lines(row.case_number, row.court_name, row.behaviour, row.obligation),
        court=row.court_code,
        date=row.published_on,
        status=row.performance,
    )


def _restriction(row: PublicRestriction) -> Document:
    return Document(
        Kind.RESTRICTION,
        row.id,
        title=row.name,
        url=_entry_url("restrictions", row),
        **_keys(row.case_number),
        names=tuple(name for name in (row.name, row.company) if name),
        body=_lines(row.case_number, row.court_name, row.text),
        court=row.court_code,
        date=row.decided_on,
    )


def _termination(row: PublicTermination) -> Document:
    return Document(
        Kind.TERMINATION,
        row.id,
        title=_title(row.case_number, "终结本次执行程序"),
        url=_entry_url("terminations", row),
        **_keys(row.case_number),
        body=_lines(row.court_name, row.debtors),
        court=row.court_code,
        date=row.closed_on,
    )


def _auction(row: PublicAuction) -> Document:
    return Document(
        Kind.AUCTION,
        row.id,
        title=row.title,
        url=_entry_url("auctions", row),
        **_keys(row.case_number),
        body=_lines(row.lot, row.property_kind, row.platform, row.court_name, row.description),
        court=row.court_code,
        date=row.starts_at.date() if row.starts_at else None,
        status=row.status,
    )


def _story(row: PublicStory) -> Document:
    return Document(
        Kind.STORY,
        row.slug,
        title=row.title,
        url=f"/stories/{row.slug}",
        body=_lines(row.kind, row.lead, html_to_text(row.body_html)),
        date=row.published_on,
        status=row.kind,
    )


def _guide(row: PublicGuide) -> Document:
    return Document(
        Kind.GUIDE,
        row.slug,
        title=row.title,
        url=f"/guides/{row.slug}",
        body=_lines(row.section, row.lead, html_to_text(row.body_html)),
        date=row.updated_on,
        status=row.section,
    )


def _notice(row: PublicNotice) -> Document:
    """A notice is found by its title, by every field and the name of its form, and by its text."""
    number, form = row.facts.get("case_number"), PressForm(row.form)
    facts = (
        f"{field.title}：{field.shown(row.facts[field.name])}"
        for field in FACTS[form]
        if row.facts.get(field.name)
    )
    return Document(
        Kind(row.form),
        row.slug,
        title=row.title,
        url=f"/notices/{row.slug}",
        **(_keys(number) if number else _NO_KEYS),
        body=_lines(html_to_text(row.body_html), *facts, FORM_NAMES[form]),
        date=row.published_on,
        status=row.facts.get("status", ""),
    )


_BUILDERS: dict[Kind, Callable[[Any], Document]] = {
    Kind.CASE: _case,
    Kind.DEBTOR: _debtor,
    Kind.RESTRICTION: _restriction,
    Kind.TERMINATION: _termination,
    Kind.AUCTION: _auction,
    Kind.STORY: _story,
    Kind.GUIDE: _guide,
    Kind.REWARD: _notice,
    Kind.REGULATION: _notice,
    Kind.RECEPTION: _notice,
    Kind.CHANNEL: _notice,
}
