"""What becomes of a case at the gate, and of all of them in a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a case at the gate."""

    RELEASED = "released"
    NOT_PUBLIC = "not_public"
    HELD = "held"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class PublishReport:
    """How the cases of the registry stand after a run, and the cases that failed in it.

    ``released + held + not_public + withdrawn + len(errors)`` is the number of cases.
    ``reasons`` are those of the cases held, with how many have each, most frequent first;
    one case may have several.
    """

    released: int = 0
    held: int = 0
    not_public: int = 0
    withdrawn: int = 0
    errors: tuple[str, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
