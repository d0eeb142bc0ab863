"""What the environment tells a process, read once and checked before anything starts.

``PORTAL_SURFACE`` decides which half of the house is standing: the public surface
never learns where the registry is, and refuses to start when somebody tells it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from portal.reference.courts import BY_CODE

PUBLIC_PORT = 8000
OFFICE_PORT = 8001
MAX_FACT = 200
MAX_DAYS = 36_500
_TELEPHONES = "court_telephones"


class Surface(StrEnum):
    """Which of the two web sites this process serves."""

    PUBLIC = "public"
    OFFICE = "office"


class ConfigurationError(Exception):
    """The environment asks for something this process must not or cannot do."""


@dataclass(frozen=True)
class SiteFacts:
    """What the footer says about the operator.

    The courts' own telephone numbers and registration numbers are not confirmed
    anywhere, so the defaults are plain placeholders; ``site.toml`` replaces them.
    ``court_telephones`` are the public numbers of single courts, by court code;
    ``public_address`` is where people reach the public surface, for notices of the office.
    """

    operator: str = "辽宁省营口市中级人民法院"
    address: str = "（地址由法院在 site.toml 中填写）"
    telephone: str = "12368"
    supervision: str = "（监督电话由法院在 site.toml 中填写）"
    icp_number: str = "（ICP备案号待填）"
    police_number: str = "（公安备案号待填）"
    public_address: str = ""
    court_telephones: Mapping[str, str] = field(default_factory=dict)

    def telephone_of(self, court_code: str) -> str:
        """The number to call about a case of this court; the common one where it has none."""
        return self.court_telephones.get(court_code, self.telephone)


@dataclass(frozen=True)
class Settings:
    """Everything ``create_app`` needs; ``registry_url`` is None on the public surface."""

    surface: Surface
    home: Path
    disclosure_url: str
    registry_url: str | None
    index_path: Path | str
    """A folder, or the address of a search cluster (``SEARCH_URL``)."""
    secret_key: str
    demo: bool
    https: bool = False
    # address of the proxy whose X-Forwarded-* headers are believed
    trusted_proxy: str | None = None
    site: SiteFacts = field(default_factory=SiteFacts)
    lookup_key_path: Path | None = None
    inbox_url: str = ""
    """The store that the public surface writes; both surfaces have it."""
    totp_required: bool = False
    """Whether everybody in the office needs a second factor before anything else."""
    objection_workdays: int = 15
    """The office's own target for objections against a listing; nowhere printed as law."""
    letters_kept_days: int = 1095
    """How long a letter is kept once its handling is closed."""

    @property
    def office_dir(self) -> Path:
        """Private state: registry, reports, keys. Never opened by the public surface."""
        return self.home / "office"

    @property
    def policy_path(self) -> Path:
        """The court's own masking policy, where it has one; both surfaces read it."""
        return self.home / "policy.toml"

    @property
    def lookup_keys(self) -> Path:
        """The keys behind lookups by ID number: read by both surfaces, held by no store."""
        return self.lookup_key_path or self.home / "keys" / "lookup.key"

    @property
    def publication_key(self) -> bytes:
        """Key behind the opaque addresses of list entries (office only)."""
        if self.surface is not Surface.OFFICE:
            raise ConfigurationError("the public surface has no publication key")
        return read_or_create_key(self.office_dir / "publication.key").encode()

    @property
    def second_factor_key(self) -> bytes:
        """Key that seals the secrets of authenticators (office only)."""
        if self.surface is not Surface.OFFICE:
            raise ConfigurationError("the public surface has no key of second factors")
        return read_or_create_key(self.office_dir / "second-factor.key").encode()


def read_settings(
    environ: Mapping[str, str] | None = None, surface: Surface | str | None = None
) -> Settings:
    """Read the settings of one process.

    Raises ConfigurationError for an unknown surface, for a value that does not fit, or when
    the public surface finds a registry URL in its environment: a secret that is present can
    leak.
    """
    env = os.environ if environ is None else environ
    name = surface or env.get("PORTAL_SURFACE", Surface.PUBLIC)
    try:
        chosen = Surface(name)
    except ValueError:
        raise ConfigurationError(f"PORTAL_SURFACE must be public or office, not {name!r}") from None
    if chosen is Surface.PUBLIC and env.get("PORTAL_REGISTRY_URL"):
        raise ConfigurationError("PORTAL_REGISTRY_URL must not be set for the public surface")

    home = Path(env.get("PORTAL_HOME", "instance")).resolve()
    public_dir, office_dir = home / "public", home / "office"
    public_dir.mkdir(parents=True, exist_ok=True)
    # A folder of its own: an account that may write here need not be able to write elsewhere.
    inbox_dir = home / "inbox"
    inbox_dir.mkdir(parents=True, exist_ok=True)
    own_dir = public_dir
    if chosen is Surface.OFFICE:
        office_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        own_dir = office_dir
    demo = env.get("PORTAL_DEMO", "1") != "0" or demo_mark(home).exists()
    return Settings(
        surface=chosen,
        home=home,
        disclosure_url=env.get("PORTAL_DISCLOSURE_URL") or f"sqlite:///{public_dir}/disclosure.db",
        registry_url=(
            env.get("PORTAL_REGISTRY_URL") or f"sqlite:///{office_dir}/registry.db"
            if chosen is Surface.OFFICE
            else None
        ),
        index_path=env.get("SEARCH_URL") or Path(env.get("PORTAL_INDEX") or public_dir / "index"),
        secret_key=(
            surface_key(env["PORTAL_SECRET_KEY"], chosen)
            if env.get("PORTAL_SECRET_KEY")
            else read_or_create_key(own_dir / "session.key")
        ),
        demo=demo,
        https=env.get("PORTAL_HTTPS") == "1",
        trusted_proxy=_proxy_address(env.get("PORTAL_TRUSTED_PROXY")),
        site=read_site_facts(home / "site.toml"),
        inbox_url=env.get("PORTAL_INBOX_URL") or f"sqlite:///{inbox_dir}/inbox.db",
        lookup_key_path=Path(env["PORTAL_LOOKUP_KEY"]) if env.get("PORTAL_LOOKUP_KEY") else None,
        totp_required=_totp_required(env.get("PORTAL_TOTP"), demo=demo),
        objection_workdays=_days(env, "PORTAL_OBJECTION_WORKDAYS", 15),
        letters_kept_days=_days(env, "PORTAL_LETTERS_KEPT_DAYS", 1095),
    )


def demo_mark(home: Path) -> Path:
    """A seeded instance keeps this file, so invented data can never pass for real."""
    return home / "DEMO"


def demo_day(home: Path) -> date | None:
    """The day it is in a seeded instance: its mark holds the last one its data knows.

    None for a real instance, and for one seeded before the mark held a day.
    """
    try:
        return date.fromisoformat(demo_mark(home).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def read_or_create_key(path: Path) -> str:
    """Return the key kept at ``path``, making a new one (mode 0600) the first time."""
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secrets.token_urlsafe(48))
        # A link either appears whole or finds that another process was first.
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text(encoding="ascii")


def surface_key(secret: str, surface: Surface) -> str:
    """The session key of one surface, made from the operator's secret (HMAC-SHA256).

    Told the same secret, the two surfaces still cannot read each other's sessions, and
    neither key gives the other or the secret away.
    """
    message = f"portal session key {surface.value}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _totp_required(written: str | None, *, demo: bool) -> bool:
    # Real data is never behind a password alone unless somebody says so; a demo has to be
    # usable by whoever tries it out.
    if not written:
        return not demo
    if written not in {"required", "optional"}:
        raise ConfigurationError("PORTAL_TOTP 应为 required 或 optional")
    return written == "required"


def _days(env: Mapping[str, str], name: str, default: int) -> int:
    written = env.get(name) or str(default)
    if not (written.isascii() and written.isdigit() and 1 <= int(written) <= MAX_DAYS):
        raise ConfigurationError(f"{name} 应为 1 至 {MAX_DAYS} 的整数（天）")
    return int(written)


def _proxy_address(written: str | None) -> str | None:
    # The server compares addresses, so a name would never match; and "*" would let every
    # visitor say who he is.
    if not written:
        return None
    try:
        return str(ip_address(written.strip()))
    except ValueError:
        raise ConfigurationError("PORTAL_TRUSTED_PROXY 应为反向代理的 IP 地址") from None


def read_site_facts(path: Path) -> SiteFacts:
    """Read the operator's own facts; raises ConfigurationError on a file that does not fit."""
    if not path.exists():
        return SiteFacts()
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path.name} 不是 UTF-8 编码") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path.name} 不是正确的 TOML：{error}") from None
    except OSError as error:
        raise ConfigurationError(f"{path.name} 无法读取：{error.strerror}") from None
    known = [fact.name for fact in fields(SiteFacts)]
    for name, value in _single_facts(facts):
        problem = _fact_problem(name, value, [*known, *_court_keys()])
        if problem:
            raise ConfigurationError(f"{path.name} 中的 {name!r} {problem}")
    return SiteFacts(**facts)


def _single_facts(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every fact with its name; the table of telephones number by number."""
    for name, value in facts.items():
        if name == _TELEPHONES and isinstance(value, dict):
            yield from ((f"{name}.{code}", number) for code, number in value.items())
        else:
            yield name, value


def _court_keys() -> list[str]:
    return [f"{_TELEPHONES}.{code}" for code in BY_CODE]


def _fact_problem(name: str, value: Any, known: list[str]) -> str:
    if name not in known:
        return f"不是可填写的项目（可填写：{'、'.join(known)}）"
    if name == _TELEPHONES:
        return "应为按法院代码分列的一张表，例如 [court_telephones]"
    if not isinstance(value, str):
        return "应为文字，请用双引号括起来"
    if not value.strip():
        return "不能为空；暂不填写时请删去这一行"
    if len(value) > MAX_FACT or not value.isprintable():
        return f"应为一行文字，不超过 {MAX_FACT} 字"
    if name == "public_address" and not re.fullmatch(r"https?://[^\s/?#@]+", value):
        return "应为公开站的网址，例如 https://zhixing.example，不带路径"
    return ""
