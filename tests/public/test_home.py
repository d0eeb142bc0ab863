"""The home page: a box, ways in, what is new, and small."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from portal import create_app


def test_an_empty_store_still_has_a_home(checked):
    text = checked.get("/").text
    assert "还没有动态" in text
    assert "目前没有可以参加的拍卖" in text


def test_the_box_leads_to_search(checked):
    assert re.search(r'<form[^>]* action="/search" method="get"', checked.get("/").text)


def test_counts_stories_and_open_auctions_are_shown(checked, rows):
    case = rows.case()
    rows.story(title="执行款当天发放到位")
    rows.auction(case, title="住宅一套", status="进行中")
    rows.auction(case, title="已成交的车辆", status="成交")
    text = checked.get("/").text
    assert "公开案件 1 件" in text and "拍卖 2 次" in text
    assert "执行款当天发放到位" in text and "住宅一套" in text
    assert "已成交的车辆" not in text


def test_home_weighs_less_than_100_kilobytes_all_told(checked, rows):
    for number in range(8):
        rows.story(title=f"第{number}篇报道的标题有二十来个字那么长长长长")
        rows.auction()
    page = checked.get("/")
    assets = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    assert len(assets) >= 5
    total = len(page.data) + sum(len(checked.get(path).data) for path in assets)
    assert total < 100_000


def test_nothing_is_asked_of_another_host(checked):
    text = checked.get("/").text
    loaded = re.findall(r'<(?:link|script|img)[^>]*(?:src|href)="([^"]+)"', text)
    assert loaded and all(address.startswith("/") for address in loaded)


def test_styles_load_nothing():
    folder = Path(create_app.__code__.co_filename).parent / "static" / "css"
    for sheet in folder.glob("*.css"):
        assert not re.search(r"url\(|@import", sheet.read_text(encoding="utf-8")), sheet.name


def test_demo_data_says_so_on_every_page_unless_switched_off(public_settings, checked, disclosure):
    for path in ("/", "/search", "/cases", "/about", "/nowhere"):
        assert "演示数据" in checked.get(path).text
    real = create_app(replace(public_settings, demo=False)).test_client()
    assert "演示数据" not in real.get("/about").text


def test_the_footer_tells_the_operators_facts(public_settings, disclosure, checking):
    site = replace(public_settings.site, telephone="0417-0000000", icp_number="辽ICP备00000000号")
    text = checking(create_app(replace(public_settings, site=site))).get("/about").text
    assert "0417-0000000" in text and "辽ICP备00000000号" in text
