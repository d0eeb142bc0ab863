"""Free text as clerks type it: templates from ``data/texts.toml``, filled and then smudged.

The slots of a template are filled by ``slots.Slots``; every number takes one of its written
forms, and one sentence in four gets a slip of the keyboard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from seed.cast import Cast
from seed.dockets import Docket
from seed.library import read_table
from seed.parties import Party
from seed.setting import Judge, Setting
from seed.slots import Kin, Slots
from seed.spelling import scribbled


@dataclass(frozen=True)
class NoteTopic:
    """A kind of note: its node, whom it is about (``person``, ``company``, ``any``), its texts."""

    node: str
    about: str
    weight: int
    texts: tuple[str, ...]


@cache
def _templates() -> dict[str, tuple[str, ...]]:
    return {topic: tuple(texts) for topic, texts in read_table("texts").items()}


@cache
def note_topics() -> tuple[NoteTopic, ...]:
    """All notes a clerk may leave between the fixed steps of a case."""
    return tuple(
        NoteTopic(note["node"], note["about"], note.get("weight", 10), tuple(note["texts"]))
        for note in read_table("notes")["note"]
    )


class Writer:
    """Writes the texts of one case: the same spouse, child and judge all through it."""

    def __init__(
        self, rng: Random, setting: Setting, cast: Cast, docket: Docket, judge: Judge
    ) -> None:
        self._rng = rng
        self._setting = setting
        self._cast = cast
        self._docket = docket
        self._judge = judge
        self._kin: dict[str, Kin] = {}

    def write(self, topic: str, focus: Party, on: date, **given: str) -> str:
        """A text of a fixed topic about ``focus`` on that day; ``given`` fills further slots."""
        return self.fill(self._rng.choice(_templates()[topic]), focus, on, **given)

    def fill(self, template: str, focus: Party, on: date, **given: str) -> str:
        """The template with its slots filled, as a clerk would have typed it."""
        kin = self._kin.setdefault(focus.name, Kin(self._rng, self._setting, focus))
        slots = Slots(
            self._rng,
            self._setting,
            self._cast,
            self._docket,
            self._judge,
            kin,
            focus,
            on,
            given,
        )
        return scribbled(self._rng, template.format_map(slots))
