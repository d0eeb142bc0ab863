"""The policy table: complete, free of contradictions, readable."""

from __future__ import annotations

import pytest

from redaction import Policy, PolicyError
from redaction.policy import Action

# Every field of the exchange format. A field added there must be decided on here.
EXCHANGE_FIELDS = (
    "case_number",
    "court",
    "filed_on",
    "cause",
    "property_status",
    "amount_claimed",
    "amount_recovered",
    "basis.document_number",
    "basis.issuing_body",
    "basis.obligation",
    "handler.name",
    "handler.title",
    "handler.office_phone",
    "parties[].role",
    "parties[].kind",
    "parties[].name",
    "parties[].former_names[]",
    "parties[].sex",
    "parties[].birth_date",
    "parties[].minor",
    "parties[].ethnicity",
    "parties[].id_type",
    "parties[].id_number",
    "parties[].address",
    "parties[].phone",
    "parties[].bank_account",
    "parties[].employer",
    "parties[].legal_representative",
    "parties[].agent",
    "parties[].health",
    "events[].node",
    "events[].at",
    "events[].text",
    "property_controls[].kind",
    "property_controls[].action",
    "property_controls[].owner",
    "property_controls[].description",
    "property_controls[].amount",
    "property_controls[].from",
    "property_controls[].until",
    "measures[].kind",
    "measures[].party",
    "measures[].decided_on",
    "measures[].published_from",
    "measures[].document_number",
    "measures[].behaviour",
    "measures[].performance",
    "measures[].performed_part",
    "measures[].unperformed_part",
    "measures[].term_months",
    "measures[].text",
    "measures[].ended_on",
    "measures[].end_reason",
    "auctions[].lot",
    "auctions[].title",
    "auctions[].property_kind",
    "auctions[].description",
    "auctions[].platform",
    "auctions[].url",
    "auctions[].round",
    "auctions[].appraisal",
    "auctions[].starting_price",
    "auctions[].deposit",
    "auctions[].increment",
    "auctions[].announced_on",
    "auctions[].starts_at",
    "auctions[].ends_at",
    "auctions[].status",
    "auctions[].final_price",
    "payments[].received_on",
    "payments[].amount",
    "payments[].disbursed_on",
    "payments[].disbursed_amount",
    "payments[].payee",
    "payments[].account",
    "closing.closed_on",
    "closing.method",
    "closing.amount_unpaid",
    "closing.text",
    "closing.checks.notice",
    "closing.checks.restrictions",
    "closing.checks.exhausted",
    "closing.checks.three_months",
    "closing.checks.sought",
    "closing.requeries[].on",
    "closing.requeries[].result",
    "resumed_from",
    "resumed_as",
    "related_cases[]",
    "disclosure.level",
    "disclosure.reason",
    "query_codes[].party",
    "query_codes[].code",
)

MINIMAL = """
version = "t"
[options]
organisation_names = "keep"
hold_below = 0.5
[documents.case]
title = "案件页"
measures = []
[kinds]
{kinds}
[topics]
{topics}
{rules}
"""


def table(*rules: str) -> str:
    kinds = "\n".join(
        f'{kind} = {{ title = "t", article = "a" }}' for kind in Policy.default().kinds
    )
    topics = "\n".join(
        f'{topic} = {{ title = "t", grade = "review", article = "a", note = "n" }}'
        for topic in Policy.default().topics
    )
    return MINIMAL.format(kinds=kinds, topics=topics, rules="\n".join(rules))


def rule(field: str, document: str, action: str, party: str = "*") -> str:
    return (
        f'[[rule]]\nfields = ["{field}"]\ndocuments = ["{document}"]\nparties = ["{party}"]\n'
        f'action = "{action}"\narticle = "a"\nnote = "n"\n'
    )


def test_every_field_is_decided_for_every_document_and_party() -> None:
    assert Policy.default().uncovered(EXCHANGE_FIELDS) == ()


def test_every_rule_names_its_basis_and_says_it_in_words() -> None:
    for row in Policy.default().rules:
        assert row.article, row
        assert row.note, row


@pytest.mark.parametrize(
    ("document", "path", "party", "action"),
    [
        ("case", "parties[].name", "person", Action.MASK),
        ("dishonest_debtor", "parties[].name", "listed_person", Action.KEEP),
        ("dishonest_debtor", "parties[].name", "person", Action.MASK),
        ("termination", "parties[].name", "person", Action.MASK),
        ("restriction", "parties[].id_number", "listed_person", Action.MASK),
        ("closed", "parties[].name", "person", Action.REMOVE),
        ("case", "handler.name", "*", Action.KEEP),
        ("case", "handler.office_phone", "*", Action.REMOVE),
    ],
)
def test_decides(document: str, path: str, party: str, action: Action) -> None:
    row = Policy.default().rule(document, path, party)
    assert row is not None
    assert row.action is action


def test_an_exact_rule_beats_a_broad_one() -> None:
    policy = Policy.parse(table(rule("f", "*", "remove"), rule("f", "case", "keep")))
    found = policy.rule("case", "f", "person")
    assert found is not None
    assert found.action is Action.KEEP


def test_a_field_nobody_decided_on_is_reported() -> None:
    policy = Policy.parse(table(rule("f", "*", "remove")))
    assert policy.uncovered(["f", "g"]) == (("case", "g"),)


@pytest.mark.parametrize(
    "rules",
    [
        [rule("f", "case", "keep"), rule("f", "case", "remove")],
        [rule("f", "nowhere", "keep")],
        [rule("f", "case", "publish")],
        [rule("f", "case", "keep", "nobody")],
    ],
    ids=["contradiction", "unknown document", "unknown action", "unknown party class"],
)
def test_a_wrong_table_is_refused(rules: list[str]) -> None:
    with pytest.raises(PolicyError):
        Policy.parse(table(*rules))
