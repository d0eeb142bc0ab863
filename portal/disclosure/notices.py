"""Reading standing pages and notices with their files, and the pictures of stories."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.disclosure.articles import (
    PublicAttachment,
    PublicNotice,
    PublicPicture,
    PublicStory,
)
from portal.disclosure.models import PublicAuction, PublicCase


def list_notices(session: Session) -> Sequence[PublicNotice]:
    """All notices, newest first."""
    query = select(PublicNotice).order_by(PublicNotice.published_on.desc(), PublicNotice.id.desc())
    return session.scalars(query).all()


def read_notice(session: Session, slug: str) -> PublicNotice | None:
    """One notice, None when it is not public."""
    return session.scalar(select(PublicNotice).where(PublicNotice.slug == slug))


def read_attachment(session: Session, slug: str, name: str) -> bytes | None:
    """The file of a notice by its name, None when the notice does not have this one."""
    query = select(PublicAttachment.data).filter_by(notice_slug=slug, name=name)
    return session.scalar(query)


def read_picture(session: Session, name: str) -> bytes | None:
    """The bytes of one size of a picture, None when no story shows it."""
    query = select(PublicPicture.data).where(PublicPicture.name == name).limit(1)
    return session.scalar(query)


def story_links(session: Session, story: PublicStory) -> list[tuple[str, str]]:
    """(title, path) of what a story links to and is public itself at this moment."""
    keys = {(link["kind"], link["key"]) for link in story.links}
    numbers = [key for kind, key in keys if kind == "case"]
    ids = [key for kind, key in keys if kind == "auction"]
    cases = select(PublicCase).where(PublicCase.case_number.in_(numbers))
    auctions = select(PublicAuction).where(PublicAuction.id.in_(ids))
    return [
        *((case.case_number, f"/cases/{case.slug}") for case in session.scalars(cases)),
        *((lot.title, f"/auctions/{lot.id}") for lot in session.scalars(auctions)),
    ]


def story_months(session: Session) -> list[tuple[str, int]]:
    """(month as YYYY-MM, stories in it), newest first."""
    days = session.execute(
        select(PublicStory.published_on, func.count()).group_by(PublicStory.published_on)
    )
    months: dict[str, int] = {}
    for day, number in days:
        month = f"{day:%Y-%m}"
        months[month] = months.get(month, 0) + number
    return sorted(months.items(), reverse=True)
