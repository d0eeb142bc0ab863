from __future__ import annotations

import pytest

from portal.office.browsers import UNKNOWN, browser_name


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0",
            "Edge，Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/86.0 Safari/537.36",
            "Chrome，Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox，Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari，iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile Safari/537.36", "Chrome，Android"),
        ("curl/8.0", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_browser_is_told_in_words(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
