"""One act of the gate at a time: both stores, and nobody else's act in between.

Runs of the gate may stand side by side (a command by cron, the office's button, a
reviewer). Each drafts on its own; to decide, it takes its turn, looks again at what it
decided on, and writes. The turn is the registry's: the row every entry of the audit log
passes is held from the first statement to the last, on SQLite and PostgreSQL alike, and
the disclosure transaction lies inside it. That also gives the outbox of the index its
order: a position that can be read has none before it still to come.

The disclosure store is committed first. A process that dies between the two commits has
published without a word in the log; ``reconcile`` finds it by the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.registry.audit import wait_turn
from portal.stores import Stores


@dataclass(frozen=True)
class Turn:
    """The sessions of one act; both are committed when the turn ends, or neither."""

    registry: Session
    public: Session


@contextmanager
def take_turn(stores: Stores) -> Iterator[Turn]:
    """Wait for the turn and hold it until the block ends; an error takes all of it back."""
    with stores.registry.begin() as registry:
        wait_turn(registry)
        with stores.disclosure.begin() as public:
            yield Turn(registry, public)
