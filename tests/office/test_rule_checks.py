"""The page of what new rules affect: who may read it, who may renew, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from flask import Flask

from portal.office.word_diff import compare_words
from portal.staff.models import Role
from redaction import Policy, Redactor

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
NUMBERS = [f"（2018）辽0803执{serial}号" for serial in (201, 202)]


@pytest.fixture
def other_rules(
    office_app: Flask, bring_in: Callable[..., None], case: Callable[..., Any]
) -> Callable[[], None]:
    """Publish two cases, then hide organisations' trade names and put the office under that."""
    company = {"role": "被执行人", "kind": "法人", "name": "营口甲乙丙物流有限公司"}
    parties = [case()["parties"][0], company]
    bring_in(*(case(case_number=number, parties=parties, events=[]) for number in NUMBERS))

    def change() -> None:
        text = files("redaction").joinpath("policy.toml").read_text(encoding="utf-8")
        # Its version is left as it was, as somebody in a hurry leaves it.
        text = text.replace('names = "keep"', 'names = "hide_trade_name"')
        gate = replace(office_app.extensions["gate"], redactor=Redactor(Policy.parse(text)))
        office_app.extensions["gate"] = gate
        office_app.extensions["worker"] = replace(office_app.extensions["worker"], gate=gate)

    return change


def test_what_new_rules_change_is_shown_word_by_word_and_renewed_by_choice(
    office_app: Flask,
    person: Callable[..., Any],
    other_rules: Callable[[], None],
    acts: Callable[..., Any],
) -> None:
    chief = person(Role.CHIEF_REVIEWER)
    other_rules()
    assert "还没有检查过" in chief.get("/rules").text
    assert chief.submit("/rules", "/rules").status_code == 303
    watching = chief.get("/rules", headers=PARTIAL).text
    assert 'hx-trigger="every 1s"' in watching
    assert "<!doctype" not in watching
    worker = office_app.extensions["worker"]
    worker.work_off()
    page = chief.get("/rules").text
    assert "屏蔽结果会变 2" in page
    assert "<del>" in page and "<ins>" in page
    assert chief.submit("/rules/1/renew", "/rules").status_code == 303
    assert "请先勾选" in chief.get("/rules").text
    chief.submit("/rules/1/renew", "/rules", item=["1", "x", "99999"])
    worker.work_off()
    assert "已重新发布 1 项" in chief.get("/rules").text
    # Once more the same: it is done, and done once.
    chief.submit("/rules/1/renew", "/rules", item="1")
    assert worker.work_off() == 0
    chief.submit("/rules/1/renew", "/rules", all="1")
    chief.submit("/rules/1/renew", "/rules", all="1")
    assert worker.work_off() == 1
    assert "已重新发布 2 项" in chief.get("/rules?verdict=changed&page=x").text
    assert [act for _, act, _ in acts("rules.")] == ["rules.check", "rules.apply", "rules.apply"]
    released = [subject for _, act, subject in acts("case.released")]
    assert sorted(released) == sorted(NUMBERS * 2)


def test_a_check_can_be_stopped_and_asked_for_once_at_a_time(
    office_app: Flask, person: Callable[..., Any], other_rules: Callable[[], None]
) -> None:
    chief = person(Role.CHIEF_REVIEWER)
    other_rules()
    chief.submit("/rules", "/rules")
    chief.submit("/rules/1/cancel", "/rules")
    assert "已停止" in chief.get("/rules").text
    assert office_app.extensions["worker"].work_off() == 0
    chief.submit("/rules/1/cancel", "/rules")
    assert "已经结束或取消" in chief.get("/rules").text
    for _ in range(2):
        chief.submit("/rules", "/password")
    assert office_app.extensions["worker"].work_off() == 1
    assert chief.submit("/rules/9/cancel", "/rules").status_code == 404


def test_readers_see_what_would_change_and_only_the_chief_reviewer_renews(
    office_app: Flask, person: Callable[..., Any], other_rules: Callable[[], None]
) -> None:
    other_rules()
    person(Role.CHIEF_REVIEWER).submit("/rules", "/rules")
    office_app.extensions["worker"].work_off()
    for role in (Role.REVIEWER, Role.SUPERVISOR):
        reader = person(role)
        assert "屏蔽结果会变" in reader.get("/rules").text
        assert "重新发布勾选的案件" not in reader.get("/rules").text
        for address in ("/rules", "/rules/1/renew", "/rules/1/cancel"):
            assert reader.submit(address).status_code == 403
    assert person(Role.CLERK).get("/rules").status_code == 403


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("张某某", "张某某", [("", "张某某")]),
        ("住辽宁省营口市", "住营口市", [("", "住"), ("-", "辽宁省"), ("", "营口市")]),
        ("电话13904170001。", "电话×××。",
         [("", "电话"), ("-", "13904170001"), ("+", "×××"), ("", "。")]),
        ("", "新", [("+", "新")]),
        ("旧", "", [("-", "旧")]),
        ("a" * 9 + "长" * 4000, "短", [("-", "a" * 9 + "长" * 4000), ("+", "短")]),
    ],
)  # fmt: skip
def test_texts_are_compared_word_by_word(
    before: str, after: str, pieces: list[tuple[str, str]]
) -> None:
    assert [(piece.mark, piece.text) for piece in compare_words(before, after)] == pieces
