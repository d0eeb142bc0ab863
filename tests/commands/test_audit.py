"""``portal audit``: keys, signed heads, and naming what is wrong with the log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tampering import delete_tail, edit, rewrite, tamper, without_signatures


@pytest.fixture
def signed(portal: Any, tmp_path: Path) -> tuple[Any, Path, Path]:
    """A console, a head kept elsewhere, and the public key kept elsewhere."""
    for name in ("wang", "li", "zhao"):
        assert portal("staff", "add", name, "--role", "clerk").exit_code == 0
    made = portal("audit", "keygen")
    assert made.exit_code == 0, made.output
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    key = elsewhere / "audit.pub"
    key.write_bytes(Path(made.stdout.strip().removeprefix("公钥：")).read_bytes())
    result = portal("audit", "sign", "--out", str(elsewhere))
    assert result.exit_code == 0, result.output
    (head,) = elsewhere.glob("audit-head-*.json")
    return portal, head, key


def test_a_whole_log_is_said_to_be_whole(signed: Any) -> None:
    portal, head, key = signed
    result = portal("audit", "verify", "--head", str(head), "--public-key", str(key))
    assert (result.exit_code, result.stdout) == (0, "日志完整：5 条，与各次签名相符\n")
    facts = portal.json("audit", "verify")
    assert (facts["entries"], facts["first_broken"], facts["flaw"]) == (6, None, None)
    acts = [
        act for (act,) in portal.read("office/registry", "SELECT act FROM audit_entry ORDER BY id")
    ]
    assert acts[3:] == ["audit.make_key", "audit.sign", "audit.check", "audit.check"]


def test_the_first_broken_link_is_named(signed: Any) -> None:
    portal, _, _ = signed
    tamper(portal.home / "office" / "registry.db", edit("subject"), 3)
    facts = portal.json("audit", "verify", exit_code=1)
    assert (facts["first_broken"] in range(1, 6), facts["flaw"]) == (True, "altered")
    result = portal("audit", "verify")
    assert f"第 {facts['first_broken']} 条内容与记录时不符" in result.stderr
    refused = portal("audit", "sign")
    assert (refused.exit_code, "没有签名" in refused.stderr) == (1, True)


def test_a_cut_tail_is_named(signed: Any) -> None:
    portal, _, _ = signed
    tamper(portal.home / "office" / "registry.db", delete_tail, 1)
    assert portal.json("audit", "verify", exit_code=1)["flaw"] == "missing"


def test_only_what_was_kept_elsewhere_finds_a_log_written_anew(signed: Any) -> None:
    portal, head, key = signed
    tamper(portal.home / "office" / "registry.db", without_signatures(rewrite), 1)
    assert portal.json("audit", "verify")["flaw"] is None
    kept = ("--head", str(head), "--public-key", str(key))
    assert portal.json("audit", "verify", *kept, exit_code=1)["flaw"] in {"rewritten", "missing"}


def test_a_head_goes_to_the_console_where_no_file_is_named(signed: Any) -> None:
    portal, _, _ = signed
    result = portal("audit", "sign")
    assert json.loads(result.stdout)["length"] == 5


@pytest.mark.parametrize("option", ["--head", "--public-key"])
def test_a_file_that_is_neither_head_nor_key_is_refused(
    portal: Any, tmp_path: Path, option: str
) -> None:
    junk = tmp_path / "junk"
    junk.write_bytes(b"\xff\x00")
    result = portal("audit", "verify", option, str(junk))
    assert result.exit_code == 1
    assert result.stderr.strip() and "Traceback" not in result.output


def test_without_a_key_nothing_is_signed(portal: Any) -> None:
    result = portal("audit", "sign")
    assert (result.exit_code, "portal audit keygen" in result.stderr) == (1, True)
    assert "还没有签名" in portal("audit", "verify").stdout
