"""``portal work`` as a process of its own, and what is left when it is killed."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.commands.conftest import Console
from tests.invented import Record, encoded

DEADLINE = 120


def queue_upload(portal: Console, content: bytes) -> None:
    """What the office's form leaves behind: a stored file and its job."""
    uploads = portal.home / "office" / "uploads"
    uploads.mkdir(exist_ok=True)
    (uploads / "job-1").write_bytes(content)
    portal.write(
        "office/registry",
        "INSERT INTO intake_job (state, looking, file_name, stored_as, actor, created_at, owner,"
        " stop_asked, done, total, problem, forecast) VALUES ('waiting', 0, 'a.jsonl', 'job-1',"
        " 'clerk1', '2018-05-02 00:00:00', '', 0, 0, 0, '', '{}')",
    )


def wait_for_cases(portal: Console, least: int) -> None:
    end = time.monotonic() + DEADLINE
    while portal.read("office/registry", "SELECT count(*) FROM registry_case")[0][0] < least:
        assert time.monotonic() < end, "no case went in"
        time.sleep(0.01)


def test_killed_twice_in_the_middle_of_a_file_it_leaves_what_it_would_in_peace(
    portal: Console, record: Callable[..., Record], tmp_path: Path
) -> None:
    """SIGKILL of a real process; then nothing differs from a run nobody disturbed."""
    lines = [encoded(record(number, cause="长" * 500)) for number in range(1, 1201)]
    # Cases that come again, and a line that is none.
    content = b"\n".join([*lines, *lines[:100], encoded(record(7, cause="另")), b"{"])
    in_peace = copied(portal, tmp_path / "in peace")
    for one in (portal, in_peace):
        queue_upload(one, content)
    assert in_peace("work", "--once").exit_code == 0
    for least in (1, 400):
        process = portal.spawn("work", "--once")
        wait_for_cases(portal, least)
        process.kill()
        assert process.wait(timeout=DEADLINE) == -signal.SIGKILL
        state = portal.read("office/registry", "SELECT state FROM intake_job")
        assert state == [("running",)], "it was over before it was killed"
        assert portal("work", "--once").output == "处理 0 个任务\n", "its lease is not over yet"
        portal.write("office/registry", "UPDATE intake_job SET lease_until = '2018-05-02 00:00:00'")
    assert portal("work", "--once").output == "处理 1 个任务\n"
    for question in (
        "SELECT state, done, total, problem FROM intake_job",
        "SELECT state, lines_done, read, added, changed, unchanged, rejected FROM import_run",
        "SELECT case_number, revision, digest FROM registry_case ORDER BY case_number",
        "SELECT case_id, revision, digest FROM case_revision ORDER BY case_id, revision",
        "SELECT line, field, warning, message FROM import_problem ORDER BY line, field, message",
        "SELECT actor, act, subject, detail FROM audit_entry ORDER BY id",
    ):
        assert said(portal, question) == said(in_peace, question), question
    assert [path.name for path in (portal.home / "office" / "uploads").iterdir()] == [
        "marked-1.xlsx"
    ]


def copied(portal: Console, home: Path) -> Console:
    """Another instance that stands where this one does."""
    shutil.copytree(portal.home, home)
    return Console(home)


def said(portal: Console, question: str) -> list[Any]:
    return portal.read("office/registry", question)
