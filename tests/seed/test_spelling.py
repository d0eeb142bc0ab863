"""Every way a clerk may write a number must still be that number."""

from __future__ import annotations

import re
import unicodedata
from random import Random

import pytest

from portal.reference import case_numbers
from seed import spelling

TRIALS = range(400)


def plain(text: str) -> str:
    return re.sub(r"[\s·•-]", "", unicodedata.normalize("NFKC", text)).upper()


@pytest.mark.parametrize(
    ("write", "number"),
    [
        (spelling.written_document, "210803198506122015"),
        (spelling.written_card, "6217003383693518269"),
        (spelling.written_plate, "辽H15D3W"),
    ],
)
def test_written_forms_fold_back_to_the_number(write, number: str) -> None:
    forms = {write(Random(trial), number) for trial in TRIALS}
    assert {plain(form) for form in forms} == {number}
    assert len(forms) >= 3


def test_the_last_letter_of_an_identity_number_is_typed_in_every_known_way() -> None:
    number = "21080319850612201X"
    endings = {spelling.written_document(Random(trial), number)[-1] for trial in TRIALS}
    assert endings == {"X", "x", "Ｘ", "×"}


def test_a_phone_is_grouped_widened_prefixed_and_spelt_out() -> None:
    forms = {spelling.written_phone(Random(trial), "13844120537") for trial in TRIALS}
    assert {
        "13844120537",
        "138-4412-0537",
        "138 4412 0537",
        "１３８４４１２０５３７",
        "一三八四四一二零五三七",
        "+8613844120537",
    } <= forms


def test_case_numbers_are_written_in_many_forms_that_all_parse_to_one() -> None:
    number = "（2018）辽0803执恢123号"
    forms = {spelling.written_case_number(Random(trial), number) for trial in TRIALS}
    assert {str(case_numbers.parse(form)) for form in forms} == {number}
    assert len(forms) >= 4


def test_slips_leave_every_letter_and_digit_in_its_order() -> None:
    sentence = "被执行人到庭，留存电话：13844120537（本人）。"
    kept = [spelling.scribbled(Random(trial), sentence) for trial in TRIALS]
    assert {re.sub(r"\W", "", text) for text in kept} == {re.sub(r"\W", "", sentence)}
    assert 0.6 < sum(text == sentence for text in kept) / len(kept) < 0.9
