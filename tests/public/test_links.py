"""Follow every link of the site: nothing is dead, every anchor has its place."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from portal.reference.vocabulary import TERMINATION_CHECKS


def test_no_link_of_the_site_is_dead(checked, rows, index_rows):
    case = rows.case("（2018）辽0803执123号", closing_method="终结本次执行程序")
    rows.case("（2018）辽0811执77号", level="不公开", closed_reason="涉及未成年人")
    rows.event(case, "立案")
    rows.debtor(case)
    rows.debtor(name="钱多多", kind="法人")
    rows.restriction(case)
    rows.termination(case, checks=dict.fromkeys(TERMINATION_CHECKS, True))
    rows.auction(case)
    rows.story()
    rows.guide()
    index_rows()

    pages: dict[str, str] = {}
    wanted: set[tuple[str, str]] = set()
    ahead = ["/", "/search?q=钱多多", "/debtors?q=钱多多"]
    while ahead:
        path = ahead.pop()
        if path in pages:
            continue
        response = checked.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        pages[path] = response.text
        for href in map(unescape, re.findall(r'<a [^>]*href="([^"]*)"', response.text)):
            if not urlsplit(href).scheme:
                target, _, anchor = href.partition("#")
                wanted.add((target or path, anchor))
                ahead.append(target or path)
    for path, anchor in wanted:
        assert not anchor or f'id="{anchor}"' in pages[path], f"{path}#{anchor}"
    for folder in ("cases", "debtors", "restrictions", "terminations", "auctions", "stories"):
        assert any(path.startswith(f"/{folder}/") for path in pages), folder
