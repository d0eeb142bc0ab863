"""The link an auction has in public: the imported one, or what an officer's mark makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.disclosure.models import PublicAuction
from portal.publication.addresses import EntryIds
from portal.reference.platforms import verified_auction_url
from portal.reference.vocabulary import LinkState
from portal.registry.link_marks import MarkedLink, auction_key

Record = Mapping[str, Any]


def public_link(
    auction: Record, url: str, marks: Iterable[MarkedLink]
) -> tuple[str, LinkState | None]:
    """Address and state of a link; the address is empty where none may be shown.

    ``auction`` is the private record, by which a mark is known, ``url`` what redaction left of
    its address.
    """
    key = auction_key(auction)
    for mark in marks:
        if (mark.lot, mark.round, mark.url) == key:
            corrected = verified_auction_url(mark.new_url)
            return (corrected, LinkState.CORRECTED) if corrected else ("", LinkState.CHECKING)
    return verified_auction_url(url) or "", None


def auction_ids(content: Record, key: bytes) -> Iterator[tuple[str, Record]]:
    """Every auction of a record with the id of its public row, as composing gives it."""
    ids = EntryIds(key, content["case_number"])
    for auction in content.get("auctions") or []:
        yield ids.make("auction", auction["lot"], str(auction.get("round") or "")), auction


def links_stand(
    rows: Iterable[PublicAuction], content: Record, marks: Iterable[MarkedLink], key: bytes
) -> bool:
    """Whether the public rows say of their links what the marks say.

    They do not where a process died between the two stores while it marked one.
    """
    public = {row.id: row for row in rows}
    for id_, auction in auction_ids(content, key):
        row = public.get(id_)
        if row is None:
            continue
        url, state = public_link(auction, row.url, marks)
        if row.link_state != (state or "") or (state and row.url != url):
            return False
    return True
