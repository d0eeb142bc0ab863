"""Picks the case of a demo instance at which the party's own view is best tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from portal.commands.demo_accounts import DemoParty
from portal.publication.gate import Gate
from portal.reference.vocabulary import DisclosureLevel
from portal.registry.models import RegistryCase
from portal.registry.party_access import PartyAccess


def pick_example(gate: Gate) -> list[DemoParty]:
    """The parties with a code of the case that has most to show; [] where no case has any."""
    with gate.stores.registry() as session:
        sealed = (
            select(PartyAccess.case_id)
            .where(PartyAccess.ended_at.is_(None), PartyAccess.sealed_revision > 0)
            .distinct()
        )
        cases = select(RegistryCase.content).where(RegistryCase.id.in_(sealed))
        contents = session.scalars(cases.order_by(RegistryCase.id).limit(500)).all()
    best = max(contents, key=_worth, default=None)
    return _parties(best) if best else []


def _worth(content: Mapping[str, Any]) -> tuple[int, ...]:
    """Public, both sides with a code, money and property: the more, the better."""
    roles = {party.role for party in _parties(content)}
    kinds = (content.get("payments"), content.get("property_controls"), content.get("measures"))
    is_open = (content.get("disclosure") or {}).get("level") == DisclosureLevel.OPEN
    return (is_open, len(roles), sum(map(bool, kinds)))


def _parties(content: Mapping[str, Any]) -> list[DemoParty]:
    codes = {code["party"]: code["code"] for code in content.get("query_codes") or []}
    number = content["case_number"]
    return [
        DemoParty(number, party["role"], party["id_number"], codes[party["name"]])
        for party in content["parties"]
        if party["name"] in codes and party.get("id_number")
    ]
