"""Names that are not built of a Chinese family name and a given name (法释〔2016〕19号 art. 9)."""

from __future__ import annotations

import pytest

from redaction.names import foreign, latin
from redaction.names.dictionary import Cut
from redaction.view import View

DOTTED = [
    ("证人阿依古丽·买买提陈述", ["阿依古丽·买买提"], "a role before, a verb behind"),
    ("阿依古丽·买买提到庭", ["阿依古丽·买买提"], "at the start of the text"),
    ("与被执行人让·雅克·卢梭签订合同", ["让·雅克·卢梭"], "two dots"),
    ("借给迪丽热巴·迪力木拉提。", ["迪丽热巴·迪力木拉提"], "long parts"),
    ("阿依古丽\u2022买买提到庭", ["阿依古丽·买买提"], "another dot, folded"),
    ("被执行人才旦卓玛到庭", ["才旦卓玛"], "Tibetan, behind a role"),
    ("证人扎西多吉陈述", ["扎西多吉"], "Tibetan"),
    ("达瓦更扎景区", [], "a place that begins like a Tibetan name"),
    ("被执行人田中角荣到庭", ["田中角荣"], "Japanese, behind a role"),
    ("申请执行人山田一郎", ["山田一郎"], "Japanese, at the end"),
    ("在田中耕作", [], "田中 without a role is in the field"),
    ("被执行人福田区某公司", [], "a district"),
    ("被执行人太田商贸有限公司", [], "a company"),
    ("单价3·5元", [], "a dot between digits"),
    ("没有间隔号", [], "no dot"),
]
LATIN = [
    ("被告人Michael Smith于2018年来华", ["Michael Smith"], "behind a role"),
    ("证人：WANG WEI", ["WANG WEI"], "capitals, a colon"),
    ("其妻子Mary O'Brien-Lee到庭", ["Mary O'Brien-Lee"], "apostrophe and hyphen"),
    ("购买iPhone手机", [], "nobody is announced"),
    ("被执行人A公司", [], "one letter stands for a company"),
    ("联系人ab@example.com", [], "an address of another kind"),
]


@pytest.mark.parametrize(("text", "names", "why"), DOTTED)
def test_finds_names_with_middle_dots(text: str, names: list[str], why: str) -> None:
    view = View(text)
    found = foreign.find(view, Cut(view.text))
    assert [view.text[c.start : c.end] for c in found] == names, why


@pytest.mark.parametrize(("text", "names", "why"), LATIN)
def test_finds_announced_names_in_latin_letters(text: str, names: list[str], why: str) -> None:
    view = View(text)
    assert [view.text[c.start : c.end] for c in latin.find(view)] == names, why
