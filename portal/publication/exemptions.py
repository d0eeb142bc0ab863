"""Whom 法释〔2017〕7号 art. 3 keeps off the list for refusing to perform (art. 1, case 1).

The court says so in the record, or the record shows it: property under control that is worth
what is still owed. The other cases of art. 1 know no exemption.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from portal.publication.values import as_date, as_money
from portal.reference.dishonesty import read_items
from portal.reference.vocabulary import ControlAction, Exemption

Record = Mapping[str, Any]

_ITEM = {
    Exemption.SECURED: "（一）",
    Exemption.COVERED: "（二）",
    Exemption.LATER_IN_LINE: "（三）",
    Exemption.UNABLE: "（四）",
}
_CONTROLLING = frozenset({ControlAction.SEAL, ControlAction.SEIZE, ControlAction.FREEZE})


def exemption_of(content: Record, measure: Record, on: date) -> str | None:
    """Why the party of a measure may not be listed on a day, with the article; None if he may."""
    if any(item > 1 for item in read_items(measure.get("behaviour") or "")):
        return None
    stated = measure.get("exemption")
    if stated:
        found = Exemption(stated)
    elif _is_covered(content, measure["party"], on):
        found = Exemption.COVERED
    else:
        return None
    return f"{found}，不得纳入失信名单（法释〔2017〕7号第三条第{_ITEM[found]}项）"


def _is_covered(content: Record, party: str, on: date) -> bool:
    claimed = as_money(content.get("amount_claimed"))
    if not claimed:
        return False
    owed = claimed - (as_money(content.get("amount_recovered")) or Decimal(0))
    controlled = sum(
        (
            as_money(control.get("amount")) or Decimal(0)
            for control in content.get("property_controls") or []
            if _holds_on(control, party, on)
        ),
        Decimal(0),
    )
    return controlled >= owed > 0


def _holds_on(control: Record, party: str, on: date) -> bool:
    began, until = control.get("from"), control.get("until")
    return (
        control["action"] in _CONTROLLING
        and control.get("owner") in (None, party)
        and (began is None or as_date(began) <= on)
        and (until is None or as_date(until) >= on)
    )
