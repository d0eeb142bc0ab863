"""Digit runs too long to be harmless, where nothing else explains them."""

from __future__ import annotations

import pytest

from redaction.model import Kind
from redaction.recognisers import unexplained
from redaction.view import Candidate, View

MATCHES = [
    ("汇入070800230920001234567", "070800230920001234567", "an account after no label"),
    ("编为070800230920", "070800230920", "twelve digits are the fewest"),
    ("〇七〇八〇〇二三〇九二〇", "〇七〇八〇〇二三〇九二〇", "Chinese numerals"),
]

NEAR_MISSES = [
    ("编为07080023092", "eleven digits may be anything"),
    ("070800 230920", "two groups of six"),
    ("070800230920元", "an amount"),
    ("订单号070800230920", "the number of an order"),
    ("https://example.invalid/070800230920", "in a web address"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(text: str, expected: str, why: str) -> None:
    (found,) = unexplained.find(View(text), ())
    assert text[found.start : found.end] == expected, why
    assert found.kind is Kind.BANK_ACCOUNT


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(text: str, why: str) -> None:
    assert list(unexplained.find(View(text), ())) == [], why


def test_what_another_recogniser_explains_is_left_to_it() -> None:
    card = Candidate(Kind.BANK_CARD, 0, 19, 0.9, "", "bank_card")
    assert list(unexplained.find(View("6217003383693518269"), [card])) == []


def test_a_label_makes_it_surer() -> None:
    (bare,) = unexplained.find(View("070800230920001"), ())
    (labelled,) = unexplained.find(View("打款070800230920001"), ())
    assert bare.score < labelled.score


@pytest.mark.parametrize(
    "word",
    ["银行", "卡号", "账号", "账户", "存折", "开户", "户名", "尾号", "信用卡", "储蓄", "借记",
     "汇至", "转入", "转账", "打款", "汇款", "社保卡"],
)  # fmt: skip
def test_every_word_for_an_account_makes_it_surer(word: str) -> None:
    (bare,) = unexplained.find(View("070800230920001"), ())
    (labelled,) = unexplained.find(View(f"{word}070800230920001"), ())
    assert 0 < bare.score < labelled.score <= 1


def test_an_endless_run_is_not_excused_by_what_follows() -> None:
    assert list(unexplained.find(View("1" * 1999 + "元"), ())) == []
    assert len(list(unexplained.find(View("1" * 2000 + "元"), ()))) == 1
    assert len(list(unexplained.find(View("1" * 2001 + "元"), ()))) == 1


@pytest.mark.parametrize("unit", ["元", " 元", "万", "亿", "平方", "㎡", "美元"])
def test_a_quantity_is_no_account(unit: str) -> None:
    assert list(unexplained.find(View(f"070800230920001{unit}"), ())) == []
    assert list(unexplained.find(View("070800230920001m2x"), ())) != []


def test_goes_on_after_a_number_that_is_explained() -> None:
    card = Candidate(Kind.BANK_CARD, 0, 19, 0.9, "", "bank_card")
    (found,) = unexplained.find(View("6217003383693518269和070800230920001"), [card])
    assert (found.start, found.end) == (20, 35)
