"""The document a case enforces: judgment, mediation, arbitral award or notarised deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from portal.reference.courts import COURTS
from seed.cast import Cast
from seed.dockets import Docket
from seed.money import yuan
from seed.texts import Writer

_INTERMEDIATE = COURTS[0]


@dataclass(frozen=True)
class Basis:
    """Number and issuer of the document, and what it obliges the debtors to (free text)."""

    document_number: str
    issuing_body: str
    obligation: str

    def record(self) -> dict[str, str]:
        return {
            "document_number": self.document_number,
            "issuing_body": self.issuing_body,
            "obligation": self.obligation,
        }


def draw_basis(rng: Random, docket: Docket, cast: Cast, writer: Writer, filed_on: date) -> Basis:
    """A document older than the filing, of a body that may issue it."""
    year = filed_on.year - (filed_on.month < 7 or rng.random() < 0.3)
    number, issuer, topic = _document(rng, docket, cast, year)
    obligation = writer.write(
        topic,
        cast.debtors[0],
        filed_on,
        debtors="、".join(party.name for party in cast.debtors),
        award=yuan(cast.awarded),
    )
    return Basis(number, issuer, obligation)


def _document(rng: Random, docket: Docket, cast: Cast, year: int) -> tuple[str, str, str]:
    court, number = docket.court, rng.randint(20, 4000)
    form = 1.0 if cast.cause.family else rng.random()
    if cast.cause.name == "追索劳动报酬纠纷" and form < 0.6:
        issuer = "营口市劳动人事争议仲裁委员会"
        return f"营劳人仲字〔{year}〕{number % 900 + 1}号", issuer, "obligation_award"
    if form < 0.07:
        return f"营仲裁字〔{year}〕第{number % 300 + 1}号", "营口仲裁委员会", "obligation_award"
    if form < 0.1:
        return f"（{year}）辽营证执字第{number % 90 + 1}号", "营口市公证处", "obligation_deed"
    if form < 0.24:
        appeal = f"（{year}）{_INTERMEDIATE.code}民终{number}号"
        return appeal, _INTERMEDIATE.name, cast.cause.obligation
    return f"（{year}）{court.code}民初{number}号", court.name, cast.cause.obligation
