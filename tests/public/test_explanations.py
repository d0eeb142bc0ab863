"""Standing pages: the masking rules, about, robots."""

from __future__ import annotations

from portal.public.rules import masking_rules
from redaction.policy import Policy


def test_every_rule_in_force_is_on_the_rules_page(checked):
    text = checked.get("/rules").text
    policy = Policy.default()
    assert policy.version in text
    for document in policy.documents.values():
        assert document.title in text
    for kind in policy.kinds.values():
        assert kind.title in text and kind.article in text
    for topic in masking_rules().topics:
        assert topic.title in text and topic.grade in text
    for rows in masking_rules().pages.values():
        assert rows
        for row in rows:
            assert row.note in text and row.article in text


def test_a_page_lists_the_rules_that_decide_there():
    pages = masking_rules().pages
    notes = {title: {row.note: row.action for row in rows} for title, rows in pages.items()}
    assert notes["案件页"]["自然人只保留姓氏，如张某"] == "屏蔽"
    assert notes["失信被执行人名单"]["名单公布被列入者的真实姓名或名称"] == "公开"
    assert "名单公布被列入者的真实姓名或名称" not in notes["案件页"]


def test_about_names_the_way_to_a_correction(checked):
    text = checked.get("/about").text
    for words in ("三日内", "二日内", "七日内", "仅供查询人参考", 'id="correction"'):
        assert words in text


def test_robots_stay_away_from_people_and_cases(checked):
    response = checked.get("/robots.txt")
    assert response.mimetype == "text/plain"
    for path in ("/search", "/cases", "/debtors", "/restrictions", "/terminations", "/auctions"):
        assert f"Disallow: {path}" in response.text.splitlines()
