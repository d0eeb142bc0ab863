"""Accounts with messengers and payment services. All are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import social_account

MATCHES = [
    ("微信号wx_7c43hvt8d。", "wx_7c43hvt8d", "after the label"),
    ("微 信：zhang88", "zhang88", "a blank inside the label"),
    ("微\n信：zhang88", "zhang88", "the label over two lines"),
    ("威信zhang88", "zhang88", "misspelt to escape filters"),
    ("VX：zhang88", "zhang88", "abbreviated"),
    ("QQ：123456789", "123456789", "QQ"),
    ("qq号12345", "12345", "five digits, the fewest"),
    ("QQ号 1234 5678 9", "1234 5678 9", "QQ in groups"),
    ("企鹅号是123456789", "123456789", "QQ by its bird"),
    ("加wxid_ab12cd34ef", "wxid_ab12cd34ef", "the messenger's own form"),
    ("支付宝账号zhang_san88", "zhang_san88", "payment service"),
    ("抖音号：liaoning2018", "liaoning2018", "video service"),
    ("已微信送达（dq_yghi3pe）", "dq_yghi3pe", "words between the label and the account"),
    ("微信送达（zhangsan）", "zhangsan", "letters only, in brackets after the label"),
    ("见zhang_2018处", "zhang_2018", "an underscore and a digit, no label"),
    ("Telegram：zhang88", "zhang88", "a foreign service"),
    ("微信（“zhang88”）", "zhang88", "brackets and quotation marks between"),
]

NEAR_MISSES = [
    ("微信转账5000元", "an amount"),
    ("通过微信12000元支付", "an amount right after the name"),
    ("微信支付12000.50元", "an amount with cents"),
    ("微信abcd", "four characters are too few"),
    ("微信群聊", "the word alone"),
    ("snake_case", "an underscore without a digit"),
    ("https://example.invalid/a_12345", "in a web address"),
]

HOSTILE = [
    ("微信" * 1000 + "：zhang88", ["zhang88"], "many labels before one account"),
    ("微信" + "a" * 5000, [], "letters without end"),
    ("_" * 5000, [], "underscores and nothing else"),
    ("a_1" * 2000, ["a_1" * 10 + "a"], "underscores without an edge: as long as an account gets"),
    ("微信" + "（" * 500 + "zhang88", ["zhang88"], "nested brackets between"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(social_account.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(social_account.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(social_account.find, text) == expected, why
