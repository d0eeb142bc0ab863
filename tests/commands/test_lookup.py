"""``portal lookup``: how many entries are found by number, and a new key."""

from __future__ import annotations

from typing import Any


def test_a_new_instance_has_one_key_and_a_new_one_takes_its_place(portal: Any) -> None:
    before = portal("lookup", "status")
    assert before.exit_code == 0, before.output
    assert "可按证件号码查到 0 条" in before.output and "更换中" not in before.output
    changed = portal("lookup", "rekey")
    assert changed.exit_code == 0 and "旧密钥已作废" in changed.output
    assert portal("lookup", "status").output != before.output


def test_a_damaged_key_file_is_told_and_nothing_is_written(portal: Any) -> None:
    path = portal.home / "keys" / "lookup.key"
    path.write_text("broken", encoding="ascii")
    for command in ("status", "rekey"):
        result = portal("lookup", command)
        assert result.exit_code == 1 and "密钥文件" in result.output
    assert path.read_text(encoding="ascii") == "broken"


def test_old_counters_of_tries_are_purged(portal: Any) -> None:
    result = portal("inbox", "purge")
    assert result.exit_code == 0 and "0 条" in result.output
