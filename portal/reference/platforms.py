"""Auction platforms that may be linked to, by exact host (最高法 2016-11-25 名单).

Only hosts confirmed in a published source, and the item hosts of the same named
platforms, are here; a whole domain is never allowed, because anybody can sell on it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

PLATFORM_HOSTS: dict[str, str] = {
    "sf.taobao.com": "淘宝网司法拍卖",
    "sf-item.taobao.com": "淘宝网司法拍卖",
    "auction.jd.com": "京东网司法拍卖",
    "paimai.jd.com": "京东网司法拍卖",
    "www.rmfysszc.gov.cn": "人民法院诉讼资产网",
    "www1.rmfysszc.gov.cn": "人民法院诉讼资产网",
    "www.gpai.net": "公拍网",
    "s.gpai.net": "公拍网",
    "www.caa123.org.cn": "中国拍卖行业协会网",
    "sf.caa123.org.cn": "中国拍卖行业协会网",
    "www.cbex.com.cn": "北京产权交易所",
    "otc.cbex.com": "北京产权交易所",
}

# How exports name the platforms, whatever they put behind.
_NAMES = (
    "淘宝网",
    "京东网",
    "人民法院诉讼资产网",
    "公拍网",
    "中国拍卖行业协会网",
    "北京产权交易所",
)

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=%#+:")


def is_listed_platform(name: str) -> bool:
    """Whether a platform is named that stands on the list, without looking at any address."""
    return name.strip().startswith(_NAMES)


def verified_auction_url(url: str) -> str | None:
    """Return the address when it may be linked to, else None (页面显示“链接未通过核验”).

    Allowed: https, an exact host of the table, no user-info, no port, and only
    characters that mean the same to every browser.
    """
    candidate = url.strip()
    if not candidate or not set(candidate) <= _SAFE:
        return None
    try:
        parts = urlsplit(candidate)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or port is not None or parts.netloc not in PLATFORM_HOSTS:
        return None
    return candidate
