"""``portal publish`` and ``portal verify``: through the gate, and a look back at the result."""

from __future__ import annotations

import re
import shutil
import signal
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

Export = Callable[..., Path]
MakeRecord = Callable[..., dict[str, Any]]

PUBLIC_CONTENT = {
    "cases": "SELECT case_number, level, version, stage, parties, masked FROM public_case"
    " ORDER BY id",
    "events": "SELECT case_id, position, node, text FROM public_event ORDER BY id",
    "ledger": "SELECT item_kind, item_key, act, version, revision FROM ledger_entry ORDER BY id",
    "outbox": "SELECT item_kind, item_id, deleted FROM index_change ORDER BY id",
}


def test_the_report_counts_what_became_of_every_case(published: Any) -> None:
    report = published.json("publish")
    assert report == {"released": 1, "held": 1, "not_public": 1, "withdrawn": 0, "errors": []}


def test_the_report_says_why_cases_are_held_and_names_nobody(
    portal: Any, record: MakeRecord, export: Export
) -> None:
    young = record(2, disclosure=None)
    young["parties"][1] |= {"birth_date": "2005-06-01"}
    young["measures"] = [{"kind": "失信", "party": "秦椒榕", "decided_on": "2018-05-02"}]
    portal.json("import", str(export(record(1), young, record(3, disclosure=None))))
    report = portal.json("publish", "--reasons")
    assert (report["released"], report["held"]) == (1, 2)
    assert report["reasons"]["未写明公开级别"] == 2
    assert report["reasons"]["被执行人未满十八周岁，不得列入失信名单"] == 1
    assert list(report["reasons"].values()) == sorted(report["reasons"].values(), reverse=True)
    first, heading, *lines = portal("publish").stdout.splitlines()
    assert first == "已公开 1，待审核 2，不公开 0，已撤下 0，出错 0"
    assert heading == "待审核的原因（一案可有多项）："
    assert "       2 案  未写明公开级别" in lines
    assert "秦椒榕" not in str(report) + str(lines)


def test_publishing_again_changes_nothing(published: Any) -> None:
    before = {name: published.read("public/disclosure", q) for name, q in PUBLIC_CONTENT.items()}
    first, second = published.json("publish"), published.json("publish")
    assert first == second
    for name, query in PUBLIC_CONTENT.items():
        assert published.read("public/disclosure", query) == before[name]
    waiting = "SELECT count(*) FROM review WHERE state = 'waiting'"
    assert published.read("office/registry", waiting) == [(1,)]


def test_a_case_closed_to_the_public_gives_away_four_things_only(published: Any) -> None:
    columns = published.read(
        "public/disclosure", "SELECT name FROM pragma_table_info('public_case')"
    )
    row = published.read("public/disclosure", "SELECT * FROM public_case WHERE level = '不公开'")[0]
    filled = {name for (name,), value in zip(columns, row, strict=True) if value not in ("", None)}
    private = {"parties", "controls", "measures", "masked"}
    values = dict(zip((name for (name,) in columns), row, strict=True))
    assert {values[name] for name in private} == {"[]"}
    assert filled - private == {
        "id", "case_number", "slug", "court_code", "court_name", "filed_on",
        "level", "closed_reason", "version", "released_at",
    }  # fmt: skip


def test_a_case_that_cannot_be_composed_is_named_and_the_others_go_on(
    portal: Any, record: MakeRecord, export: Export
) -> None:
    portal.json("import", str(export(record(1), record(2), record(3))))
    broken = ("UPDATE registry_case SET content = ? WHERE case_number = ?", '{"parties": 5}')
    portal.write("office/registry", broken[0], (broken[1], "（2018）辽0803执2号"))
    report = portal.json("publish", exit_code=1)
    assert (report["released"], report["errors"]) == (2, ["（2018）辽0803执2号"])
    public = portal.read("public/disclosure", "SELECT case_number FROM public_case ORDER BY id")
    assert public == [("（2018）辽0803执1号",), ("（2018）辽0803执3号",)]


def test_a_clean_instance_is_verified(published: Any) -> None:
    report = published.json("verify")
    assert set(report) == {"scanned", "pages", "leaks", "faults", "overridden"}
    assert report["leaks"] == []
    assert report["scanned"] > 5


LEAKS = {
    "a telephone number in the timeline": (
        "UPDATE public_event SET text = text || ?",
        "另询 18940710002。",
    ),
    "the same with full-width digits": (
        "UPDATE public_event SET text = text || ?",
        "另询１８９４０７１０００２。",
    ),
    "a name on a page that masks names": (
        "UPDATE public_event SET text = text || ?",
        "秦椒榕到庭。",
    ),
    "a name in a column nobody thought of": (
        "UPDATE public_case SET handler_title = ? WHERE level = '公开'",
        "秦椒榕",
    ),
    "a telephone number beside a listed name": (
        "UPDATE public_debtor SET performed_part = ?",
        "电话18940710002",
    ),
    "a case the registry does not know": (
        "UPDATE public_case SET case_number = ? WHERE level = '不公开'",
        "（2018）辽0803执999号",
    ),
}


PLANTED = ("秦椒榕", "18940710002", "１８９４０７１０００２")


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found_and_never_repeated(published: Any, leak: str) -> None:
    statement, value = LEAKS[leak]
    published.write("public/disclosure", statement, (value,))
    report = published.json("verify", exit_code=1)
    assert report["leaks"]
    for found in report["leaks"]:
        assert set(found) == {"item", "path", "kind", "reason"}
    assert not [private for private in PLANTED if private in str(report)]


def test_whatever_was_found_is_not_repeated_in_words_either(published: Any) -> None:
    for statement, value in LEAKS.values():
        published.write("public/disclosure", statement, (value,))
    words = published("verify")
    assert words.exit_code == 1
    assert not [private for private in PLANTED if private in words.output]


def test_bytes_left_behind_in_a_public_file_are_found(published: Any) -> None:
    (published.home / "public" / "index" / "left.tmp").write_bytes(b"\x00\x0118940710002\x00")
    (leak,) = published.json("verify", exit_code=1)["leaks"]
    assert leak["item"] == "left.tmp"


def test_a_publication_that_was_killed_leaves_whole_cases_and_goes_on(
    portal: Any, record: MakeRecord, export: Export, tmp_path: Path
) -> None:
    total = 30
    file = str(export(*(record(n) for n in range(1, total + 1))))
    portal.json("import", file)
    process = portal.spawn("publish", "--json")
    released = "SELECT count(*) FROM ledger_entry"
    while process.poll() is None and portal.read("public/disclosure", released)[0][0] < 3:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    (done,) = portal.read("public/disclosure", released)[0]
    assert 3 <= done < total

    # What was released before the kill is whole, and can be brought into the index as it is.
    assert portal.read("public/disclosure", "SELECT count(*) FROM public_case") == [(done,)]
    assert portal.json("verify")["leaks"] == []
    assert portal("index", "sync").exit_code == 0
    assert portal.json("index", "check") == {"missing": 0, "stale": 0, "repaired": False}

    assert portal.json("publish")["released"] == total
    assert portal("index", "sync").exit_code == 0
    assert portal.json("index", "check") == {"missing": 0, "stale": 0, "repaired": False}
    assert portal.json("verify")["leaks"] == []
    assert portal.json("search", "辽0803", "--kind", "case")["total"] == total

    straight = type(portal)(tmp_path / "straight")
    for arguments in (("init",), ("import", file), ("publish",)):
        assert straight(*arguments).exit_code == 0
    for query in PUBLIC_CONTENT.values():
        assert portal.read("public/disclosure", query) == straight.read("public/disclosure", query)


def test_what_a_verification_found_is_kept_for_the_office(published: Any) -> None:
    assert published("verify").exit_code == 0
    query = "SELECT finished_at IS NOT NULL, scanned > 0, leaks, faults FROM leak_check"
    assert published.read("office/registry", query) == [(1, 1, 0, 0)]
    (act,) = published.read(
        "office/registry", "SELECT act FROM audit_entry ORDER BY id DESC LIMIT 1"
    )
    assert act == ("publish.verify",)


@pytest.fixture
def new_policy(tmp_path: Path) -> Path:
    """A policy that shows no cause any more."""
    text = files("redaction").joinpath("policy.toml").read_text(encoding="utf-8")
    before, _, rest = text.partition('fields = ["cause"]')
    changed = before + 'fields = ["cause"]' + rest.replace("redact_text", "remove", 1)
    path = tmp_path / "new-policy.toml"
    path.write_text(
        re.sub(r'(?m)^version = ".*"', 'version = "2019-01.1"', changed, count=1), encoding="utf-8"
    )
    return path


def test_rules_are_previewed_before_they_are_in_force_and_renewed_after(
    published: Any, new_policy: Path
) -> None:
    before = published.read("public/disclosure", "SELECT case_number, version FROM public_case")
    assert published.json("publish", "--preview")["affected"] == 0
    found = published.json("publish", "--preview", "--policy", str(new_policy))
    assert found["rules"].startswith("2019-01.1+")
    assert [item["verdict"] for item in found["items"]] == ["changed"]
    changes = found["items"][0]["changes"]
    assert ("民间借贷纠纷", "") in {(change["before"], change["after"]) for change in changes}
    written = published("publish", "--preview", "--policy", str(new_policy)).output
    assert "影响 1 项，没有作任何改动" in written
    assert (
        published.read("public/disclosure", "SELECT case_number, version FROM public_case")
        == before
    )
    # In force: an ordinary run leaves what is public as it is, --renew does not.
    shutil.copy(new_policy, published.home / "policy.toml")
    assert published.json("publish")["released"] == 1
    assert published.json("publish", "--preview")["affected"] == 1
    assert published.json("publish", "--renew") == {"rules": found["rules"], "released": 1}
    assert published.json("publish", "--renew") == {"rules": found["rules"]}
    newest = "SELECT version, policy_version FROM ledger_entry ORDER BY id DESC LIMIT 1"
    assert published.read("public/disclosure", newest) == [(2, found["rules"])]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--preview", "--renew"),
        ("--case", "（2018）辽0803执123号"),
        ("--renew", "--policy", "README.md"),
        ("--preview", "--case", "没有的案号"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    published: Any, arguments: tuple[str, ...]
) -> None:
    assert published("publish", *arguments).exit_code == 2


def test_a_policy_that_cannot_be_read_stops_the_command_in_words(
    published: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("version = 1", encoding="utf-8")
    result = published("publish", "--preview", "--policy", str(broken))
    assert (result.exit_code, "不是可用的屏蔽规则" in result.output) == (1, True)
