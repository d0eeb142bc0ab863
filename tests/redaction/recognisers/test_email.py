"""Addresses of electronic mail. All are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import email

MATCHES = [
    ("邮箱a.b-c_1@sina.com.cn。", "a.b-c_1@sina.com.cn", "plain, Han after it"),
    ("联系zhangsan@163.com办理", "zhangsan@163.com", "Han on both sides"),
    ("zhang＠１６３．ｃｏｍ", "zhang＠１６３．ｃｏｍ", "full width"),
    ("zhang(at)163.com", "zhang(at)163.com", "sign spelled out"),
    ("zhang[AT]163.com", "zhang[AT]163.com", "in capitals, other brackets"),
    ("zhang艾特163.com", "zhang艾特163.com", "sign spoken"),
    ("zhang(at)163(dot)com", "zhang(at)163(dot)com", "dot spelled out, too"),
    ("zhang@163点com", "zhang@163点com", "dot spoken"),
    ("zhang @ 163 . com", "zhang @ 163 . com", "blanks"),
    ("zhang  @  163.com", "zhang  @  163.com", "two blanks, the most"),
    ("1@qq.com", "1@qq.com", "one character, the shortest"),
    ("邮箱：zhang@mail", "zhang@mail", "no domain, but a label"),
    ("a@b.c.d.e.f", "a@b.c.d.e.f", "five parts of a domain, the most"),
]

NEAR_MISSES = [
    ("@所有人", "no local part"),
    ("100@每人", "no domain"),
    ("zhang@mail", "neither domain nor label"),
    ("zhang   @163.com", "three blanks: two words"),
    ("5@3.5元", "a price: no domain begins with a digit after the dot"),
]

HOSTILE = [
    ("@" * 5000, [], "signs and nothing else"),
    ("a" * 5000 + "@163.com", ["a" * 64 + "@163.com"], "sixty-four characters before the sign"),
    ("a@b" * 1000, [], "signs between, no domain"),
    ("x@163." + "a" * 5000, ["x@163." + "a" * 63], "a domain without end"),
    ("张\u202ezhang@163.com", ["zhang@163.com"], "a sign that turns the direction of writing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(email.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(email.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(email.find, text) == expected, why
