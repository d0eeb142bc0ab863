"""The log-ins of a demo instance: made at random when it is seeded, kept in its office folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "demo-accounts.json"


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
    descriptor = os.open(office_dir / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump([asdict(account) for account in accounts], handle, ensure_ascii=False)
