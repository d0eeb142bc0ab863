"""Names of organisations: kept, or without the trade name, in fields and free text alike."""

from __future__ import annotations

import pytest

from redaction import Known, Policy, Redactor
from redaction.organisations import Organisations
from redaction.policy import OrganisationNames

HIDDEN = [
    ("被执行人营口昀芮物流有限公司应给付。", "被执行人营口某某物流有限公司应给付。", "usual"),
    ("向营口昀芮物流有限公司送达，昀芮公司签收",
     "向营口某某物流有限公司送达，某某公司签收", "short form"),
    ("营口鑫盛隆建材有限公司与营口恒润建材有限公司",
     "营口某某1建材有限公司与营口某某2建材有限公司", "two that would look the same"),
    ("由辽宁宏远建设工程有限责任公司营口分公司承建",
     "由辽宁某某建设工程有限责任公司营口分公司承建", "a branch office"),
    ("站前区鑫盛建材经销处", "站前区某某建材经销处", "no company"),
    ("营口昀芮小额贷款有限公司的借款", "营口某某小额贷款有限公司的借款", "branch of two words"),
    ("营口港务有限公司", "营口某某有限公司", "a trade name that is a branch"),
]  # fmt: skip

KEPT = [
    ("中国工商银行股份有限公司营口分行", "a bank"),
    ("营口市公安局、营口市中级人民法院", "public bodies"),
    ("营口某某物流有限公司", "hidden already"),
    ("依照公司法的规定，有限公司股东承担责任", "companies in general"),
]


@pytest.fixture(scope="module")
def hiding() -> Redactor:
    return Redactor(Policy.default().with_organisation_names(OrganisationNames.HIDE_TRADE_NAME))


@pytest.mark.parametrize(("text", "expected", "why"), HIDDEN)
def test_hides_the_trade_name(hiding: Redactor, text: str, expected: str, why: str) -> None:
    assert hiding.redact(text).text == expected, why


@pytest.mark.parametrize(("text", "why"), KEPT)
def test_leaves(hiding: Redactor, text: str, why: str) -> None:
    assert hiding.redact(text).text == text, why


@pytest.mark.parametrize(("text", "why"), [(text, why) for text, _, why in HIDDEN])
def test_keeps_trade_names_by_default(redactor: Redactor, text: str, why: str) -> None:
    assert redactor.redact(text).text == text, why


def test_an_organisation_the_case_lists_is_known_by_its_trade_name(hiding: Redactor) -> None:
    known = Known(organisations=("大石桥荃涵镁业有限公司",))
    shown = hiding.redact("荃涵镁业已停产，荃涵公司无人签收。", known).text
    assert shown == "某某镁业已停产，某某公司无人签收。"


def test_masking_twice_changes_nothing(hiding: Redactor) -> None:
    for text, expected, why in HIDDEN:
        assert hiding.redact(hiding.redact(text).text).text == expected, (text, why)


@pytest.mark.parametrize("unit", ["有限公司", "营口", "公司营口", "建设"])
def test_long_runs_come_back(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    organisations = Organisations(OrganisationNames.HIDE_TRADE_NAME, (), [text])
    for candidate in organisations.find(text):
        assert 0 <= candidate.start < candidate.end <= len(text)
