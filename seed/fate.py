"""How a case ended, and how much of the claim came in: decided first, told afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from portal.reference.vocabulary import TERMINATION_OF_PROCEDURE
from seed import money
from seed.dates import CUT_OFF, add_months, office_day
from seed.dockets import Docket

PERFORMED = "执行完毕"
ENDED = "终结执行"
STRUCK = "销案"
REFUSED = "不予执行"
REJECTED = "驳回申请"

# Weights by how long ago the case was filed, in days; a case still open has method None.
_METHODS = (None, TERMINATION_OF_PROCEDURE, PERFORMED, ENDED, STRUCK, REFUSED, REJECTED)
_WEIGHTS = {
    400: (6, 56, 25, 6, 4, 1, 2),
    200: (22, 46, 22, 5, 3, 1, 1),
    115: (52, 27, 14, 4, 2, 0, 1),
    40: (84, 0, 10, 2, 3, 0, 1),
    0: (100, 0, 0, 0, 0, 0, 0),
}


@dataclass(frozen=True)
class Fate:
    """The end of a case, or ``method`` None while it is open; sums in fen."""

    method: str | None
    closed_on: date | None
    claimed: int
    recovered: int

    @property
    def unpaid(self) -> int:
        return self.claimed - self.recovered

    @property
    def last_day(self) -> date:
        """The last day on which something can have happened in the case."""
        return self.closed_on or CUT_OFF

    @property
    def fruitless(self) -> bool:
        """Ended by 终结本次执行程序."""
        return self.method == TERMINATION_OF_PROCEDURE


def decide_fate(rng: Random, docket: Docket, claimed: int) -> Fate:
    """Draw the end of a case filed under ``docket`` over ``claimed`` fen."""
    age = (CUT_OFF - docket.filed_on).days
    if docket.resumed_on:
        method: str | None = TERMINATION_OF_PROCEDURE
    else:
        weights = next(weights for days, weights in _WEIGHTS.items() if age >= days)
        method = rng.choices(_METHODS, weights)[0]
    closed_on = _closing_day(rng, docket, method)
    return Fate(method, closed_on, claimed, _recovered(rng, method, claimed))


def _closing_day(rng: Random, docket: Docket, method: str | None) -> date | None:
    if method is None:
        return None
    end = docket.resumed_on - timedelta(days=45) if docket.resumed_on else CUT_OFF
    if method == TERMINATION_OF_PROCEDURE:
        # 法〔2016〕373号 art. 1(四): more than three months since filing.
        earliest = add_months(docket.filed_on, 3) + timedelta(days=1)
    else:
        earliest = docket.filed_on + timedelta(days=25)
    latest = min(end - timedelta(days=3), docket.filed_on + timedelta(days=420))
    spread = max((latest - earliest).days, 0)
    # Most cases close soon after they may: the square leans to the early end.
    return office_day(earliest + timedelta(days=int(spread * rng.random() ** 2)))


def _recovered(rng: Random, method: str | None, claimed: int) -> int:
    if method == PERFORMED:
        return claimed
    if method in (STRUCK, REFUSED, REJECTED) or rng.random() < 0.62:
        return 0
    return money.rounded(int(claimed * rng.uniform(0.02, 0.55)), 10_000)
