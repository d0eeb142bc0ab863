"""Column types of both stores: moments are UTC, money is exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, MetaData, Table, create_engine, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from portal.columns import Instant, Yuan

BEIJING = timezone(timedelta(hours=8))
ROWS = Table("row", MetaData(), Column("at", Instant), Column("sum", Yuan))


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A connection to an empty table of these types."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        ROWS.create(connection)
        yield connection
    engine.dispose()


def test_a_moment_comes_back_in_utc_whatever_zone_it_was_given_in(connection: Connection) -> None:
    connection.execute(ROWS.insert().values(at=datetime(2018, 4, 1, 9, 30, tzinfo=BEIJING)))
    moment = connection.scalar(select(ROWS.c.at))
    assert moment == datetime(2018, 4, 1, 1, 30, tzinfo=UTC)
    assert moment.utcoffset() == timedelta(0)


def test_moments_compare_across_zones_inside_the_database(connection: Connection) -> None:
    connection.execute(ROWS.insert().values(at=datetime(2018, 4, 1, 1, 30, tzinfo=UTC)))
    same = select(ROWS.c.at).where(ROWS.c.at == datetime(2018, 4, 1, 9, 30, tzinfo=BEIJING))
    assert connection.scalars(same).all()


def test_a_moment_without_a_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        connection.execute(ROWS.insert().values(at=datetime(2018, 4, 1)))


def test_postgres_is_given_the_zone() -> None:
    moment = datetime(2018, 4, 1, 9, 30, tzinfo=BEIJING)
    bound = Instant().process_bind_param(moment, postgresql.dialect())
    assert bound == moment
    assert bound is not None and bound.tzinfo is UTC


@pytest.mark.parametrize("text_value", ["0", "0.01", "1234.50", "98000.5", "999999999999999.99"])
def test_money_comes_back_exactly(connection: Connection, text_value: str) -> None:
    connection.execute(ROWS.insert().values(sum=Decimal(text_value)))
    money = connection.scalar(select(ROWS.c.sum))
    assert money == Decimal(text_value)
    assert str(money).partition(".")[2] == f"{Decimal(text_value):.2f}"[-2:]


def test_money_is_kept_as_whole_fen(connection: Connection) -> None:
    connection.execute(ROWS.insert().values(sum=Decimal("1234.50")))
    assert connection.scalar(text("SELECT typeof(sum) || ':' || sum FROM row")) == "integer:123450"


def test_money_finer_than_fen_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="money has at most two decimals"):
        connection.execute(ROWS.insert().values(sum=Decimal("0.001")))


def test_an_absent_value_stays_absent(connection: Connection) -> None:
    connection.execute(ROWS.insert().values(at=None, sum=None))
    assert connection.execute(select(ROWS)).one() == (None, None)


@given(st.decimals(min_value=0, max_value=10**15, places=2, allow_nan=False, allow_infinity=False))
def test_any_sum_survives_the_way_there_and_back(amount: Decimal) -> None:
    fen = Yuan().process_bind_param(amount, sqlite.dialect())
    assert isinstance(fen, int)
    assert Yuan().process_result_value(fen, sqlite.dialect()) == amount
