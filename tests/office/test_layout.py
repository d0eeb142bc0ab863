"""What every page of the office is built on."""

from __future__ import annotations

import re
from typing import Any


def test_the_print_style_comes_last_and_has_the_last_word(stranger: Any) -> None:
    page = stranger.get("/sign-in").text
    styles = re.findall(r'href="/static/css/(\w+)\.css', page)
    assert styles == ["base", "components", "office", "print"]
