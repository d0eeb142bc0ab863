"""Opaque addresses of list entries, and where each public row stands on the site."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import Counter

from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicDebtor,
    PublicRestriction,
    PublicTermination,
)
from portal.reference.case_numbers import parse

PublicRow = PublicCase | PublicDebtor | PublicRestriction | PublicTermination | PublicAuction


class EntryIds:
    """Makes the ids of one case's list entries.

    An id is a keyed hash of what identifies the entry in the registry: it stays when
    the case is published again, and nobody without the office's key can compute a
    name from it or walk from one entry to the next.
    """

    def __init__(self, key: bytes, case_number: str) -> None:
        self._key = key
        self._case_number = case_number
        self._seen: Counter[tuple[str, ...]] = Counter()

    def make(self, *facts: str) -> str:
        """Id for these facts; the same facts again (a true duplicate) get the next id."""
        self._seen[facts] += 1
        message = "\x1f".join((self._case_number, *facts, str(self._seen[facts])))
        digest = hmac.new(self._key, message.encode(), hashlib.sha256).digest()
        return base64.b32encode(digest[:10]).decode().lower()


_FOLDERS: dict[type, tuple[str, str]] = {
    PublicCase: ("case", "cases"),
    PublicDebtor: ("debtor", "debtors"),
    PublicRestriction: ("restriction", "restrictions"),
    PublicTermination: ("termination", "terminations"),
    PublicAuction: ("auction", "auctions"),
}


def item_kind(row: PublicRow) -> str:
    """Kind of a public row, as outbox and index name it."""
    return _FOLDERS[type(row)][0]


def item_id(row: PublicRow) -> str:
    """Id of a public row within its kind: the slug of a case, the token of an entry."""
    return row.slug if isinstance(row, PublicCase) else row.id


def public_path(row: PublicRow) -> str:
    """Path of the page that shows this row."""
    return f"/{_FOLDERS[type(row)][1]}/{item_id(row)}"


def case_path(case_number: str) -> str:
    """Path of the page that a case has, had or would have."""
    return f"/{_FOLDERS[PublicCase][1]}/{parse(case_number).slug}"


def list_rows(case: PublicCase) -> list[PublicRow]:
    """Every row of a case that has an address of its own, the case first."""
    termination = [case.termination] if case.termination else []
    return [case, *case.debtors, *case.restrictions, *termination, *case.auctions]
