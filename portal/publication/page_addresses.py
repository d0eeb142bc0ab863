"""Every address of the public site, and how each is to answer: what ``portal verify`` walks.

A test holds this to the address book of the public surface: a new page that is not walked fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import (
    PublicAttachment,
    PublicGuide,
    PublicNotice,
    PublicPicture,
    PublicStory,
)
from portal.disclosure.ledger import Tombstone
from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicTermination,
)
from portal.disclosure.timeline import read_part
from portal.publication.addresses import PublicRow, list_rows, public_path
from portal.publication.story_rows import attachment_path
from portal.reference.courts import COURTS
from portal.reference.inability import BY_KEY
from portal.reference.indicators import INDICATORS
from portal.reference.own_case import LAST, ways
from portal.reference.press_forms import PressForm
from portal.reference.vocabulary import DisclosureLevel

SHOWN, MOVED, SENT_BACK, MISSING, GONE = 200, 302, 303, 404, 410
# Browsed from page to page until their end.
LISTS = ("/cases", "/debtors", "/restrictions", "/terminations", "/auctions", "/stories")


@dataclass(frozen=True)
class Visit:
    """An address with the status it is to answer with, and the row it shows, if it shows one."""

    address: str
    status: int = SHOWN
    row: PublicRow | None = None


def case_visits(case: PublicCase) -> Iterator[Visit]:
    """Every page that shows something of one case."""
    for row in list_rows(case):
        path = public_path(row)
        yield Visit(path, row=row)
        if isinstance(row, PublicTermination):
            yield Visit(f"{path}/application", row=row)
        if isinstance(row, PublicAuction):
            yield Visit(f"{path}/leave", SHOWN if row.url else MISSING, row)
    for part in range(1, read_part(case.events, None).parts):
        yield Visit(f"{public_path(case)}?part={part}", row=case)
    closed = case.level == DisclosureLevel.CLOSED
    yield Visit(f"/feeds/cases/{case.slug}.atom", GONE if closed else SHOWN, case)
    yield Visit(f"/submissions/new?{urlencode({'about': public_path(case)})}", row=case)
    yield Visit(f"/party?{urlencode({'case': case.slug})}", row=case)


def standing_visits() -> Iterator[Visit]:
    """What stands whatever is public: pages, feeds, calendars, forms, every way of questions."""
    for address in (
        *("/", "/about", "/rules", "/robots.txt", "/healthz", "/readyz"),
        *("/search", "/search?q=执行", "/debtors/by-number"),
        *("/guides", "/notices", "/stories/archive", "/feeds/stories.atom"),
        *("/feeds/auctions.ics", f"/feeds/auctions.ics?court={COURTS[0].code}"),
        *("/submissions/new", "/submissions/status", "/inability", "/inability/which"),
        *("/statistics", "/statistics.csv"),
        *("/party", "/party?state=left", "/party?state=ended"),
    ):
        yield Visit(address)
    for indicator in INDICATORS:
        yield Visit(f"/statistics/{indicator.code}")
        yield Visit(f"/statistics/{indicator.code}.csv")
    yield from (Visit(f"/inability/{key}", MOVED) for key in BY_KEY)
    for way in ways():
        yield Visit(f"/inability/which?{urlencode(way)}")
        yield Visit(f"/inability/which?{urlencode(way | {LAST: COURTS[0].code})}")
    yield Visit("/submissions/receipt", GONE)
    # What a party reads is opened by its code alone; its envelope is looked at by itself.
    yield Visit("/party/case", SENT_BACK)
    yield Visit("/nothing-here", MISSING)


def article_visits(public: Session) -> Iterator[Visit]:
    """Stories, guides, notices, pictures and files."""
    for table, folder in ((PublicStory, "stories"), (PublicGuide, "guides")):
        for slug in public.scalars(select(table.slug).order_by(table.id)):
            yield Visit(f"/{folder}/{slug}")
    for slug, form in public.execute(
        select(PublicNotice.slug, PublicNotice.form).order_by(PublicNotice.id)
    ):
        yield Visit(f"/notices/{slug}")
        if form == PressForm.REWARD:
            yield Visit(f"/submissions/new?{urlencode({'about': f'/notices/{slug}'})}")
    names = select(PublicPicture.name).distinct().order_by(PublicPicture.name)
    yield from (Visit(f"/pictures/{name}.jpg") for name in public.scalars(names))
    files = select(PublicAttachment.notice_slug, PublicAttachment.name)
    for slug, name in public.execute(files.order_by(PublicAttachment.notice_slug)):
        yield Visit(attachment_path(slug, name))


def grave_visits(public: Session) -> Iterator[Visit]:
    """Every address that has to answer 410."""
    graves = public.scalars(select(Tombstone.path).order_by(Tombstone.path))
    yield from (Visit(path, GONE) for path in graves)
