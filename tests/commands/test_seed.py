"""``portal seed``: an invented court, brought in by the same roads as real data."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from portal import create_app
from portal.commands.demo_accounts import (
    demo_parties_in_words,
    read_demo_inbox,
    read_demo_parties,
)
from portal.inbox.keys import unlock_keys
from portal.inbox.sealing import open_box
from portal.inbox.submissions import text_label
from portal.settings import Surface, demo_mark, read_settings
from portal.staff.models import Role

CASES = 12
COUNTED = (
    "SELECT count(*) FROM public_case",
    "SELECT count(*) FROM public_story",
    "SELECT count(*) FROM public_guide",
    "SELECT count(*) FROM public_debtor",
)


@pytest.fixture(scope="module")
def seeded(initialised_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The console of a small demo instance, shared by these tests."""
    from tests.commands.conftest import Console

    home = tmp_path_factory.mktemp("seeded") / "instance"
    shutil.copytree(initialised_home, home)
    console = Console(home)
    result = console("seed", "--cases", str(CASES), "--seed", "7")
    assert result.exit_code == 0, result.output
    return console


def public_client(portal: Any, **environ: str) -> Any:
    """A client of the public surface over this instance."""
    settings = read_settings({"PORTAL_HOME": str(portal.home), **environ}, Surface.PUBLIC)
    return create_app(settings).test_client()


def accounts(portal: Any) -> list[dict[str, str]]:
    """The demo log-ins."""
    path = portal.home / "office" / "demo-accounts.json"
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_as_many_cases_as_asked_for_are_in_the_registry(seeded: Any) -> None:
    assert seeded.read("office/registry", "SELECT count(*) FROM registry_case") == [(CASES,)]
    report = seeded.json("publish")
    assert report["released"] + report["held"] + report["not_public"] == CASES
    assert report["released"] >= CASES // 2
    assert report["errors"] == []


def test_stories_and_guides_are_public_and_found(seeded: Any) -> None:
    for query in COUNTED[1:3]:
        assert seeded.read("public/disclosure", query)[0][0] >= 10
    ((title,),) = seeded.read("public/disclosure", "SELECT title FROM public_story LIMIT 1")
    hits = seeded.json("search", title, "--kind", "story")["hits"]
    assert title in [hit["title"] for hit in hits]
    for hit in hits:
        assert public_client(seeded).get(hit["url"]).status_code == 200


def test_nothing_private_comes_out_and_the_index_is_sound(seeded: Any) -> None:
    assert seeded.json("verify")["leaks"] == []
    assert seeded.json("index", "check") == {"missing": 0, "stale": 0, "repaired": False}


def test_every_page_says_from_then_on_that_the_data_is_invented(seeded: Any) -> None:
    assert demo_mark(seeded.home).exists()
    client = public_client(seeded, PORTAL_DEMO="0")
    for address in ("/", "/cases", "/debtors", "/about", "/nothing-here"):
        assert "演示数据" in client.get(address).text


def test_the_lists_of_the_demo_were_cleared_and_its_today_is_its_last_day(seeded: Any) -> None:
    runs = seeded.read("office/registry", "SELECT day, failed FROM list_run")
    assert runs == [("2018-10-17", 0)]
    assert seeded.json("lists", "due")["day"] == "2018-10-31"
    assert seeded("lists", "due", "--on", "2018-11-01").exit_code == 2


def test_there_is_one_account_a_role_and_its_password_is_for_its_owner(seeded: Any) -> None:
    path = seeded.home / "office" / "demo-accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {account["role"] for account in accounts(seeded)} == set(Role)
    # Three reviews of a story take two press reviewers beside the head of the press office.
    assert len({account["password"] for account in accounts(seeded)}) == len(Role) + 1


def test_the_inbox_holds_letters_that_the_printed_passphrase_opens(seeded: Any) -> None:
    demo = read_demo_inbox(seeded.home / "office")
    assert demo is not None
    path = seeded.home / "office" / "demo-inbox.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    letters = seeded.read("inbox/inbox", "SELECT receipt, kind, box FROM submission")
    assert {receipt for receipt, _, _ in letters} == {each.number for each in demo.receipts}
    keys = unlock_keys(seeded.home / "office", demo.passphrase)
    for receipt, kind, box in letters:
        assert b"statement" in open_box(keys, box, text_label(receipt, kind))
    ((answered,),) = seeded.read("inbox/inbox", "SELECT receipt FROM reply")
    page = public_client(seeded).post(
        "/submissions/status",
        data={"receipt": answered, "pin": demo.receipts[-1].pin},
    )
    assert "法院的答复" in page.text


def test_the_printed_example_opens_a_partys_own_view(seeded: Any) -> None:
    parties = read_demo_parties(seeded.home / "office")
    path = seeded.home / "office" / "demo-parties.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert parties and parties[0].code in "".join(demo_parties_in_words(parties))
    for party in parties:
        client = public_client(seeded)
        fields = {"case": party.case_number, "number": party.number, "code": party.code}
        assert client.post("/party", data=fields).status_code == 303
        assert party.role in client.get("/party/case").text


def test_seeding_again_adds_nothing(seeded: Any) -> None:
    before = [seeded.read("public/disclosure", query) for query in COUNTED]
    log_ins = accounts(seeded)
    acts = seeded.read(
        "office/registry", "SELECT count(*) FROM audit_entry WHERE act LIKE 'inbox.%'"
    )
    assert seeded("seed", "--cases", str(CASES), "--seed", "7").exit_code == 0
    assert [seeded.read("public/disclosure", query) for query in COUNTED] == before
    assert accounts(seeded) == log_ins
    assert acts == seeded.read(
        "office/registry", "SELECT count(*) FROM audit_entry WHERE act LIKE 'inbox.%'"
    )


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_number_of_cases_that_is_none_is_refused(portal: Any, count: str) -> None:
    assert portal("seed", "--cases", count).exit_code == 2
    assert not demo_mark(portal.home).exists()
