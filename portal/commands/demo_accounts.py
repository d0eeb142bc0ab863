"""What opens a demo instance: log-ins, the inbox's passphrase with the receipts of its letters, and
one case with what its parties would type.

Made at random when it is seeded, and kept in its office folder for their owner alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.inbox.receipts import Receipt

FILE_NAME = "demo-accounts.json"
INBOX_FILE_NAME = "demo-inbox.json"
PARTIES_FILE_NAME = "demo-parties.json"


@dataclass(frozen=True)
class DemoAccount:
    """Name, role and plain password of one invented colleague."""

    name: str
    role: str
    password: str


def read_demo_accounts(office_dir: Path) -> list[DemoAccount]:
    """The demo log-ins of an instance; none where it was not seeded."""
    path = office_dir / FILE_NAME
    if not path.exists():
        return []
    return [DemoAccount(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def write_demo_accounts(office_dir: Path, accounts: list[DemoAccount]) -> None:
    """Keep the log-ins readable by their owner alone."""
    _write(office_dir / FILE_NAME, [asdict(account) for account in accounts])


@dataclass(frozen=True)
class DemoInbox:
    """The passphrase of the demo's key, when it was made, and the receipts of its letters."""

    passphrase: str
    made_at: datetime
    receipts: tuple[Receipt, ...]


def read_demo_inbox(office_dir: Path) -> DemoInbox | None:
    """What was written down about the demo's letters; None where it has none."""
    path = office_dir / INBOX_FILE_NAME
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    receipts = tuple(Receipt(**receipt) for receipt in kept["receipts"])
    return DemoInbox(kept["passphrase"], datetime.fromisoformat(kept["made_at"]), receipts)


def write_demo_inbox(office_dir: Path, inbox: DemoInbox) -> None:
    """Keep the passphrase and the receipts readable by their owner alone."""
    _write(office_dir / INBOX_FILE_NAME, asdict(inbox) | {"made_at": inbox.made_at.isoformat()})


@dataclass(frozen=True)
class DemoParty:
    """One invented party and what opens its view."""

    case_number: str
    role: str
    number: str
    code: str


def read_demo_parties(office_dir: Path) -> list[DemoParty]:
    """Parties of the example case; none where it was not seeded."""
    path = office_dir / PARTIES_FILE_NAME
    if not path.exists():
        return []
    return [DemoParty(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def write_demo_parties(office_dir: Path, parties: list[DemoParty]) -> None:
    """Keep what opens the example case readable by its owner alone."""
    _write(office_dir / PARTIES_FILE_NAME, [asdict(party) for party in parties])


def demo_parties_in_words(parties: list[DemoParty]) -> list[str]:
    """Lines for the console: how to try the party's own view."""
    if not parties:
        return []
    return [
        f"当事人查询示例（虚构），案号 {parties[0].case_number}，在公开站 /party 输入：",
        *(f"  {one.role}　证件号码 {one.number}　查询码 {one.code}" for one in parties),
    ]


def _write(path: Path, content: Sequence[Any] | Mapping[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump(content, handle, ensure_ascii=False)
