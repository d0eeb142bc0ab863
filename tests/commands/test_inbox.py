"""``portal inbox keygen``: keys by hand, by question or by environment."""

from __future__ import annotations

from typing import Any

import pytest

from portal.inbox.keys import sealing_key, unlock_keys
from portal.inbox.sealing import BoxLabel, key_id, open_box, seal

PASSPHRASE = "lan-tian-bai-yun-lv-shu"
LABEL = BoxLabel("S20180502001", "correction")


@pytest.mark.parametrize("way", ["question", "environment"])
def test_a_key_is_made_and_opens_what_it_seals(portal: Any, way: str) -> None:
    if way == "question":
        result = portal("inbox", "keygen", input=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    else:
        result = portal("inbox", "keygen", env={"PORTAL_INBOX_PASSPHRASE": PASSPHRASE})
    assert result.exit_code == 0, result.output
    assert PASSPHRASE not in result.output
    public_key = sealing_key(portal.home / "public")
    assert public_key is not None
    assert key_id(public_key) in result.output
    keys = unlock_keys(portal.home / "office", PASSPHRASE)
    assert open_box(keys, seal(public_key, b"text", LABEL), LABEL) == b"text"


def test_the_audit_log_names_the_key_and_not_the_passphrase(portal: Any) -> None:
    portal("inbox", "keygen", "--passphrase", PASSPHRASE)
    public_key = sealing_key(portal.home / "public")
    assert public_key is not None
    entries = portal.read("office/registry", "SELECT act, subject, detail FROM audit_entry")
    assert [entry[:2] for entry in entries] == [("inbox.make_key", key_id(public_key))]
    assert PASSPHRASE not in str(entries)


@pytest.mark.parametrize(
    ("typed", "exit_code"),
    [("short\nshort\n", 1), (f"{PASSPHRASE}\n{PASSPHRASE}x\n", 1)],
    ids=["too short", "typed differently"],
)
def test_what_makes_no_key(portal: Any, typed: str, exit_code: int) -> None:
    result = portal("inbox", "keygen", input=typed)
    assert result.exit_code == exit_code
    assert sealing_key(portal.home / "public") is None
    assert portal.read("office/registry", "SELECT * FROM audit_entry") == []


def test_purging_says_what_it_deleted(portal: Any) -> None:
    result = portal("inbox", "purge", env={"PORTAL_LETTERS_KEPT_DAYS": "30"})
    assert result.exit_code == 0, result.output
    assert "已删除 0 件办结满 30 天的来信" in result.output
    assert portal("inbox", "purge", env={"PORTAL_LETTERS_KEPT_DAYS": "0"}).exit_code != 0


def test_a_purge_that_came_to_its_end_is_written_down(portal: Any) -> None:
    beats = "SELECT name FROM heartbeat"
    portal("inbox", "purge", env={"PORTAL_LETTERS_KEPT_DAYS": "0"})
    assert portal.read("office/registry", beats) == []
    portal("inbox", "purge")
    assert portal.read("office/registry", beats) == [("inbox_purge",)]
