"""What goes in and what comes out of redaction: frozen values shared by every module.

Offsets are always in characters of the text as the caller gave it, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a masked span is. The values are the public vocabulary of ``portal redact --json``."""

    PERSON = "person"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    BANK_ACCOUNT = "bank_account"
    LICENSE_PLATE = "license_plate"
    VEHICLE = "vehicle"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"
    ADDRESS = "address"
    EMAIL = "email"
    SOCIAL_ACCOUNT = "social_account"
    PROPERTY_CERTIFICATE = "property_certificate"
    BIRTH_DATE = "birth_date"
    HEALTH = "health"
    MINOR = "minor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """One span of the original text and what replaces it.

    ``score`` is a confidence from 0 to 1, ``reason`` says in Chinese what was recognised and by
    which signs (pattern, context, checksum), ``article`` names the rule that asks for the masking.
    None of these fields repeats the private value; only the offsets lead back to it.
    """

    kind: Kind
    start: int
    end: int
    replacement: str
    score: float
    reason: str
    recogniser: str
    article: str


class Grade(StrEnum):
    """How much masking settles, from all of it to nothing.

    MASKED: what is doubtful is masked either way, at worst too much is. REVIEW: not without a
    reader. FORBIDDEN: not without a higher decision. LEAK: something private would be readable;
    nobody can approve that, it has to be masked further or let stand by two people.
    """

    MASKED = "masked"
    REVIEW = "review"
    FORBIDDEN = "forbidden"
    LEAK = "leak"


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a human has to look before anything is published.

    ``reason`` is Chinese text for the reviewer and never contains the private value itself;
    ``path`` is where in the record it was seen ("" for a plain text).
    """

    reason: str
    kind: Kind | None = None
    path: str = ""
    grade: Grade = Grade.REVIEW

    def is_settled(self, read: Grade) -> bool:
        """Whether a reader who may decide on doubts of the grade ``read`` has settled this one."""
        grades = list(Grade)
        return grades.index(self.grade) <= grades.index(read)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A masked text, what was masked in it, and what a human should look at."""

    text: str
    findings: tuple[Finding, ...] = ()
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A natural person the caller already knows to be named in the text."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class PrivateValue:
    """A value that must not be found in anything public; ``path`` says where it came from."""

    value: str
    kind: Kind
    path: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a case before its texts are read.

    ``keep`` are terms that stay as they are (judges, courts), ``hide`` are terms a reviewer wants
    masked whatever they look like, ``private`` are values already known to be private.
    """

    persons: tuple[KnownPerson, ...] = ()
    organisations: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    private: tuple[PrivateValue, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """A finding and the field path it was made in, e.g. ``events[3].text``."""

    path: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class RecordRedaction:
    """The public form of one case for one kind of document.

    ``record`` has the nesting of the exchange format and holds only what the policy lets through.
    ``pseudonyms`` maps real names to the names shown; it is private and must never be published.
    """

    record: dict[str, Any]
    findings: tuple[FieldFinding, ...] = ()
    holds: tuple[Hold, ...] = ()
    pseudonyms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leak:
    """A private value found in something public. It never carries the value itself."""

    path: str
    kind: Kind
    form: str
