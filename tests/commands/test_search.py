"""``portal search``: the index, asked as the public search page asks it."""

from __future__ import annotations

from typing import Any

import pytest

from portal import create_app
from portal.settings import Surface, read_settings

NUMBER = "（2018）辽0803执123号"
WRITTEN = [
    "（2018）辽0803执123号",
    "(2018)辽0803执123号",
    "2018辽0803执123",
    "〔2018〕辽0803执字第123号",
    "（２０１８）辽０８０３执１２３号",
    " （2018） 辽 0803 执 123 号 ",
    "(2018)辽0803执00123号",
    "（2018）遼0803執123號",
]


def test_the_answer_is_one_object_of_total_and_hits(published: Any) -> None:
    answer = published.json("search", NUMBER)
    assert answer["total"] == len(answer["hits"]) == 5
    for hit in answer["hits"]:
        assert set(hit) == {"kind", "id", "title", "url"}
        assert all(hit.values())
    kinds = [hit["kind"] for hit in answer["hits"]]
    assert kinds[0] == "case"
    assert set(kinds) == {"case", "debtor", "restriction", "termination", "auction"}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_case_is_found_by_its_number_in_any_written_form(published: Any, written: str) -> None:
    answer = published.json("search", written, "--kind", "case")
    assert answer["exact"] is True
    assert [hit["title"].split(" ")[0] for hit in answer["hits"]] == [NUMBER]


@pytest.mark.parametrize(
    ("query", "kind", "titles"),
    [
        (NUMBER, "case", [f"{NUMBER} 民间借贷纠纷"]),
        ("秦椒榕", "debtor", ["秦椒榕"]),
        ("秦椒榕", "restriction", ["秦椒榕"]),
        ("住宅", "auction", ["营口市两居室住宅一套"]),
        ("秦椒榕", "case", []),
        ("秦椒榕", "auction", []),
        ("住宅", "debtor", []),
        ("住宅", "story", []),
    ],
)
def test_hits_of_one_kind(published: Any, query: str, kind: str, titles: list[str]) -> None:
    answer = published.json("search", query, "--kind", kind)
    assert [hit["title"] for hit in answer["hits"]] == titles
    assert {hit["kind"] for hit in answer["hits"]} <= {kind}
    assert answer["total"] == len(titles)


@pytest.mark.parametrize("query", ["甘蓝芷", "13904170001", "18940710002", "秦椒榕 甘蓝芷"])
def test_nobody_is_found_by_what_was_masked(published: Any, query: str) -> None:
    answer = published.json("search", query)
    assert {hit["kind"] for hit in answer["hits"]} <= {"debtor", "restriction"}
    assert "甘蓝芷" not in str(answer)
    if "秦椒榕" not in query:
        assert answer["total"] == 0


def test_a_held_case_is_not_found(published: Any) -> None:
    answer = published.json("search", "（2018）辽0803执125号")
    assert answer["exact"] is False
    assert "执125号" not in str(answer["hits"])


def test_every_hit_leads_to_a_public_page(published: Any) -> None:
    settings = read_settings({"PORTAL_HOME": str(published.home)}, Surface.PUBLIC)
    client = create_app(settings).test_client()
    for hit in published.json("search", NUMBER)["hits"]:
        page = client.get(hit["url"])
        assert page.status_code == 200
        assert NUMBER in page.text


def test_without_json_hits_are_listed_in_words(published: Any) -> None:
    result = published("search", NUMBER)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "共 5 项"
    assert lines[1].startswith(f"  [case] {NUMBER}")


def test_a_number_that_is_not_there_is_said_so(published: Any) -> None:
    result = published("search", "（2018）辽0803执999号")
    assert result.exit_code == 0
    assert result.stdout.startswith("没有与 （2018）辽0803执999号 完全一致的案号")


@pytest.mark.parametrize("query", ["", " ", "秦", "!!", "*"])
def test_too_little_is_not_looked_up(published: Any, query: str) -> None:
    assert published.json("search", query)["total"] == 0
    refused = published("search", query)
    assert refused.exit_code == 1
    assert "至少两个字符" in refused.stderr


@pytest.mark.parametrize(
    "query", ["title:秦椒榕", "秦*榕", "秦椒榕 OR 住宅", "((((", "[a TO z]", "\\"]
)
def test_what_looks_like_a_query_language_is_plain_text(published: Any, query: str) -> None:
    result = published("search", query)
    assert result.exit_code in {0, 1}
    assert "Traceback" not in result.output


def test_an_unknown_kind_is_refused(published: Any) -> None:
    assert published("search", "住宅", "--kind", "person").exit_code == 2


def test_pages_follow_one_another(published: Any) -> None:
    assert published.json("search", NUMBER, "--page", "2")["hits"] == []
    assert published("search", NUMBER, "--page", "0").exit_code == 2
