"""Bank cards and accounts."""

from __future__ import annotations

import pytest

from redaction import checksums, identifiers
from redaction.model import Kind
from redaction.recognisers import bank_card
from redaction.view import View

MATCHES = [
    ("卡号6217003383693518269", "6217003383693518269", Kind.BANK_CARD, "19 digits, Luhn, label"),
    ("6228481343251813914。", "6228481343251813914", Kind.BANK_CARD, "no label"),
    ("6217 0033 8369 3518 269", "6217 0033 8369 3518 269", Kind.BANK_CARD, "printed in fours"),
    ("6217-0033-8369-3518-269", "6217-0033-8369-3518-269", Kind.BANK_CARD, "hyphens"),
    ("６２１７００３３８３６９３５１８２６９", "６２１７００３３８３６９３５１８２６９",
     Kind.BANK_CARD, "full width"),
    ("尾号账户6217009120894289504有存款", "6217009120894289504", Kind.BANK_CARD, "clerk's phrase"),
    ("6217003383693518268", "6217003383693518268", Kind.BANK_CARD, "check digit mistyped"),
    ("账号：0708 0023 0920 0012 345", "0708 0023 0920 0012 345", Kind.BANK_ACCOUNT, "an account"),
    ("开户行中国建设银行营口分行，账号21001670108050012345", "21001670108050012345",
     Kind.BANK_ACCOUNT, "label after the bank's name"),
    ("账号：2l00l67OlO8005OOl2345", "2l00l67OlO8005OOl2345", Kind.BANK_ACCOUNT,
     "letters read for digits after a label"),
    ("卡号621700338369351826O", "621700338369351826O", Kind.BANK_ACCOUNT, "the last one a letter"),
    ("账号二一〇〇一六七〇", "二一〇〇一六七〇", Kind.BANK_ACCOUNT, "short account in numerals"),
    ("账号21001670\n80500123", "21001670\n80500123", Kind.BANK_ACCOUNT, "over two lines"),
    ("銀行帳號2100167010", "2100167010", Kind.BANK_ACCOUNT, "label in traditional characters"),
    ("6228480402564890", "6228480402564890", Kind.BANK_CARD, "sixteen digits, no label"),
    ("622848040256489018", "622848040256489018", Kind.BANK_CARD, "eighteen digits"),
    ("378282246310005", "378282246310005", Kind.BANK_CARD, "fifteen digits, Luhn"),
    ("4111111111111111", "4111111111111111", Kind.BANK_CARD, "another issuer, Luhn"),
    ("账号：4111111111111111", "4111111111111111", Kind.BANK_CARD, "an account that is a card"),
    ("账号：378282246310005", "378282246310005", Kind.BANK_CARD, "the shortest card by label"),
    ("账号：6217003383693518269", "6217003383693518269", Kind.BANK_CARD, "the longest by label"),
    ("订单号：卡号6217003383693518269", "6217003383693518269", Kind.BANK_CARD,
     "a word for a card outweighs an order"),
    ("存折号12345678", "12345678", Kind.BANK_ACCOUNT, "short account, by label"),
]  # fmt: skip

NEAR_MISSES = [
    ("账户余额1827142.23元", "an amount after the label"),
    ("账户内存款182714223元", "an amount without cents"),
    ("（2018）辽0802执1234号", "a case number"),
    ("订单编号6217003383693518269", "the number of an order"),
    ("尾号3512的账户", "the last four digits say nothing"),
    ("20180412", "a date"),
    ("4111111111111112", "another issuer, wrong check digit"),
    ("6217003383693518269元", "an amount"),
    ("62170033836935", "fourteen digits"),
    ("账号12345", "five digits are too few"),
]


@pytest.mark.parametrize(("text", "expected", "kind", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, kind: Kind, why: str) -> None:
    assert spans(bank_card.find, text) == [expected], why
    best = max(bank_card.find(View(text)), key=lambda c: (c.end - c.start, c.score))
    assert best.kind is kind, why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(bank_card.find, text) == [], why


@pytest.mark.parametrize("unit", ["元", " 元", "万", "亿", "平方", "㎡", "美元"])
def test_a_quantity_is_no_account(spans, unit: str) -> None:
    assert spans(bank_card.find, f"账户6217003383693518269{unit}") == []


@pytest.mark.parametrize(
    "label", ["账号", "账户", "卡号", "存折", "存折号", "银行卡", "开户行：工行", "户名：张某"]
)
def test_every_label_announces_an_account(spans, label: str) -> None:
    assert spans(bank_card.find, f"{label}：2100167010") == ["2100167010"]


@pytest.mark.parametrize(
    "label", ["账号", "账户", "卡号", "存折", "存折号", "银行卡号", "账号为", "账号是："]
)
def test_letters_are_read_for_digits_after_every_label(spans, label: str) -> None:
    assert spans(bank_card.find, f"{label}2l00l67OlO8005OOl2345") == ["2l00l67OlO8005OOl2345"]


@pytest.mark.parametrize(
    "word",
    ["银行", "卡号", "账号", "账户", "存折", "开户", "户名", "尾号", "信用卡", "储蓄", "借记",
     "汇至", "转入", "转账", "打款", "汇款", "社保卡"],
)  # fmt: skip
def test_a_word_for_a_card_outweighs_an_amount(spans, word: str) -> None:
    assert spans(bank_card.find, "，金额6217003383693518269") == []
    assert spans(bank_card.find, f"{word}，金额6217003383693518269") == ["6217003383693518269"]


@pytest.mark.parametrize("unit", ["元", " 元", "万", "亿", "平方", "㎡", "美元"])
def test_a_quantity_is_no_card(spans, unit: str) -> None:
    assert spans(bank_card.find, f"共6217003383693518269{unit}") == []


@pytest.mark.parametrize("start", ["62", "4", "5", "3", "9", "60", "88"])
@pytest.mark.parametrize("size", [15, 16, 17, 18, 19])
def test_every_issuer_and_size_is_known(spans, start: str, size: int) -> None:
    body = (start + "1234567890123456789")[: size - 1]
    card = next(body + check for check in "0123456789" if checksums.is_luhn(body + check))
    assert spans(bank_card.find, f"持{card}。") == [card]


# Read by all recognisers together: what one leaves to another must not be left over.
HOSTILE = [
    ("6217003383" + "0" * 3000, ["6217003383" + "0" * 3000], "an endless run is masked whole"),
    ("账号" + "1" * 3000, ["1" * 3000], "an endless number after a label"),
    ("6217 0033 " * 200, ["6217 0033 6217 0033"] * 100, "groups of four without end"),
    ("账号：" * 500 + "6217003383693518269", ["6217003383693518269"], "many labels, one number"),
    ("（（6217003383693518269））", ["6217003383693518269"], "nested brackets"),
    ("6217\u0301003383693518269", ["6217\u0301003383693518269"], "an accent on a digit"),
    ("6217003383\ud800693518269", ["6217003383\ud800693518269"], "a lone surrogate inside"),
    ("\u202e6217003383693518269", ["6217003383693518269"], "set from right to left"),
    (
        "6217\u200b0033\u200b8369\u200b3518\u200b269",
        ["6217\u200b0033\u200b8369\u200b3518\u200b269"],
        "invisible blanks for the gaps",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(identifiers.find, text) == expected, why
