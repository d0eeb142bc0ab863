"""The consumption-restriction list and what art. 3 forbids."""

from __future__ import annotations

import pytest

from portal.public.restrictions import RESTRICTED
from portal.reference.consumption import ITEMS


def test_list_filters_and_empty_state(checked, rows):
    assert "名单中没有符合条件的记录" in checked.get("/restrictions").text
    rows.restriction(name="孙小满")
    rows.restriction(name="营口北岸物流有限公司", kind="法人", sex="")
    assert "共 2 条记录" in checked.get("/restrictions?court=x").text
    text = checked.get("/restrictions?kind=法人").text
    assert "营口北岸物流有限公司" in text and "孙小满" not in text


def test_a_name_is_looked_up_through_the_index(checked, rows, index_rows):
    rows.restriction(name="孙小满")
    rows.restriction(name="李长河")
    index_rows()
    text = checked.get("/restrictions?q=孙小满").text
    assert "找到 1 条记录" in text and "李长河" not in text
    assert "请至少输入两个字" in checked.get("/restrictions?q=孙").text
    assert "没有符合条件的记录" in checked.get("/restrictions?q=孙小满&kind=法人").text


def test_a_withdrawn_entry_is_not_shown_by_an_index_that_lags(
    checked, rows, index_rows, disclosure
):
    entry = rows.restriction(name="孙小满")
    index_rows()
    disclosure.delete(entry)
    disclosure.commit()
    assert "<table" not in checked.get("/restrictions?q=孙小满").text


def test_a_page_explains_all_nine_items(checked, rows):
    entry = rows.restriction(document_number="（2018）辽0803执123号之一", text="限制其高消费。")
    text = checked.get(f"/restrictions/{entry.id}").text
    assert len(RESTRICTED) == 9
    for words in (*RESTRICTED, "孙小满", "（2018）辽0803执123号之一", "限制其高消费。"):
        assert words in text
    assert "同名不等于同一人" in text


def test_every_item_is_explained_in_other_words():
    assert [item.words for item in ITEMS] == list(RESTRICTED)
    for item in ITEMS:
        assert len(item.meaning) >= 15 and item.words not in item.meaning


def test_who_is_limited_for_a_company_is_shown_with_it(checked, rows, index_rows):
    company = "营口北岸物流有限公司"
    entry = rows.restriction(
        sex="", id_type="", id_masked="", company=company, capacity="法定代表人或者负责人"
    )
    index_rows()
    text = checked.get(f"/restrictions/{entry.id}").text
    assert "因哪个单位被限制" in text and company in text and "法定代表人或者负责人" in text
    assert "孙小满不是欠债的人" in text
    assert f"{company}的法定代表人或者负责人" in checked.get("/restrictions").text
    assert "孙小满" in checked.get(f"/restrictions?q={company}").text
    alone = checked.get(f"/restrictions/{rows.restriction().id}").text
    assert "因哪个单位被限制" not in alone and "不是欠债的人" not in alone


@pytest.mark.parametrize(("path", "status"), [("nobody", 404), ("gone", 410)])
def test_absent_entries(checked, rows, path, status):
    rows.tombstone("/restrictions/gone")
    assert checked.get(f"/restrictions/{path}").status_code == status
