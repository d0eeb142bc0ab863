"""QR codes: inline, named, scalable, and without anything the content policy forbids."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno

from portal.qr import QUIET_ZONE, qr_svg

ADDRESS = "https://zhixing.example/cases/2018-%E8%BE%BD0803-%E6%89%A7-123"


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """(column, row) of every dark module, read back from the drawing."""
    found = set()
    for path in re.findall(r'<path stroke="#000" d="([^"]+)"', svg):
        x = y = 0.0
        for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
            if command == "h":
                found |= {(int(x) + step, int(y)) for step in range(int(first))}
                x += float(first)
            elif command == "M":
                x, y = float(first), float(second)
            else:
                x, y = x + float(first), y + float(second or 0)
    return found


def test_the_drawing_is_the_code_of_the_text() -> None:
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    expected = {
        (column + QUIET_ZONE, row + QUIET_ZONE)
        for row, modules in enumerate(matrix)
        for column, module in enumerate(modules)
        if module
    }
    assert dark_modules(qr_svg(ADDRESS, "二维码")) == expected


def test_it_is_named_and_has_neither_size_nor_style() -> None:
    root = ElementTree.fromstring(qr_svg(ADDRESS, '本页"网址"'))  # noqa: S314 - our own markup
    assert (root.get("role"), root.get("aria-label")) == ("img", '本页"网址"')
    (svg,) = root
    assert svg.get("viewBox") and svg.get("width") is None
    assert not [element for element in root.iter() if element.get("style")]


def test_a_text_that_does_not_fit_is_refused() -> None:
    with pytest.raises(segno.DataOverflowError):
        qr_svg("x" * 3000, "二维码")
