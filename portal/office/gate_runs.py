"""Bringing every case through the gate, beside the requests: at most one run at a time.

A run ends with counting the figures of 统计公开 again, as ``portal publish`` does.

The run lives in this process only. One that is cut off leaves whole cases behind, and
the next run goes on from there, so nothing about it has to be kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import structlog

from portal.publication.statistics import publish_statistics

if TYPE_CHECKING:
    from portal.publication.gate import Gate, PublishReport

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class GateRun:
    """One run: who started it, how far it is, and its report or a failure once it is over."""

    actor: str
    started_at: datetime
    done: int = 0
    total: int = 0
    finished_at: datetime | None = None
    report: PublishReport | None = None
    failed: bool = False

    @property
    def running(self) -> bool:
        """Whether it still works."""
        return self.finished_at is None


class GateRuns:
    """The newest run of this process, watched by any request."""

    def __init__(self, gate: Gate, today: Callable[[], date]) -> None:
        self._gate = gate
        self._today = today
        self._lock = threading.Lock()
        self._newest: GateRun | None = None

    @property
    def newest(self) -> GateRun | None:
        """The run that is on, or the last one."""
        return self._newest

    def start(self, actor: str) -> bool:
        """Begin a run; False where one is on already."""
        with self._lock:
            if self._newest is not None and self._newest.running:
                return False
            self._newest = GateRun(actor, datetime.now(UTC))
        threading.Thread(target=self._run, args=(actor,), name="gate-run", daemon=True).start()
        return True

    def _run(self, actor: str) -> None:
        try:
            report = self._gate.publish_all(actor, progress=self._advance)
            publish_statistics(self._gate.stores, actor, self._today())
        except Exception as error:
            # The thread's edge: nobody above could catch it. The page says that it failed.
            log.error("gate_run_failed", error=type(error).__name__)
            self._change(failed=True, finished_at=datetime.now(UTC))
        else:
            self._change(report=report, finished_at=datetime.now(UTC))

    def _advance(self, done: int, total: int) -> None:
        self._change(done=done, total=total)

    def _change(self, **changes: object) -> None:
        with self._lock:
            if self._newest is not None:
                self._newest = replace(self._newest, **changes)  # type: ignore[arg-type]
