"""The supervisor: reads everything, changes nothing, asks the log, checks it, takes it out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from portal.registry.audit import GENESIS, entry_digest
from portal.staff.models import Role
from tests.e2e.conftest import WITHDRAWN

pytestmark = pytest.mark.e2e

# What a supervisor may send: about himself, and about the log.
OWN_FORMS = re.compile(r"/(sign-out|display|account/.*|audit/(check|export))")
FORMS = "form => (form.method === 'post' ? form.getAttribute('action') : '')"


def forms_of(page: Page) -> set[str]:
    """Addresses to which a page can send a change."""
    found = page.locator("form").evaluate_all(f"forms => forms.map({FORMS})")
    return {urlsplit(address).path for address in found if address}


def test_a_supervisor_reads_everything_and_changes_nothing(sign_in: Callable[..., Page]) -> None:
    page = sign_in(Role.SUPERVISOR)
    addresses = page.get_by_role("navigation", name="主导航").get_by_role("link")
    seen = [link.get_attribute("href") or "" for link in addresses.all()]
    assert {"/imports", "/reviews", "/cases", "/stories", "/accounts", "/audit"} <= set(seen)
    details = ("/reviews/1", "/cases/2018-辽0803-执-4101", "/cases/2018-辽0803-执-4104")
    for address in (*seen, *details, "/accounts/1", "/imports/1", "/stories/1"):
        target = urlsplit(page.url)._replace(path=address, query="").geturl()
        page.goto(target, wait_until="domcontentloaded")
        expect(page.get_by_role("heading", level=1)).not_to_have_text("没有权限")
        foreign = {form for form in forms_of(page) if not OWN_FORMS.fullmatch(form)}
        assert not foreign, f"{address} offers {foreign}"


def test_a_supervisor_asks_the_log_checks_it_and_takes_it_out(
    sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    page = sign_in(Role.SUPERVISOR)
    page.get_by_role("link", name="操作日志", exact=True).first.click()
    page.get_by_label("对象").fill(WITHDRAWN)
    results = page.locator("#results tbody tr")
    sentence = f"reviewer1 立即停止公开：案件{WITHDRAWN}（理由：当事人申请更正）"
    expect(results.filter(has_text=sentence)).to_have_count(1)
    expect(page).to_have_url(re.compile("subject="))
    page.get_by_label("操作", exact=True).select_option("case.suspend")
    expect(results).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出原始记录（JSONL）").click()
    (entry,) = read_lines(download.value.path())
    assert (entry["act"], entry["subject"]) == ("case.suspend", WITHDRAWN)

    page.get_by_role("button", name="核对日志链").click()
    expect(page.get_by_text("日志链完整：共核对")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出原始记录（JSONL）").click()
    check_exported_chain(read_lines(download.value.path()))
    page.reload()
    expect(results.first).to_contain_text("supervisor1 导出日志（格式：jsonl）")


def read_lines(path: Path) -> list[dict[str, object]]:
    """The entries of an exported file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def check_exported_chain(entries: list[dict[str, object]]) -> None:
    """What was taken out proves itself, without the office."""
    previous = GENESIS
    for number, entry in enumerate(entries, 1):
        at = datetime.fromisoformat(str(entry["at"]))
        row = SimpleNamespace(**entry | {"at": at})
        assert (entry["id"], entry["previous"]) == (number, previous)
        assert entry["digest"] == entry_digest(row)  # type: ignore[arg-type]
        previous = str(entry["digest"])
