"""Which addresses may be linked to: exact hosts of the list, over https, and nothing like them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.platforms import (
    PLATFORM_HOSTS,
    is_listed_platform,
    verified_auction_url,
)


@pytest.mark.parametrize("host", PLATFORM_HOSTS)
def test_every_host_of_the_list_is_linked_to(host: str) -> None:
    url = f"https://{host}/item/1.htm?id=2&x=%E4%B8%80#top"
    assert verified_auction_url(url) == url
    assert verified_auction_url(f"  {url}\n") == url
    assert host == host.lower() and set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert is_listed_platform(PLATFORM_HOSTS[host])


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "sf.taobao.com/1",
        "//sf.taobao.com/1",
        "/item/1",
        # another scheme, or none that browsers would take for one
        "http://sf.taobao.com/1",
        "ftp://sf.taobao.com/1",
        "javascript:alert(1)",
        "javascript://sf.taobao.com/%0aalert(1)",
        "data:text/html,https://sf.taobao.com/",
        "https:sf.taobao.com/1",
        "https:/sf.taobao.com/1",
        "https:///sf.taobao.com/1",
        "https:\\\\sf.taobao.com\\1",
        "https://sf.taobao.com\\@evil.example/",
        # user-info and ports, also the usual one and an empty one
        "https://user@sf.taobao.com/1",
        "https://user:secret@sf.taobao.com/1",
        "https://sf.taobao.com@evil.example/1",
        "https://sf.taobao.com:443/1",
        "https://sf.taobao.com:8443/1",
        "https://sf.taobao.com:/1",
        "https://sf.taobao.com:port/1",
        # hosts around those of the list
        "https://taobao.com/1",
        "https://www.taobao.com/1",
        "https://www.jd.com/1",
        "https://item.taobao.com/1",
        "https://evil.sf.taobao.com/1",
        "https://sf.taobao.com.evil.example/1",
        "https://sf.taobao.com.cn/1",
        "https://sf-taobao.com/1",
        "https://sftaobao.com/1",
        "https://sf.taobao.com./1",
        "https://.sf.taobao.com/1",
        "https://sf.taobao.co/1",
        "https://evil.example/?https://sf.taobao.com/1",
        "https://evil.example/#https://sf.taobao.com/1",
        "https://evil.example/https://sf.taobao.com/1",
        # written so that it looks right
        "https://SF.TAOBAO.COM/1",
        "https://sf.tаobao.com/1",
        "https://sf.taobаo.com/1",
        "https://ѕf.taobao.com/1",
        "https://sf.taobao.сom/1",
        "https://sf。taobao。com/1",
        "https://sf．taobao．com/1",
        "https://ｓｆ.taobao.com/1",
        "https://sf.taobao.com／1",
        "https://sf.taobao.com⁄1",
        "https://sf.taoba0.com/1",
        "https://paimai.jđ.com/1",
        "https://拍卖.taobao.com/1",
        "https://xn--sf-xka.taobao.com/1",
        "https://xn--tobao-8nf.com/1",
        "https://sf.taobao%2ecom/1",
        "https://sf%2etaobao.com/1",
        "https://sf.taobao.com%00.evil.example/1",
        "https://sf.taobao.com%2f@evil.example/1",
        # characters that some programs drop and some do not
        "https://sf.taobao.com\t/1",
        "https://sf.tao\nbao.com/1",
        "https://sf.taobao.com/1\r\nLocation: https://evil.example",
        "https://sf.taobao.com/\x00",
        "https://sf.tao\u00adbao.com/1",
        "https://sf.tao\u200bbao.com/1",
        "https://sf.taobao.com/\u202e1",
        "https://sf.taobao.com/标的",
        'https://sf.taobao.com/"onclick="x',
        "https://sf.taobao.com/<b>",
        # numbers for names
        "https://[::1]/1",
        "https://[sf.taobao.com]/1",
        "https://127.0.0.1/1",
        "https://2130706433/1",
    ],
)
def test_nothing_else_is(url: str) -> None:
    assert verified_auction_url(url) is None


@given(
    st.text(max_size=60)
    | st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["https", "http", "HTTPS"]),
        st.sampled_from(["", "a@", "a:b@", "@"]),
        st.sampled_from([*PLATFORM_HOSTS, "evil.example"]),
        st.text(alphabet="/:@#?.\\%abc1\t ", max_size=12),
    )
)
def test_whatever_is_let_through_leads_to_a_host_of_the_list(url: str) -> None:
    verified = verified_auction_url(url)
    if verified is not None:
        parts = urlsplit(verified)
        assert parts.scheme == "https" and parts.hostname in PLATFORM_HOSTS
        assert (parts.username, parts.password, parts.port) == (None, None, None)
        assert parts.netloc == parts.hostname and verified.isascii()


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("淘宝网", True),
        ("淘宝网司法拍卖", True),
        (" 公拍网 ", True),
        ("人民法院诉讼资产网", True),
        ("营口拍卖网", False),
        ("非淘宝网", False),
        ("", False),
    ],
)
def test_platforms_by_name(name: str, listed: bool) -> None:
    assert is_listed_platform(name) is listed
