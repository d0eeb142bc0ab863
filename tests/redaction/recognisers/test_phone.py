"""Telephone numbers, mobile and landline."""

from __future__ import annotations

import pytest

from redaction import identifiers
from redaction.recognisers import landline, phone
from redaction.view import Candidate, View


def find(view: View) -> list[Candidate]:
    return [*phone.find(view), *landline.find(view)]


MATCHES = [
    ("电话13844120537。", ["13844120537"], "plain"),
    ("手机138 4412 0537", ["138 4412 0537"], "blanks"),
    ("手机138-4412-0537", ["138-4412-0537"], "hyphens"),
    ("138·4412·0537", ["138·4412·0537"], "middle dots"),
    ("138.4412.0537", ["138.4412.0537"], "dots"),
    ("1 3 8 4 4 1 2 0 5 3 7", ["1 3 8 4 4 1 2 0 5 3 7"], "digit by digit"),
    ("1384412\n0537", ["1384412\n0537"], "over a line break"),
    ("１３８４４１２０５３７", ["１３８４４１２０５３７"], "full width"),
    ("①③⑧④④①②⓪⑤③⑦", ["①③⑧④④①②⓪⑤③⑦"], "circled"),
    ("幺三八四四幺二零五三七", ["幺三八四四幺二零五三七"], "as read out on the phone"),
    ("一三八四四一二〇五三七", ["一三八四四一二〇五三七"], "Chinese numerals"),
    ("138四四12〇537", ["138四四12〇537"], "mixed scripts"),
    ("138\u00a04412\u00a00537", ["138\u00a04412\u00a00537"], "non-breaking blanks"),
    ("138\u200d44120537", ["138\u200d44120537"], "zero-width joiner"),
    ("+8613844120537", ["+8613844120537"], "country code"),
    ("0086 13844120537", ["0086 13844120537"], "country code with zeros"),
    ("（86）13844120537", ["（86）13844120537"], "country code in brackets"),
    ("(+86)138-4412-0537", ["(+86)138-4412-0537"], "both"),
    ("联系电话13844120537、13900001111", ["13844120537", "13900001111"], "a list of two"),
    ("13844120537\n13900001111", ["13844120537", "13900001111"], "one under the other"),
    ("0417-2857617", ["0417-2857617"], "landline with area code"),
    ("（0417）2857617转8012", ["（0417）2857617转8012"], "brackets and extension"),
    ("家庭电话2857617", ["2857617"], "landline without area code, by label"),
    ("客服400-820-8820", ["400-820-8820"], "service number"),
    ("电话：I384412O537", ["I384412O537"], "letters read for digits after a label"),
]

NEAR_MISSES = [
    ("12844120537", "no mobile begins with 12"),
    ("1384412053", "ten digits"),
    ("请拨打12368", "the courts' service line is public"),
    ("（2018）辽0802执13844号", "a case number"),
    ("人民币13844120537元", "an amount of thirteen milliards"),
    ("金额13844120.53", "an amount with cents"),
    ("2018-04-12 13:50", "a time"),
    ("法释〔2015〕17号", "a statute"),
    ("拍品编号：13844120537", "the number of a lot"),
    ("https://sf-item.taobao.com/sf_item/13844120537.htm", "inside an address on the web"),
]


# Read by all recognisers together: what one leaves to another must not be left over.
HOSTILE = [
    ("13844120537" * 20, ["13844120537" * 20], "no edge between numbers: masked as one run"),
    ("1" * 5000, ["1" * 5000], "an endless run is no telephone and is masked all the same"),
    ("（（（（13844120537））））", ["13844120537"], "nested brackets"),
    ("1\u03013844120537", ["1\u03013844120537"], "an accent on a digit"),
    ("\u202e13844120537\u202c", ["13844120537\u202c"], "set from right to left"),
    ("138\ud8004412\udfff0537", ["138\ud8004412\udfff0537"], "lone surrogates inside"),
    ("138\u200b4412\ufeff0537", ["138\u200b4412\ufeff0537"], "invisible blanks of two sorts"),
    ("１３８　４４１２　0537", ["１３８　４４１２　0537"], "half of it in full width"),
    ("138----44120537", ["138----44120537"], "more hyphens than anybody needs"),
    ("138\r\n4412\r\n0537", ["138\r\n4412\r\n0537"], "over three lines of a Windows file"),
    ("+++++13844120537", ["+13844120537"], "a row of signs before it"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(find, text) == expected, why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(find, text) == [], why


@pytest.mark.parametrize(
    "word",
    ["电话", "手机", "联系", "号码", "致电", "拨打", "来电", "热线", "传真", "座机", "微信", "短信",
     "Tel", "PHONE", "mob", "call"],
)  # fmt: skip
def test_a_word_for_a_telephone_outweighs_an_amount(spans, word: str) -> None:
    assert spans(phone.find, f"{word}13844120537元") == ["13844120537"]


@pytest.mark.parametrize("unit", ["元", " 元", "万", "亿", "平方", "㎡", "吨", "股", "美元"])
def test_a_quantity_is_no_telephone(spans, unit: str) -> None:
    assert spans(phone.find, f"共13844120537{unit}") == []


@pytest.mark.parametrize("word", ["电话", "手机", "联系方式", "致电", "拨打", "来电"])
@pytest.mark.parametrize("link", ["", "号", "号码", "为", "是", "：", "号码为：", ":+86"])
def test_letters_are_read_for_digits_after_every_label(spans, word: str, link: str) -> None:
    assert spans(phone.find, f"{word}{link}I384412O537") == ["I384412O537"]


@pytest.mark.parametrize(
    "code", ["0086", "086", "86", "0", "+", "+86", "(86)", "（+86）", "+86-", "86 ", "+ 86 - "]
)
def test_a_country_code_belongs_to_the_number(spans, code: str) -> None:
    assert spans(phone.find, f"甲{code}13844120537") == [f"{code}13844120537"]


def test_a_slip_with_more_characters_is_no_telephone(spans) -> None:
    assert spans(phone.find, "电话I384412O537A") == []


def test_goes_on_after_a_number_that_stays(spans) -> None:
    assert spans(phone.find, "订单号13844120537，本人13900001111") == ["13900001111"]


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(identifiers.find, text) == expected, why
