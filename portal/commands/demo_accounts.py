"""What opens a demo instance: log-ins, and the inbox's passphrase with the receipts of its letters.

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


def _write(path: Path, content: Sequence[Any] | Mapping[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump(content, handle, ensure_ascii=False)
