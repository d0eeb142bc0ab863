"""The course of one case, decided before it is told: parties, end, property, money, measures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from seed.assets import Control, covered_debtors, search_controls
from seed.auctions import Auction, hold_auctions
from seed.basis import Basis, draw_basis
from seed.cast import Cast, make_cast
from seed.dates import later
from seed.dockets import Docket
from seed.fate import PERFORMED, Fate, decide_fate
from seed.measures import Measure, draw_measures
from seed.parties import Party
from seed.payments import Payment, draw_payments, sale_proceeds
from seed.setting import Judge, Setting
from seed.texts import Writer

_AUCTION_SHARE = 0.26
# Open cases, and those resumed because property was found.
_LIVELY_AUCTION_SHARE = 0.5
_WORTH_AN_AUCTION = 6_000_000
_AUCTIONED_ENDS = (None, PERFORMED)


@dataclass(frozen=True)
class Course:
    """Everything that happens in a case, in the world's own terms; sums in fen."""

    docket: Docket
    cast: Cast
    judge: Judge
    basis: Basis
    fate: Fate
    noticed_on: date
    controlled_on: date
    controls: list[Control]
    auctions: list[Auction]
    payments: list[Payment]
    measures: list[Measure]

    @property
    def debtor(self) -> Party:
        """The first debtor, whom the fixed steps are about."""
        return self.cast.debtors[0]


class World:
    """The demo world of one seed: plays a case from its docket alone, in any order."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.setting = Setting(seed)

    def random(self, name: str) -> Random:
        """The random numbers of one thing: independent of everything else made before it."""
        return Random(f"{self._seed}/{name}")  # noqa: S311 - a toy world

    def play(self, docket: Docket) -> tuple[Course, Writer, Random]:
        """The course of a case, the writer of its texts, and random numbers to tell it with."""
        rng = self.random(docket.case_number)
        first_filed_on = docket.resumes.filed_on if docket.resumes else docket.filed_on
        dispute = self.random(docket.dispute)
        cast = make_cast(dispute, self.setting, docket.court, first_filed_on)
        judge = self.setting.judge(rng, docket.court)
        writer = Writer(rng, self.setting, cast, docket, judge)
        basis = draw_basis(dispute, docket, cast, writer, first_filed_on)
        fate = decide_fate(rng, docket, self._claimed(docket, cast))

        noticed_on = later(rng, docket.filed_on, 1, 7)
        controlled_on = later(rng, noticed_on, 3, 12)
        controls = self._controls(rng, docket, cast, fate, controlled_on)
        auctions = self._auctions(rng, docket, cast, fate, controlled_on)
        # A case filed in the last days of the world has seen no money yet.
        drawn = fate.recovered if fate.last_day > noticed_on else 0
        fate = replace(fate, recovered=max(drawn, sale_proceeds(auctions, fate.claimed)))
        paid_from = min(controlled_on, fate.last_day)
        payments = draw_payments(rng, fate, auctions, cast.applicants[0], paid_from)
        measures = draw_measures(
            rng,
            docket,
            fate,
            cast.debtors,
            writer,
            basis.obligation,
            noticed_on,
            covered_debtors(controls, fate.claimed - fate.recovered),
        )
        course = Course(
            docket,
            cast,
            judge,
            basis,
            fate,
            noticed_on,
            controlled_on,
            controls,
            auctions,
            payments,
            measures,
        )
        return course, writer, rng

    def _claimed(self, docket: Docket, cast: Cast) -> int:
        if docket.resumes is None:
            return cast.awarded
        earlier, _, _ = self.play(docket.resumes)
        return earlier.fate.unpaid

    def _controls(
        self, rng: Random, docket: Docket, cast: Cast, fate: Fate, on: date
    ) -> list[Control]:
        if on > fate.last_day:
            return []
        division = self.setting.division(rng, docket.court)
        return [
            control
            for debtor in cast.debtors
            if not debtor.minor
            for control in search_controls(rng, self.setting, debtor, division, on)
        ]

    def _auctions(
        self, rng: Random, docket: Docket, cast: Cast, fate: Fate, controlled_on: date
    ) -> list[Auction]:
        lively = fate.method is None or docket.resumes is not None
        share = _LIVELY_AUCTION_SHARE if lively else _AUCTION_SHARE
        possible = fate.fruitless or fate.method in _AUCTIONED_ENDS
        if not possible or fate.claimed < _WORTH_AN_AUCTION or rng.random() > share:
            return []
        owner = rng.choice([debtor for debtor in cast.debtors if not debtor.minor])
        return hold_auctions(rng, self.setting, docket, fate, owner, controlled_on)
