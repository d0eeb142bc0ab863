"""The office's side of query codes: whose a code is, and how its envelope is found and closed anew.

Numbers and codes stand in the registry a second time only as keyed hashes.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from portal.envelope import (
    COST,
    derive_lock,
    keep_key,
    new_data_key,
    office_key,
    plain_code,
    wrap_key,
)
from portal.reference import case_numbers
from portal.reference.id_numbers import plain_number
from portal.registry.party_access import PartyAccess
from portal.stores import Stores

Record = Mapping[str, Any]

SHORTEST_NUMBER = 5


@dataclass(frozen=True)
class Desk:
    """Where codes are handled: both stores and the office's secret."""

    stores: Stores
    key: bytes = field(repr=False)

    def digest(self, *parts: str) -> str:
        """A keyed hash of something the registry should not hold a second time in clear."""
        message = "\x1f".join(("party access", *parts)).encode()
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()

    def make_access(self, case_number: str, wanted: Wanted) -> PartyAccess:
        """A row for a code; slow, because it goes through Argon2id."""
        lock = derive_lock(lock_number(case_number), wanted.number, wanted.code)
        data_key = new_data_key()
        return PartyAccess(
            role=wanted.role,
            party=wanted.party,
            number_digest=self.digest("number", wanted.number),
            code_digest=wanted.code_digest,
            from_record=wanted.from_record,
            locator=lock.locator,
            cost=str(COST),
            wrapped_key=wrap_key(lock, data_key),
            kept_key=keep_key(office_key(self.key), lock.locator, data_key),
            issued_at=datetime.now(UTC),
        )


@dataclass(frozen=True)
class Wanted:
    """A code that is to open the view of a party; ``number`` is the party's document number."""

    role: str
    party: str
    number: str = field(repr=False)
    code: str = field(repr=False)
    code_digest: str
    from_record: bool


def lock_number(case_number: str) -> str:
    """The number that goes into the lock: later documents (之一) are of the same case."""
    return case_numbers.parse(case_number).without_suffix.canonical


def party_of(desk: Desk, content: Record, access: PartyAccess) -> int | None:
    """The place of the party an access is for in a record, None where it is not there."""
    for index, party in enumerate(content.get("parties") or []):
        if (party["role"], number_digest(desk, party)) == (access.role, access.number_digest):
            return index
    return None


def code_digest(desk: Desk, content: Record, index: int) -> str:
    """The keyed hash of the code the record gives a party, "" for none or an unclear one."""
    name = content["parties"][index]["name"]
    codes = [code["code"] for code in content.get("query_codes") or [] if code["party"] == name]
    return desk.digest("code", plain_code(codes[0])) if len(codes) == 1 else ""


def number_digest(desk: Desk, party: Record) -> str:
    """The keyed hash of a party's document number, "" where it has none to speak of."""
    number = plain_number(party.get("id_number") or "")
    return desk.digest("number", number) if len(number) >= SHORTEST_NUMBER else ""
