"""Citizen numbers. All of them are invented."""

from __future__ import annotations

import pytest

from redaction import identifiers
from redaction.recognisers import id_number

MATCHES = [
    ("身份证号210802198503170019。", "210802198503170019", "plain, before a full stop"),
    ("（210802198503170019）", "210802198503170019", "in brackets, no label"),
    ("住址及210802198503170019号码", "210802198503170019", "Han on both sides: no word boundary"),
    ("210802 19850317 0019", "210802 19850317 0019", "read out in three groups"),
    ("210802-19850317-0019", "210802-19850317-0019", "hyphens"),
    ("2108021985·0317·0019", "2108021985·0317·0019", "middle dots"),
    ("210802\u300019850317\u30000019", "210802\u300019850317\u30000019", "ideographic blanks"),
    ("210802\n198503170019", "210802\n198503170019", "broken over two lines"),
    ("2108\u200b0219850317\u200b0019", "2108\u200b0219850317\u200b0019", "zero-width blanks"),
    ("２１０８０２１９８５０３１７００１９", "２１０８０２１９８５０３１７００１９", "full width"),
    ("二一零八零二一九八五零三一七零零一九", "二一零八零二一九八五零三一七零零一九", "numerals"),
    ("②①⓪⑧⓪②①⑨⑧⑤⓪③①⑦⓪⓪①⑨", "②①⓪⑧⓪②①⑨⑧⑤⓪③①⑦⓪⓪①⑨", "circled digits"),
    ("21080219630816585x", "21080219630816585x", "lower-case check letter"),
    ("21080219630816585Ｘ", "21080219630816585Ｘ", "full-width check letter"),
    ("21080219630816585×", "21080219630816585×", "a multiplication sign for X"),
    ("21080219630816585 X", "21080219630816585 X", "a blank before X"),
    ("210802198503170018", "210802198503170018", "wrong check digit is still somebody's number"),
    ("210802850317001", "210802850317001", "15 digits, old form"),
    ("身份证号码：2lO8O2l985O3l7OOl9", "2lO8O2l985O3l7OOl9", "letters read for digits after label"),
    ("身份证号21080219850317001", "21080219850317001", "a digit lost, by label"),
    ("身份证号码：210802 19850317 00l2", "210802 19850317 00l2", "a slip in a spaced number"),
    ("210802\n        198503170019", "210802\n        198503170019", "second line indented"),
    ("911124198108030024", "911124198108030024", "permanent residence card of 2023"),
    ("11010519491231002X13844120537", "11010519491231002X", "a phone glued to a right X"),
    ("210802189903170019", "210802189903170019", "born in the nineteenth century"),
    ("210802201503170019", "210802201503170019", "born in the twenty-first"),
    ("21080218990317001X", "21080218990317001X", "the same, with a letter"),
    ("21080220150317001X", "21080220150317001X", "the same, with a letter"),
    ("210802 850317 001", "210802 850317 001", "old form in three groups"),
    ("210802961231001", "210802961231001", "old form, the last day of a year"),
    ("订单号210802198503170012", "210802198503170012", "an order does not excuse a citizen number"),
    ("证件号码1234567890123l", "1234567890123l", "fourteen characters, the fewest after a label"),
    ("810000199408230021", "810000199408230021", "residence permit of a Hong Kong resident"),
]

NEAR_MISSES = [
    ("210802198513170019", "month 13: not a date, so chance digits"),
    ("210802850230001", "old form, the thirtieth of February"),
    ("210802851331001", "old form, month 13"),
    ("订单号210802850317001", "the number of an order in the old form"),
    ("21080219850317001XA", "letters go on after the check character"),
    ("21080219850317001X2", "digits go on after a wrong check character"),
    ("证件号码123456789012l", "thirteen characters are too few"),
    ("010802198503170019", "no region begins with 0"),
    ("91210800MA06820137", "a credit code has letters"),
    ("本院（2018）辽0802执1234号", "a case number"),
    ("2018年4月12日至2018年10月12日", "dates are not one run"),
    ("1827142.23元", "an amount"),
]


# Read by all recognisers together: what one leaves to another must not be left over.
HOSTILE = [
    ("2" * 5000, ["2" * 5000], "an endless run is masked whole"),
    ("210802198503170019" * 5, ["210802198503170019" * 5], "no edge between numbers"),
    (
        "210802198503170019" + "910071305891208012",
        ["210802198503170019910071305891208012"],
        "a number and its mirror",
    ),
    (
        "\u0301".join("210802198503170019"),
        ["\u0301".join("210802198503170019")],
        "an accent on every digit",
    ),
    (
        "\ufeff".join("210802198503170019"),
        ["\ufeff".join("210802198503170019")],
        "an invisible blank between any two",
    ),
    (
        "\u3000".join("210802198503170019"),
        ["\u3000".join("210802198503170019")],
        "an ideographic blank between any two",
    ),
    ("\u202e210802198503170019", ["210802198503170019"], "set from right to left"),
    ("210802198\ud800503170019", ["210802198\ud800503170019"], "a lone surrogate inside"),
    ("（（（（210802198503170019））））", ["210802198503170019"], "nested brackets"),
    ("身份证号" * 500 + "210802198503170019", ["210802198503170019"], "many labels, one number"),
    ("21080219850317001Ⅹ", ["21080219850317001Ⅹ"], "a Roman ten for the check letter"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(id_number.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(id_number.find, text) == [], why


def test_a_valid_check_digit_is_certain(spans) -> None:
    from redaction.view import View

    valid = next(iter(id_number.find(View("210802198503170012"))))
    wrong = next(iter(id_number.find(View("210802198503170013"))))
    assert valid.score == 1.0
    assert wrong.score < valid.score


@pytest.mark.parametrize(
    "word", ["身份", "证件", "公民", "居住证", "居留", "证号", "ID", "id", "驾驶证", "号码"]
)
def test_a_label_outweighs_an_order(spans, word: str) -> None:
    assert spans(id_number.find, f"订单号：{word}210802850317001") == ["210802850317001"]


@pytest.mark.parametrize(
    "label",
    ["身份证", "身份证件", "身份证号", "身份证号码", "证件号", "证件号码", "身份号码", "身份号"],
)
def test_letters_are_read_for_digits_after_every_label(spans, label: str) -> None:
    assert spans(id_number.find, f"{label}：2lO8O2l985O3l7OOl9") == ["2lO8O2l985O3l7OOl9"]


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(identifiers.find, text) == expected, why
