"""Why somebody is on the dishonest-debtor list and for how long (法释〔2017〕7号 arts. 1 and 2).

Art. 1 has six cases. Cases (2) to (6) are listed for two years, one to three more where
violence or threats were serious or where there are several of them; case (1) has no term
(art. 2). What the flow system sends is a clerk's sentence and sometimes a number of months.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.reference.clock import add_months
from portal.reference.vocabulary import DISHONEST_BEHAVIOURS

STATUTORY_MONTHS = 24
LONGEST_MONTHS = STATUTORY_MONTHS + 36
SHORTEST_EXTENDED = STATUTORY_MONTHS + 12

_ITEM_NAMES = "一二三四五六"
# Wordings of the national list and of clerks that say the same in other words.
_VARIANTS = {
    "违反限制高消费令": 5,
    "违反高消费令": 5,
    "无正当理由拒不履行和解协议": 6,
}


class Counted(StrEnum):
    """How the term of a listing came about, in the words a reader is told."""

    NONE = "没有固定期限"
    TWO_YEARS = "法定两年"
    LONGER = "两年并延长"
    ASSUMED = "未写明，按法定两年"
    DECIDED = "以决定写明的为准"
    UNKNOWN = "未写明"


@dataclass(frozen=True)
class Term:
    """How long a listing stands; ``months`` is None where nothing says when it ends."""

    months: int | None
    counted: Counted

    def last_day(self, published_on: date) -> date | None:
        """Last day of the term, which runs from publication; None without a term.

        A term that would end beyond the calendar ends with it.
        """
        if self.months is None:
            return None
        try:
            return add_months(published_on, self.months)
        except ValueError:
            return date.max


def read_items(behaviour: str) -> tuple[int, ...]:
    """Numbers of the cases of art. 1 that a sentence names, ascending; () where it names none."""
    text = "".join(unicodedata.normalize("NFKC", behaviour).split())
    text = text.replace("、", "").replace(",", "")
    known = {words.replace("、", ""): item for item, words in enumerate(DISHONEST_BEHAVIOURS, 1)}
    return tuple(sorted({item for words, item in (known | _VARIANTS).items() if words in text}))


def official_words(behaviour: str) -> str:
    """The words of art. 1 for a sentence that names one case and says no more than that.

    Anything else stays as it was written: what a clerk added is not ours to leave out.
    """
    items = read_items(behaviour)
    if len(items) != 1:
        return behaviour
    words = DISHONEST_BEHAVIOURS[items[0] - 1]
    bare = behaviour.strip().removeprefix("其他").rstrip("的。；;")
    variants = (name for name, item in _VARIANTS.items() if item == items[0])
    return words if bare in (words, *variants) else behaviour


def item_name(item: int) -> str:
    """``第一条第（四）项``."""
    return f"第一条第（{_ITEM_NAMES[item - 1]}）项"


def count_term(behaviour: str, months: int | None) -> Term:
    """The term of a listing by its behaviour and the months its decision states, if any.

    A stated term stands even where art. 2 would give another: the court decided it, and the
    person listed may rely on it.
    """
    items = read_items(behaviour)
    limited = any(item > 1 for item in items)
    if months is None:
        if 1 in items:
            return Term(None, Counted.NONE)
        return Term(STATUTORY_MONTHS, Counted.ASSUMED) if limited else Term(None, Counted.UNKNOWN)
    if limited and months == STATUTORY_MONTHS:
        return Term(months, Counted.TWO_YEARS)
    if limited and SHORTEST_EXTENDED <= months <= LONGEST_MONTHS:
        return Term(months, Counted.LONGER)
    return Term(months, Counted.DECIDED)
