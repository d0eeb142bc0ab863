"""What a browser calls itself, in words people recognise."""

from __future__ import annotations

UNKNOWN = "无法识别的浏览器"

# The first that is found counts: newer names stand beside older ones they claim to be.
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("360SE", "360 安全浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """``Mozilla/5.0 (Windows NT 10.0…) … Firefox/128.0`` → ``Firefox，Windows``."""
    found = [
        next((name for mark, name in table if mark in user_agent), "")
        for table in (_BROWSERS, _SYSTEMS)
    ]
    return "，".join(filter(None, found)) or UNKNOWN
