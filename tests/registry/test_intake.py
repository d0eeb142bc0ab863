"""Intake: idempotent, resumable, and a bad line never stops the rest."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from portal.registry import intake
from portal.registry.audit import AuditEntry, first_broken_entry
from portal.registry.intake import import_file
from portal.registry.lines import UnreadableFile
from portal.registry.models import ImportRun, RegistryCase
from portal.registry.runs import ImportTakenOver


def take(registry, path, **kwargs):
    return import_file(registry, path, name=path.name, actor="tester", **kwargs)


def counts(report):
    return (report.read, report.added, report.changed, report.unchanged, report.rejected)


def numbered(record, *serials):
    return [record(case_number=f"（2018）辽0803执{serial}号") for serial in serials]


def test_importing_twice_changes_nothing(registry, record, export):
    path = export(*numbered(record, 1, 2, 3))
    assert counts(take(registry, path)) == (3, 3, 0, 0, 0)
    assert counts(take(registry, path)) == (3, 0, 0, 3, 0)
    with registry() as session:
        assert [case.revision for case in session.scalars(select(RegistryCase))] == [1, 1, 1]


def test_a_case_sent_again_replaces_the_version_and_keeps_the_history(registry, record, export):
    take(registry, export(record(cause="买卖合同纠纷")))
    # Another way of writing the number is still the same case.
    report = take(registry, export(record(case_number="2018辽0803执00123", cause="借款纠纷")))
    assert counts(report) == (1, 0, 1, 0, 0)
    with registry() as session:
        case = session.scalars(select(RegistryCase)).one()
        assert case.content["cause"] == "借款纠纷"
        assert [old.content["cause"] for old in case.revisions] == ["买卖合同纠纷", "借款纠纷"]


def test_bad_lines_are_reported_and_everything_else_goes_in(registry, record, export):
    good = numbered(record, 1, 2)
    path = export(good[0], b"{", record(filed_on="2018-02-30"), b'{"x": 1}', good[1])
    report = take(registry, path)
    assert counts(report) == (5, 2, 0, 0, 3)
    assert {problem.line for problem in report.errors} == {2, 3, 4}
    # The line that names its case is reported under its number.
    assert [p.case_number for p in report.errors if p.line == 3] == ["（2018）辽0803执123号"]


def test_the_same_case_twice_in_a_file_takes_the_later_and_says_so(registry, record, export):
    report = take(registry, export(record(cause="甲"), record(cause="乙")))
    assert counts(report) == (2, 1, 1, 0, 0)
    assert [problem.field for problem in report.warnings] == ["case_number"]
    with registry() as session:
        assert session.scalars(select(RegistryCase)).one().content["cause"] == "乙"


def test_a_file_with_two_versions_of_a_case_says_and_changes_the_same_each_time(
    registry, record, export
):
    path = export(record(cause="甲"), record(case_number="2018辽0803执124"), record(cause="乙"))
    first, again, once_more = (take(registry, path) for _ in range(3))
    assert counts(first) == (3, 2, 1, 0, 0)
    assert counts(again) == counts(once_more) == (3, 0, 0, 3, 0)
    for report in (first, again, once_more):
        assert [(p.line, p.field) for p in report.warnings] == [(3, "case_number")]
    with registry() as session:
        assert [c.revision for c in session.scalars(select(RegistryCase))] == [2, 1]


def test_the_last_version_counts_again_after_another_file_came_between(registry, record, export):
    path = export(record(cause="甲"), record(cause="乙"))
    take(registry, path)
    take(registry, export(record(cause="丙"), name="other.jsonl"))
    assert counts(take(registry, path)) == (2, 0, 1, 1, 0)
    with registry() as session:
        case = session.scalars(select(RegistryCase)).one()
        assert (case.content["cause"], case.revision) == ("乙", 4)


def test_a_case_may_come_back_to_an_earlier_version(registry, record, export):
    path = export(record(cause="甲"), record(cause="乙"), record(cause="甲"))
    assert counts(take(registry, path)) == (3, 1, 2, 0, 0)
    assert counts(take(registry, path)) == (3, 0, 0, 3, 0)
    with registry() as session:
        assert session.scalars(select(RegistryCase)).one().content["cause"] == "甲"


def test_a_later_line_that_is_wrong_does_not_replace_an_earlier(registry, record, export):
    path = export(record(cause="甲"), record(cause="乙"), record(cause="丙", filed_on="昨天"))
    for _ in range(2):
        report = take(registry, path)
        assert report.rejected == 1
        assert [problem.line for problem in report.warnings] == [2]
        with registry() as session:
            assert session.scalars(select(RegistryCase)).one().content["cause"] == "乙"


class Interrupted(Exception):
    pass


def test_an_interrupted_run_goes_on_after_its_last_whole_batch(
    registry, record, export, monkeypatch
):
    monkeypatch.setattr(intake, "BATCH", 2)
    path = export(*numbered(record, 1, 2, 3, 4, 5))

    def die_after_four(done):
        if done == 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        take(registry, path, progress=die_after_four)
    with registry() as session:
        assert len(session.scalars(select(RegistryCase)).all()) == 4

    seen = []
    report = take(registry, path, progress=seen.append)
    assert seen == [5]
    assert counts(report) == (5, 5, 0, 0, 0)
    with registry() as session:
        assert len(session.scalars(select(ImportRun)).all()) == 1


def test_a_file_that_comes_again_while_it_is_read_is_counted_once(
    registry, record, export, monkeypatch
):
    monkeypatch.setattr(intake, "BATCH", 2)
    path = export(*numbered(record, 1, 2, 3, 4, 5))
    reports = []

    def import_again(done):
        if not reports:
            reports.append(take(registry, path))

    with pytest.raises(ImportTakenOver) as taken_over:
        take(registry, path, progress=import_again)
    assert counts(reports[0]) == (5, 5, 0, 0, 0)
    assert taken_over.value.run_id == reports[0].run_id
    assert "又有一次导入" in str(taken_over.value)
    with registry() as session:
        assert len(session.scalars(select(ImportRun)).all()) == 1
        assert len(session.scalars(select(RegistryCase)).all()) == 5


def test_files_with_the_same_new_cases_go_in_side_by_side(registry, record, export, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 1)
    start = threading.Barrier(2, timeout=30)
    paths = [
        export(*numbered(record, 1, 2, 3), name="a.jsonl"),
        export(*numbered(record, 1, 2, 3, 4), name="b.jsonl"),
    ]
    reports = {}

    def read(path):
        start.wait()
        reports[path] = take(registry, path)

    threads = [threading.Thread(target=read, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(report.read for report in reports.values()) == [3, 4]
    assert sum(report.added for report in reports.values()) == 4
    assert sum(report.unchanged for report in reports.values()) == 3
    with registry() as session:
        assert first_broken_entry(session) is None


def test_a_file_of_another_format_leaves_no_trace(registry, tmp_path):
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"PK\x03\x04 not a case")
    with pytest.raises(UnreadableFile):
        take(registry, path)
    with registry() as session:
        assert session.scalars(select(ImportRun)).all() == []


def test_an_import_is_in_the_audit_log(registry, record, export):
    take(registry, export(record()))
    with registry() as session:
        acts = [(entry.actor, entry.act) for entry in session.scalars(select(AuditEntry))]
    assert acts == [("tester", "import.start"), ("tester", "import.finish")]


def test_the_sample_goes_in_whole(registry, sample_export):
    report = take(registry, sample_export)
    assert counts(report) == (120, 120, 0, 0, 0)
    assert report.errors == ()
