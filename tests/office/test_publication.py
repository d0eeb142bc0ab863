from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from portal.office.gate_runs import GateRuns
from portal.publication.gate import Gate, PublishReport
from portal.reference.clock import today_in_beijing
from portal.staff.models import Role
from portal.stores import Stores


class SlowGate:
    """A gate that waits in the middle of a run until it is told to go on."""

    def __init__(self, stores: Stores, *, fails: bool = False) -> None:
        self.stores = stores
        self.go_on = threading.Event()
        self.fails = fails

    def publish_all(self, actor: str, progress: Callable[[int, int], None]) -> PublishReport:
        progress(3, 7)
        self.go_on.wait(10)
        if self.fails:
            raise RuntimeError("the disk is full")
        return PublishReport(released=7)


def finish(runs: GateRuns) -> None:
    while runs.newest is None or runs.newest.running:
        time.sleep(0.01)


def test_a_run_tells_how_far_it_is_and_lets_no_second_one_begin(gate: Gate) -> None:
    slow = SlowGate(gate.stores)
    runs = GateRuns(slow, today_in_beijing)  # type: ignore[arg-type]
    assert runs.start("clerk1")
    while runs.newest is None or not runs.newest.total:
        time.sleep(0.01)
    assert (runs.newest.running, runs.newest.done, runs.newest.total) == (True, 3, 7)
    assert not runs.start("reviewer1")
    slow.go_on.set()
    finish(runs)
    assert runs.newest.report == PublishReport(released=7)
    assert (runs.newest.actor, runs.newest.failed) == ("clerk1", False)
    assert runs.start("reviewer1")
    finish(runs)


def test_a_run_that_breaks_is_over_and_says_so(gate: Gate) -> None:
    slow = SlowGate(gate.stores, fails=True)
    slow.go_on.set()
    runs = GateRuns(slow, today_in_beijing)  # type: ignore[arg-type]
    runs.start("clerk1")
    finish(runs)
    assert runs.newest is not None
    assert (runs.newest.failed, runs.newest.report) == (True, None)
    assert runs.start("clerk1"), "a broken run must not bar the next one"
    finish(runs)


def test_from_upload_to_public_by_clicking(
    office_app: Any, person: Callable[..., Any], case: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(case(), case(case_number="（2018）辽0803执124号", disclosure=None))
    assert clerk.submit("/publication", "/imports/1").headers["Location"] == "/publication"
    finish(office_app.extensions["gate_runs"])
    page = clerk.get("/publication").text
    assert "<dt>已公开</dt><dd>1</dd>" in page
    assert "<dt>待审核</dt><dd>1</dd>" in page
    assert ("clerk1", "publish.run", "") in acts()
    assert ("clerk1", "case.released", "（2018）辽0803执123号") in acts()
    desk = person(Role.REVIEWER).get("/").text
    assert "未写明公开级别" in desk
    assert "检索索引与公开数据一致" in desk


def test_progress_is_shown_as_a_fragment_that_asks_again(
    office_app: Any, person: Callable[..., Any], gate: Gate
) -> None:
    slow = SlowGate(gate.stores)
    office_app.extensions["gate_runs"] = GateRuns(slow, today_in_beijing)  # type: ignore[arg-type]
    clerk = person(Role.CLERK)
    clerk.submit("/publication", "/publication")
    second = clerk.submit("/publication", "/publication")
    assert second.status_code == 303
    assert "已有一次发布正在进行" in clerk.get("/publication").text
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    fragment = clerk.get("/publication", headers=headers).text
    assert "<!doctype" not in fragment
    assert 'hx-trigger="every 1s"' in fragment
    slow.go_on.set()
    finish(office_app.extensions["gate_runs"])
    assert "hx-trigger" not in clerk.get("/publication", headers=headers).text
