"""What a party to the case may read that the public may not: names of parties, and its own data.

Parties know each other's names; identifiers, addresses and health stay with whom they belong to.
A value that two parties share (one address, one telephone) counts as the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from redaction.case import known_of
from redaction.leaks import skeleton
from redaction.model import Kind, PrivateValue
from redaction.names.known import name_key

# What can belong to one person alone: an illness or an employer may be somebody else's as well.
# An account is shown by its last four characters, to its owner too.
_OWN = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.ADDRESS})


@dataclass(frozen=True, slots=True)
class Reader:
    """One party as a reader. ``names`` are keys of names, ``values`` skeletons of values."""

    names: frozenset[str]
    values: frozenset[str]

    def may_read(self, text: str) -> bool:
        """Whether a span found in a text stays as it is for this reader."""
        return name_key(text) in self.names or skeleton(text) in self.values

    def closed(self, private: Iterable[PrivateValue]) -> tuple[PrivateValue, ...]:
        """Of the private values of the case those that this reader must not be shown."""
        return tuple(value for value in private if not self._knows(value))

    def _knows(self, value: PrivateValue) -> bool:
        if value.kind is Kind.PERSON:
            # The manager whose name a company bears is read in the name of the company.
            return any(name_key(value.value) in name for name in self.names)
        return skeleton(value.value) in self.values


def reader_of(record: Mapping[str, Any], party: int) -> Reader:
    """The party at this place of the record's list of parties, as a reader of the case."""
    parties = [item for item in record.get("parties") or () if isinstance(item, Mapping)]
    private = known_of(record).private
    own = {
        skeleton(v.value)
        for v in private
        if v.path.startswith(f"parties[{party}].") and v.kind in _OWN
    }
    others = {
        skeleton(v.value)
        for v in private
        if v.path.startswith("parties[") and not v.path.startswith(f"parties[{party}].")
    }
    # Told to every party (法发〔2014〕18号): whom to call.
    told = {skeleton(v.value) for v in private if v.path == "handler.office_phone"}
    return Reader(
        frozenset(name_key(str(item["name"])) for item in parties if item.get("name")),
        frozenset((own - others) | told) - {""},
    )
