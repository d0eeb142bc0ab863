"""The clerk: a month's export goes from the form to a public page that is found, by clicking."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.staff.models import Role
from tests.e2e.conftest import Court, a_case

pytestmark = pytest.mark.e2e

SAMPLE = Path(__file__).parent.parent / "data" / "export-2018-04.jsonl"


def test_the_sample_goes_from_upload_to_public_by_clicking_alone(
    visit: Callable[..., Page],
    sign_in: Callable[..., Page],
    public: str,
    court: Court,
) -> None:
    public_cases = partial(court.addresses, "", "SELECT slug FROM public_case")
    before = len(public_cases())
    clerk = sign_in(Role.CLERK)
    clerk.get_by_role("link", name="数据导入").click()
    clerk.get_by_label("交换文件").set_input_files(SAMPLE)
    clerk.get_by_role("button", name="先预览变化").click()
    # The page finds out by itself how far the worker is.
    expect(clerk.get_by_role("heading", name="导入前的预览")).to_be_visible()
    expect(clerk.get_by_text("还没有写入任何内容")).to_be_visible()
    added = clerk.locator("dl.figures div", has_text="新增").locator("dd").inner_text()
    clerk.get_by_role("button", name="确认导入").click()
    expect(clerk.get_by_role("heading", name="导入报告")).to_be_visible()
    report = clerk.locator("dl.figures div", has_text="新增").locator("dd")
    expect(report).to_have_text(added)

    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="下载标注的工作簿（XLSX）").click()
    assert download.value.suggested_filename.endswith("-marked.xlsx")

    clerk.get_by_role("button", name="发布", exact=True).click()
    expect(clerk.get_by_role("heading", name="上一次处理结果")).to_be_visible(timeout=120_000)
    released = clerk.locator("dl.figures div", has_text="已公开").locator("dd").inner_text()
    assert int(released.replace(" ", "").replace(",", "")) > 100
    assert len(public_cases()) - before > 100

    reader = visit()
    for number in numbers_of(SAMPLE):
        reader.goto(f"{public}/search?q={number}")
        hit = reader.locator("#results").get_by_role("link", name=re.compile(re.escape(number)))
        if hit.count():
            break
    hit.first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(number)


def test_without_scripts_the_clerk_asks_how_far_it_is(
    sign_in_without_scripts: Callable[..., Page], tmp_path: Path
) -> None:
    clerk = sign_in_without_scripts(Role.CLERK)
    file = tmp_path / "五月.jsonl"
    file.write_text(json.dumps(a_case(4901), ensure_ascii=False), encoding="utf-8")
    clerk.get_by_role("link", name="数据导入").click()
    clerk.get_by_label("交换文件").set_input_files(file)
    clerk.get_by_role("button", name="上传并导入").click()
    report = clerk.get_by_role("heading", name="导入报告")
    for _ in range(60):
        if report.count():
            break
        clerk.get_by_role("link", name="刷新进度").click()
        clerk.wait_for_timeout(200)
    expect(clerk.get_by_text("全部 1 行均已导入")).to_be_visible()


def numbers_of(path: Path) -> list[str]:
    """Case numbers of a file as they are written canonically, in its order."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return re.findall(r"（20\d\d）辽0[89]\d\d执\d+号", "".join(lines))[:40]
