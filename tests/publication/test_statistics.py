"""Figures of statistics: counted in the registry, let out once, small ones never."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from portal.disclosure.ledger import Act, LedgerEntry
from portal.disclosure.statistics import (
    CITY,
    PublicFigure,
    figures_by_court,
    figures_by_month,
    figures_by_year,
    figures_of_period,
    read_statistics,
    statistics_years,
)
from portal.publication.inspection import inspect_public
from portal.publication.reconcile import reconcile
from portal.publication.statistics import publish_statistics
from portal.registry.audit import AuditEntry
from portal.registry.models import ImportRun, RegistryCase

TODAY = date(2018, 10, 31)


@pytest.fixture
def counted(gate, bring_in, case, stores):
    """Twelve cases of one court closed in May, eight of another in June; then a count."""

    def closed(serial, court, on, method):
        return case(
            case_number=f"（2018）{court}执{serial}号",
            court=court,
            closing={"closed_on": on, "method": method},
        )

    bring_in(
        *(closed(n, "辽0803", "2018-05-10", "执行完毕") for n in range(1, 8)),
        *(closed(n, "辽0803", "2018-05-20", "终结执行") for n in range(8, 13)),
        *(closed(n, "辽0811", "2018-06-05", "执行完毕") for n in range(1, 9)),
    )
    with stores.registry.begin() as session:
        session.execute(update(ImportRun).values(finished_at=datetime(2018, 11, 2, tzinfo=UTC)))
    assert publish_statistics(stores, "clerk", TODAY).cases == 20
    return stores


def numbers(figure):
    return figure.numerator, figure.denominator


def acts(stores):
    with stores.registry() as session:
        chosen = select(AuditEntry.subject).where(AuditEntry.act == "statistics.publish")
        return len(session.scalars(chosen).all())


def test_the_city_and_its_courts_have_their_figures(counted, public):
    assert numbers(figures_of_period(public, CITY, "2018")["performed"]) == (15, 20)
    by_court = {
        row.court_code: numbers(row) for row in figures_by_court(public, "performed", "2018")
    }
    assert by_court["辽0803"] == (7, 12) and by_court["辽0811"] == (8, 8)
    # nobody says that a court closed nothing: that is below the least as well
    assert by_court["辽0882"] == (None, None)
    months = figures_by_month(public, "performed", CITY, "2018")
    assert [row.period for row in months][:2] == ["2018-01", "2018-02"]
    assert len(months) == TODAY.month
    assert [row.period for row in figures_by_year(public, "performed", CITY)][-1] == "2018"
    assert statistics_years(public) == ["2018", "2017", "2016"]


def test_they_say_where_they_come_from(counted, public):
    statistics = read_statistics(public)
    assert (statistics.version, statistics.cut_off, statistics.cases) == (1, TODAY, 20)
    entry = public.scalars(select(LedgerEntry)).one()
    assert (entry.item_kind, entry.act, entry.version) == ("statistics", Act.RELEASED, 1)
    assert acts(counted) == 1


def test_nothing_after_the_newest_import_counts(counted, public):
    with counted.registry.begin() as session:
        session.execute(update(ImportRun).values(finished_at=datetime(2018, 5, 31, 16, tzinfo=UTC)))
    # 1 June in Beijing
    publish_statistics(counted, "clerk", TODAY)
    assert read_statistics(public).cut_off == date(2018, 6, 1)
    assert numbers(figures_of_period(public, CITY, "2018")["performed"]) == (7, 12)


def test_counting_again_writes_only_what_is_new(counted, public, bring_in, case):
    assert publish_statistics(counted, "clerk", TODAY).version == 1
    assert acts(counted) == 1
    bring_in(case(case_number="（2018）辽0803执77号"))
    assert publish_statistics(counted, "clerk", TODAY).version == 2
    assert acts(counted) == 2


def test_a_record_that_cannot_be_read_stops_no_other(counted, public):
    with counted.registry.begin() as session:
        broken = select(RegistryCase).filter_by(case_number="（2018）辽0811执8号")
        session.scalars(broken).one().content = {"parties": 5}
    report = publish_statistics(counted, "clerk", TODAY)
    assert (report.cases, report.broken) == (19, 1)
    assert numbers(figures_of_period(public, CITY, "2018")["performed"]) == (14, 19)


def test_a_handful_of_cases_has_no_statistics(stores, bring_in, case, public):
    bring_in(case())
    assert publish_statistics(stores, "clerk", TODAY) is None
    assert read_statistics(public) is None


def test_verifying_finds_small_figures_and_what_would_tell_them(counted, gate, public):
    def wrong():
        return {leak.reason for leak in inspect_public(gate).leaks if leak.item == "statistics"}

    assert wrong() == set()
    with counted.disclosure.begin() as session:
        chosen = update(PublicFigure).filter_by(indicator="performed", court_code="辽0882")
        session.execute(
            chosen.where(PublicFigure.period == "2018").values(numerator=0, denominator=3)
        )
    assert "统计数字过小，不得显示" in wrong()
    with counted.disclosure.begin() as session:
        session.execute(
            update(PublicFigure)
            .where(PublicFigure.indicator == "performed", PublicFigure.period == "2018")
            .values(numerator=5, denominator=9)
        )
        hidden = update(PublicFigure).filter_by(indicator="performed", court_code="辽0882")
        session.execute(hidden.values(numerator=None, denominator=None))
    assert "由其他数字可以推算出过小的统计数字" in wrong()


def test_a_process_that_died_before_its_entry_in_the_log_is_made_up_for(counted):
    with counted.disclosure.begin() as session:
        session.add(
            LedgerEntry(
                item_kind="statistics",
                item_key="statistics",
                act=Act.RELEASED,
                version=2,
                revision=0,
                policy_version="1",
                at=datetime.now(UTC),
            )
        )
    assert reconcile(counted, "clerk") == 1
    assert acts(counted) == 2
    assert reconcile(counted, "clerk") == 0
