"""Every field of the exchange format has a rule for every kind of document and party.

A field without a rule would be removed and hold every case that has it; this test says
so on the day somebody adds one to the format.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from portal.registry.exchange import CaseRecord
from redaction import Policy

POLICY = Policy.default()
PARTIES = ("person", "organisation", "listed_person", "listed_organisation")


def part_of(annotation: object) -> tuple[type[BaseModel] | None, bool]:
    """The model behind an annotation, and whether it comes as a list."""
    origin = typing.get_origin(annotation)
    if origin is list:
        return part_of(typing.get_args(annotation)[0])[0], True
    if origin in (typing.Union, types.UnionType):
        for argument in typing.get_args(annotation):
            model, many = part_of(argument)
            if model or many:
                return model, many
    if origin is typing.Annotated:
        return part_of(typing.get_args(annotation)[0])
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return (annotation if is_model else None), False


def field_paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every leaf of the format, as policies write it: ``parties[].name``."""
    for name, field in model.model_fields.items():
        path = f"{prefix}{field.alias or name}"
        part, many = part_of(field.annotation)
        if part:
            yield from field_paths(part, f"{path}[]." if many else f"{path}.")
        else:
            yield f"{path}[]" if many else path


PATHS = sorted(field_paths(CaseRecord))


def test_the_walk_sees_the_format():
    assert {"case_number", "parties[].former_names[]", "closing.requeries[].on"} <= set(PATHS)
    assert "property_controls[].from" in PATHS
    assert len(PATHS) > 80


@pytest.mark.parametrize("document", sorted(POLICY.documents))
def test_every_field_has_a_rule(document):
    missing = [
        (path, party)
        for path in PATHS
        for party in (PARTIES if path.startswith(("parties", "measures")) else ("*",))
        if POLICY.rule(document, path, party) is None
    ]
    assert missing == []


def test_a_closed_case_keeps_four_things_only():
    shown = {
        path
        for path in PATHS
        for party in (*PARTIES, "*")
        if (rule := POLICY.rule("closed", path, party)) and rule.action.value != "remove"
    }
    assert shown == {"case_number", "court", "filed_on", "disclosure.reason"}


@pytest.mark.parametrize("document", sorted(set(POLICY.documents) - {"party"}))
@pytest.mark.parametrize(
    "path",
    [
        "handler.office_phone",
        "parties[].phone",
        "parties[].bank_account",
        "parties[].health",
        "parties[].ethnicity",
        "parties[].employer",
        "parties[].former_names[]",
        "property_controls[].owner",
        "property_controls[].description",
        "payments[].account",
        "payments[].payee",
        "query_codes[].party",
        "query_codes[].code",
    ],
)
def test_what_no_public_page_may_show_is_removed_everywhere(document, path):
    for party in PARTIES:
        assert POLICY.rule(document, path, party).action.value == "remove"


def test_a_party_is_shown_nothing_of_what_the_court_knows_about_persons():
    shown = {"parties[].role", "parties[].kind", "parties[].name"}
    of_parties = [path for path in PATHS if path.startswith("parties[]") and path not in shown]
    assert of_parties
    for path in (*of_parties, "query_codes[].party", "query_codes[].code"):
        for party in PARTIES:
            assert POLICY.rule("party", path, party).action.value == "remove", path
