"""Which day it is in the office: today, or in a seeded instance the day its data ends."""

from __future__ import annotations

from datetime import date

from flask import current_app

from portal.reference.clock import today_in_beijing
from portal.settings import demo_day


def office_day() -> date:
    """Today; in a seeded instance the day its data ends, or all of it would be overdue."""
    return last_demo_day() or today_in_beijing()


def last_demo_day() -> date | None:
    """The day the data of a seeded instance ends, None in a real one."""
    return demo_day(current_app.extensions["settings"].home)
