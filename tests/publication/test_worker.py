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
from portal.registry import jobs, leases
from portal.registry.jobs import IntakeJob
from portal.registry.leases import JobState
from portal.registry.models import CaseRevision, ImportRun, RegistryCase
from portal.registry.queries import find_import

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


def job_of(worker: Worker, job_id: int) -> IntakeJob:
    job = leases.find_job(worker.gate.stores.registry, IntakeJob, job_id)
    assert job is not None
    return job


def run_of(worker: Worker, job_id: int) -> int | None:
    return job_of(worker, job_id).run_id


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
    assert job.state == JobState.READY
    counted = [job.forecast[name] for name in ("added", "changed", "unchanged", "rejected")]
    assert counted == [1, 1, 1, 1]
    assert [row["fields"] for row in job.forecast["listed"] if row["what"] == "changed"] == [
        ["cause"]
    ]
    assert count(worker, CaseRevision) == 2
    assert jobs.confirm_job(worker.gate.stores.registry, looked, "clerk1")
    assert not jobs.confirm_job(worker.gate.stores.registry, looked, "clerk1")
    worker.work_off()
    assert job_of(worker, looked).state == JobState.FINISHED
    assert count(worker, CaseRevision) == 4
    # The files are gone; what was wrong with one is kept for its sender.
    left = {path.name for path in worker.folder.iterdir()}
    assert f"marked-{run_of(worker, looked)}.xlsx" in left
    assert not [name for name in left if not name.startswith("marked-")]


def test_a_killed_import_goes_on_where_it_was_and_doubles_nothing(
    worker: Worker, case: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault injection: the process is gone after its first batch, with nothing tidied up."""
    started = put(worker, *(case(case_number=number) for number in NUMBERS))

    class Killed(BaseException):
        """Not an Exception: nothing of the worker's own catches it, as nothing catches a kill."""

    def die_at_the_second(*args: Any, **counts: int) -> None:
        leases.renew_job(*args, **counts)
        if counts.get("done"):
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("portal.publication.intake_work.renew_job", die_at_the_second)
        with pytest.raises(Killed):
            worker.work_off()
    assert job_of(worker, started).state == JobState.RUNNING
    assert 0 < count(worker, RegistryCase) < len(NUMBERS)
    assert worker.work_off() == 0, "its lease is not over yet"
    later = Worker(worker.gate, worker.folder, clock=lambda: NOW + 2 * leases.LEASE)
    assert later.work_off() == 1
    job = job_of(worker, started)
    assert (job.state, job.done, job.total) == (JobState.FINISHED, 450, 450)
    assert count(worker, RegistryCase) == count(worker, CaseRevision) == len(NUMBERS)


def test_two_workers_never_hold_one_job(worker: Worker, case: Callable[..., Any]) -> None:
    put(worker, case())
    registry = worker.gate.stores.registry
    first = leases.claim_job(registry, IntakeJob, "one", NOW)
    assert first is not None
    assert leases.claim_job(registry, IntakeJob, "two", NOW) is None
    leases.keep_job(registry, first, NOW + leases.LEASE)
    assert leases.claim_job(registry, IntakeJob, "two", NOW + leases.LEASE) is None
    taken = leases.claim_job(registry, IntakeJob, "two", NOW + 3 * leases.LEASE)
    assert taken is not None
    with pytest.raises(leases.JobLost):
        leases.renew_job(registry, first, NOW)
    with pytest.raises(leases.JobLost):
        leases.close_job(registry, first, JobState.FINISHED, NOW)


def test_cancelling_stops_before_the_next_batch_and_the_file_goes(
    worker: Worker, case: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = put(worker, *(case(case_number=number) for number in NUMBERS))
    registry = worker.gate.stores.registry

    def cancel_meanwhile(*args: Any, **counts: int) -> None:
        leases.renew_job(*args, **counts)
        if counts.get("done"):
            jobs.cancel_import(registry, job_of(worker, started), "clerk2", NOW)

    monkeypatch.setattr("portal.publication.intake_work.renew_job", cancel_meanwhile)
    worker.work_off()
    assert job_of(worker, started).state == JobState.CANCELLED
    assert 0 < count(worker, RegistryCase) < len(NUMBERS)
    assert list(worker.folder.iterdir()) == []
    assert not jobs.cancel_import(registry, job_of(worker, started), "clerk2", NOW)


@pytest.mark.parametrize("ending", ["cancelled", "broken"])
def test_what_went_in_before_an_import_ended_early_is_followed_up(
    worker: Worker, case: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """The public must not keep what was sent again with less, because somebody pressed 取消."""
    put(worker, case())
    worker.work_off()
    worker.gate.publish_all("clerk1")
    started = put(worker, case(cause=None), *(case(case_number=one) for one in NUMBERS[200:]))
    registry = worker.gate.stores.registry

    def end_early(*args: Any, **counts: int) -> None:
        if counts.get("done") and ending == "broken":
            raise RuntimeError
        if counts.get("done"):
            jobs.cancel_import(registry, job_of(worker, started), "clerk2", NOW)
        leases.renew_job(*args, **counts)

    monkeypatch.setattr("portal.publication.intake_work.renew_job", end_early)
    worker.work_off()
    assert job_of(worker, started).state in {JobState.CANCELLED, JobState.FAILED}
    with worker.gate.stores.disclosure() as public:
        assert public.scalars(select(PublicCase)).one().cause in (None, "")


def test_an_import_killed_after_its_last_line_is_followed_up_and_not_begun_again(
    worker: Worker, case: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(worker, case())
    worker.work_off()
    worker.gate.publish_all("clerk1")
    started = put(worker, case(cause=None))

    class Killed(BaseException):
        pass

    def die(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("portal.publication.intake_work.IntakeWork._mark", die)
        with pytest.raises(Killed):
            worker.work_off()
    Worker(worker.gate, worker.folder, clock=lambda: NOW + 2 * leases.LEASE).work_off()
    job = job_of(worker, started)
    assert job.state == JobState.FINISHED
    assert job.run_id is not None
    run = find_import(worker.gate.stores.registry, job.run_id)
    assert run is not None
    assert (run.read, run.changed, run.unchanged) == (1, 1, 0)
    assert count(worker, ImportRun) == 2
    with worker.gate.stores.disclosure() as public:
        assert public.scalars(select(PublicCase)).one().cause in (None, "")


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
    for name in ("job-lost", "upload-cut-off.part", "marked-1.xlsx", "publication.key"):
        (worker.folder / name).write_text("x", encoding="utf-8")
    put(worker, case())
    put(worker, case(), looking=True)
    worker.work_off()
    assert {path.name for path in worker.folder.glob("marked-*")} == {"marked-1.xlsx"}
    later = datetime.now(UTC) + timedelta(days=40)
    Worker(worker.gate, worker.folder, clock=lambda: later).tidy()
    # The preview was never confirmed; what is none of the worker's stays.
    assert [path.name for path in worker.folder.iterdir()] == ["publication.key"]
