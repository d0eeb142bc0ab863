"""An objection (执异) to what was done in another case: a short record that names that case.

The case objected to does not name it back: in real exports, too, often only one of the two does.
"""

from __future__ import annotations

from datetime import date
from random import Random

from portal.reference.vocabulary import DisclosureLevel
from seed.basis import draw_basis
from seed.cast import make_cast
from seed.course import World
from seed.dates import CUT_OFF, later, office_time
from seed.dockets import Docket
from seed.identifiers import query_code
from seed.spelling import written_case_number
from seed.texts import Writer

CAUSE = "执行行为异议"
REJECTED = "驳回申请"


def objection_record(world: World, docket: Docket, host: Docket) -> dict[str, object]:
    """The objection filed under ``docket`` to ``host``, in the exchange format."""
    rng = world.random(docket.case_number)
    dispute = world.random(docket.dispute)
    cast = make_cast(dispute, world.setting, host.court, host.filed_on)
    judge = world.setting.judge(rng, docket.court)
    writer = Writer(rng, world.setting, cast, docket, judge)
    basis = draw_basis(dispute, host, cast, writer, host.filed_on)
    debtor = cast.debtors[0]
    assigned_on = later(rng, docket.filed_on, 0, 3)
    heard_on = later(rng, assigned_on, 3, 9)
    closed_on = later(rng, heard_on, 1, 5)
    told = {"origin": host.case_number}
    steps = [
        ("立案", docket.filed_on, writer.write("objection_filed", debtor, docket.filed_on, **told)),
        ("分案", assigned_on, writer.write("assigned", debtor, assigned_on)),
        ("接谈", heard_on, writer.write("objection_heard", debtor, heard_on)),
        ("结案", closed_on, writer.write("objection_closed", debtor, closed_on)),
    ]
    closed = closed_on <= CUT_OFF
    return {
        "case_number": written_case_number(rng, docket.case_number),
        "court": docket.court.code,
        "filed_on": docket.filed_on.isoformat(),
        "cause": CAUSE,
        "basis": basis.record(),
        "handler": {
            "name": judge.name,
            "title": judge.title,
            "office_phone": judge.office_phone,
        },
        "parties": [party.record() for party in cast.parties],
        "events": [_event(rng, *step) for step in steps if step[1] <= CUT_OFF],
        "property_controls": [],
        "measures": [],
        "auctions": [],
        "payments": [],
        "closing": _closing(closed_on, steps[-1][2]) if closed else None,
        "related_cases": [host.case_number],
        "disclosure": {"level": DisclosureLevel.OPEN.value},
        "query_codes": [
            {"party": party.name, "code": query_code(rng)} for party in cast.applicants
        ],
    }


def _event(rng: Random, node: str, on: date, text: str) -> dict[str, str]:
    return {"node": node, "at": office_time(rng, on), "text": text}


def _closing(on: date, ruling: str) -> dict[str, object]:
    return {"closed_on": on.isoformat(), "method": REJECTED, "text": ruling}
