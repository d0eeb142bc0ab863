"""What a reviewer says about words of one case, on top of what the recognisers found.

Machine and reviewer are kept apart: a mark never changes what was recognised, it is applied
afterwards (``marking``), and a finding made by one names the reviewer as its recogniser.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from redaction.model import Kind

REVIEWER = "reviewer"
"""The recogniser named by findings that a mark made."""


class MarkAct(StrEnum):
    """What is to be done with the words."""

    HIDE = "hide"
    KEEP = "keep"
    LINK = "link"


class Mask(StrEnum):
    """What stands in the place of masked words. Which of them fit a kind says the policy."""

    PSEUDONYM = "pseudonym"
    CROSSES = "crosses"
    DELETE = "delete"
    GENERALISE = "generalise"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a case and what a reviewer wants done with them.

    ``path`` is the field they stand in, "" for the whole case; ``start`` their offset in the text
    of that field as it came, None for wherever they stand in it. ``kind`` and ``mask`` belong to
    HIDE; ``same_as`` to LINK: the name of the person the words mean. ``granted`` belongs to KEEP:
    two people let these words stand in this field although they are private.
    """

    act: MarkAct
    text: str
    path: str = ""
    start: int | None = None
    kind: Kind = Kind.OTHER
    mask: Mask = Mask.CROSSES
    same_as: str = ""
    granted: bool = False
