"""Files are worked off once, whoever dies in between, and public cases follow what was sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.disclosure.models import PublicCase
from portal.publication.gate import Gate
from portal.publication.worker import Worker
from portal.registry import jobs
from portal.registry.models import CaseRevision, RegistryCase

NOW = datetime(2018, 5, 2, tzinfo=UTC)
NUMBERS = [f"（2018）辽0803执{serial}号" for serial in range(1, 451)]


@pytest.fixture
def worker(gate: Gate, tmp_path: Path) -> Worker:
    folder = tmp_path / "uploads"
    folder.mkdir()
    return Worker(gate, folder, clock=lambda: NOW)


def put(worker: Worker, *records: Any, looking: bool = False) -> int:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    name = f"job-{len(list(worker.folder.iterdir()))}"
    (worker.folder / name).write_text("\n".join(lines), encoding="utf-8")
    return jobs.add_job(
        worker.gate.stores.registry,
        stored_as=name,
        file_name="四月.jsonl",
        actor="clerk1",
        looking=looking,
        now=NOW,
    )


def job_of(worker: Worker, job_id: int) -> jobs.IntakeJob:
    job = jobs.find_job(worker.gate.stores.registry, job_id)
    assert job is not None
    return job


def count(worker: Worker, model: Any) -> int:
    with worker.gate.stores.registry() as session:
        return session.scalar(select(func.count(model.id))) or 0


def test_a_preview_counts_and_writes_nothing_until_it_is_confirmed(
    worker: Worker, case: Callable[..., Any]
) -> None:
    put(worker, case(), case(case_number=NUMBERS[0]))
    worker.work_off()
    lines = (
        case(cause="买卖合同纠纷"),
        case(case_number=NUMBERS[0]),
        case(case_number=NUMBERS[1]),
        case(filed_on="x"),
    )
    looked = put(worker, *lines, looking=True)
    worker.work_off()
    job = job_of(worker, looked)
    assert job.state == jobs.JobState.READY
    counted = [job.forecast[name] for name in ("added", "changed", "unchanged", "rejected")]
    assert counted == [1, 1, 1, 1]
    assert [row["fields"] for row in job.forecast["listed"] if row["what"] == "changed"] == [
        ["cause"]
    ]
    assert count(worker, CaseRevision) == 2
    assert jobs.confirm_job(worker.gate.stores.registry, looked, "clerk1")
    assert not jobs.confirm_job(worker.gate.stores.registry, looked, "clerk1")
    worker.work_off()
    assert job_of(worker, looked).state == jobs.JobState.FINISHED
    assert count(worker, CaseRevision) == 4
    assert list(worker.folder.iterdir()) == []


def test_a_killed_import_goes_on_where_it_was_and_doubles_nothing(
    worker: Worker, case: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault injection: the process is gone after its first batch, with nothing tidied up."""
    started = put(worker, *(case(case_number=number) for number in NUMBERS))
    renewed: list[int] = []

    class Killed(BaseException):
        """Not an Exception: nothing of the worker's own catches it, as nothing catches a kill."""

    def die_at_the_second(*args: Any, **counts: int) -> None:
        jobs.renew_job(*args, **counts)
        renewed.append(counts.get("done", 0))
        if counts.get("done"):
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("portal.publication.worker.renew_job", die_at_the_second)
        with pytest.raises(Killed):
            worker.work_off()
    assert job_of(worker, started).state == jobs.JobState.RUNNING
    assert 0 < count(worker, RegistryCase) < len(NUMBERS)
    assert worker.work_off() == 0, "its lease is not over yet"
    later = Worker(worker.gate, worker.folder, clock=lambda: NOW + 2 * jobs.LEASE)
    assert later.work_off() == 1
    job = job_of(worker, started)
    assert (job.state, job.done, job.total) == (jobs.JobState.FINISHED, 450, 450)
    assert count(worker, RegistryCase) == count(worker, CaseRevision) == len(NUMBERS)


def test_two_workers_never_hold_one_job(worker: Worker, case: Callable[..., Any]) -> None:
    put(worker, case())
    registry = worker.gate.stores.registry
    first = jobs.claim_job(registry, "one", NOW)
    assert first is not None
    assert jobs.claim_job(registry, "two", NOW) is None
    taken = jobs.claim_job(registry, "two", NOW + 2 * jobs.LEASE)
    assert taken is not None
    with pytest.raises(jobs.JobLost):
        jobs.renew_job(registry, first.id, "one", NOW)
    with pytest.raises(jobs.JobLost):
        jobs.close_job(registry, first.id, "one", jobs.JobState.FINISHED, NOW)


def test_cancelling_stops_before_the_next_batch_and_the_file_goes(
    worker: Worker, case: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = put(worker, *(case(case_number=number) for number in NUMBERS))
    registry = worker.gate.stores.registry

    def cancel_meanwhile(*args: Any, **counts: int) -> None:
        jobs.renew_job(*args, **counts)
        jobs.cancel_job(registry, started, "clerk2", NOW)

    monkeypatch.setattr("portal.publication.worker.renew_job", cancel_meanwhile)
    worker.work_off()
    assert job_of(worker, started).state == jobs.JobState.CANCELLED
    assert count(worker, RegistryCase) < len(NUMBERS)
    assert list(worker.folder.iterdir()) == []
    assert not jobs.cancel_job(registry, started, "clerk2", NOW)


def test_a_public_case_sent_again_with_less_shows_less_at_once(
    worker: Worker, case: Callable[..., Any]
) -> None:
    put(worker, case(), case(case_number=NUMBERS[0]))
    worker.work_off()
    worker.gate.publish_all("clerk1")
    put(
        worker,
        case(cause=None),
        case(case_number=NUMBERS[0], disclosure={"level": "不公开", "reason": "涉及个人隐私"}),
    )
    worker.work_off()
    with worker.gate.stores.disclosure() as public:
        found = {row.case_number: row for row in public.scalars(select(PublicCase))}
        assert found[case()["case_number"]].cause in (None, "")
        assert found[NUMBERS[0]].level == "不公开"
        assert not found[NUMBERS[0]].parties


def test_files_nobody_needs_are_swept_away(worker: Worker, case: Callable[..., Any]) -> None:
    lost = worker.folder / "job-lost"
    lost.write_text("x", encoding="utf-8")
    put(worker, case())
    later = NOW + timedelta(days=40_000)
    Worker(worker.gate, worker.folder, clock=lambda: later).work_off()
    assert list(worker.folder.iterdir()) == []
