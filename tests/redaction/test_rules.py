"""A version of the rules is the same for the same rules, and for no others."""

from __future__ import annotations

from dataclasses import replace

from redaction import Policy, Redactor
from redaction.policy import OrganisationNames
from redaction.rules import rules_version


def test_the_same_rules_have_the_same_version() -> None:
    policy = Policy.default()
    assert Redactor().version == rules_version(policy) == rules_version(replace(policy))
    assert rules_version(policy).startswith(f"{policy.version}+")
    assert len(rules_version(policy)) <= 64


def test_other_rules_have_another_even_where_nobody_changed_its_name() -> None:
    policy = Policy.default()
    others = [
        policy.with_organisation_names(OrganisationNames.HIDE_TRADE_NAME),
        replace(policy, hold_below=0.9),
        replace(policy, rules=policy.rules[:-1]),
        replace(policy, version="another"),
    ]
    assert len({rules_version(each) for each in [policy, *others]}) == len(others) + 1
