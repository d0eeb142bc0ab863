"""What stands before a place: the sign that leads up to a person, or away from one."""

from __future__ import annotations

import pytest

from redaction.names.leading import Before, what_leads_to

ROWS = [
    ("被执行人|乔涵烨", Before.ROLE, "a role of the case"),
    ("被执行人（反诉原告）|乔涵烨", Before.ROLE, "a remark between role and name"),
    ("法定代表人：|张伟", Before.ROLE, "a colon between"),
    ("姓名为|张伟", Before.ROLE, "a label and a copula"),
    ("石瀚溦的妻|吴琰浛", Before.ROLE, "kinship in one character behind 的"),
    ("夫妻|吴琰浛", Before.NOTHING, "夫妻 announces nobody"),
    ("审判员|李建国", Before.TITLE, "a judge"),
    ("审判员：|李建国", Before.TITLE, "a judge with a colon"),
    ("向|熊珩借款", Before.WORD, "a preposition"),
    ("购毒人员|黄丹", Before.WORD, "人员 alone says little"),
    ("过路者|黄丹", Before.WORD, "a word for a person that no list holds"),
    ("，|张伟", Before.EDGE, "punctuation"),
    ("|张伟", Before.EDGE, "the start of the text"),
    ("共50|元现金", Before.MEASURE, "a number measures what follows"),
    ("13812345678|张伟", Before.EDGE, "a telephone number measures nothing"),
    ("已于昨日|安全", Before.NOTHING, "an ordinary character"),
]


@pytest.mark.parametrize(("text", "before", "why"), ROWS)
def test_says_what_leads_to_a_place(text: str, before: Before, why: str) -> None:
    head, _, tail = text.partition("|")
    assert what_leads_to(head + tail, len(head)) is before, why
