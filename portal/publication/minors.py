"""Whether a party was a minor on a day, by everything the record says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.publication.values import as_date
from portal.reference.clock import add_months
from portal.reference.vocabulary import PartyKind
from redaction.checksums import has_id_date

_ADULT_MONTHS = 18 * 12


def is_minor(party: Mapping[str, Any], on: date) -> bool:
    """By the mark, by the date of birth, or by the one that stands in the ID number."""
    if party["kind"] != PartyKind.PERSON:
        return False
    births = [_birth(party.get("birth_date") or ""), _birth(_birth_in_number(party))]
    return bool(party.get("minor")) or any(
        born is not None and add_months(born, _ADULT_MONTHS) > on for born in births
    )


def _birth_in_number(party: Mapping[str, Any]) -> str:
    number = str(party.get("id_number") or "")
    digits = number[6:14]
    sound = len(number) == 18 and number[:17].isascii() and has_id_date(number.upper())
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if sound else ""


def _birth(written: str) -> date | None:
    return as_date(written) if written else None
