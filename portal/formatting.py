"""How values are written for readers: dates, money, counts, paragraphs, asset addresses."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, url_for
from markupsafe import Markup, escape
from werkzeug.urls import uri_to_iri

if TYPE_CHECKING:
    from flask import Flask

BEIJING = timezone(timedelta(hours=8), "UTC+8")
NOTHING = "—"
SITE_NAME = "营口法院执行信息公开"


def init_formatting(app: Flask) -> None:
    """Give templates the filters, the versioned addresses of assets and the site's facts."""
    app.jinja_env.filters.update(
        yuan=yuan,
        day=day,
        written_day=written_day,
        moment=moment,
        iso=iso,
        count=count,
        kilobytes=kilobytes,
        paragraphs=paragraphs,
        readable=readable_address,
    )
    settings = app.extensions["settings"]
    app.jinja_env.globals.update(
        asset=asset_url, site=settings.site, demo=settings.demo, site_name=SITE_NAME
    )
    app.extensions["asset_versions"] = read_asset_versions(Path(app.static_folder or ""))


def yuan(amount: Decimal | None) -> str:
    """``1234.5`` → ``1,234.50 元``; an unknown amount is a dash, never a zero."""
    return NOTHING if amount is None else f"{amount:,.2f} 元"


def day(value: date | datetime | None) -> str:
    """``2018年4月8日``, as documents write it; moments are read in Beijing time."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = value.astimezone(BEIJING)
    return f"{value.year}年{value.month}月{value.day}日"


def written_day(text: str) -> str:
    """``2018-04-08`` → ``2018年4月8日``."""
    return day(date.fromisoformat(text))


def moment(value: datetime | None) -> str:
    """``2018年4月8日 09:30`` in Beijing time."""
    if value is None:
        return NOTHING
    local = value.astimezone(BEIJING)
    return f"{day(value)} {local:%H:%M}"


def iso(value: date | datetime | None) -> str:
    """Machine-readable form for ``<time datetime>`` and feeds."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).isoformat(timespec="seconds")
    return value.isoformat()


def count(number: int) -> str:
    """``1234567`` → ``1,234,567``."""
    return f"{number:,}"


def kilobytes(size: int) -> str:
    """``1025`` bytes → ``2 KB``, rounded up."""
    return f"{count(-(-size // 1024))} KB"


def paragraphs(text: str) -> Markup:
    """Plain text with line breaks as escaped paragraphs."""
    lines = [line.strip() for line in text.splitlines()]
    return Markup("").join(Markup("<p>{}</p>").format(escape(line)) for line in lines if line)


def readable_address(url: str) -> str:
    """An address as people read and type it: its Chinese characters, not their bytes."""
    return uri_to_iri(url)


def asset_url(filename: str) -> str:
    """Address of a static file that changes whenever its content does."""
    return url_for("static", filename=filename, v=asset_version(filename))


def asset_version(filename: str) -> str | None:
    """Short digest of a static file's content, None for a file that is not ours."""
    versions: dict[str, str] = current_app.extensions["asset_versions"]
    return versions.get(filename)


def read_asset_versions(folder: Path) -> dict[str, str]:
    """Digest every static file once; ``{"css/base.css": "3f2a…"}``."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
