"""Calendars to subscribe to (RFC 5545), from public facts alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Appointment:
    """One date; ``key`` never changes, ``changed`` says when the page behind it did.

    All moments carry their zone; they are written in UTC.
    """

    key: str
    title: str
    starts: datetime
    ends: datetime | None
    changed: datetime
    address: str
    place: str = ""


def build_calendar(name: str, appointments: Iterable[Appointment], *, host: str) -> bytes:
    """A calendar as a program fetches it; the same appointments give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//enforcement disclosure//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for appointment in appointments:
        event = Event()
        event.add("uid", f"{appointment.key}@{host}")
        event.add("dtstamp", appointment.changed)
        event.add("dtstart", appointment.starts)
        if appointment.ends is not None and appointment.ends > appointment.starts:
            event.add("dtend", appointment.ends)
        event.add("summary", appointment.title)
        event.add("url", appointment.address)
        if appointment.place:
            event.add("location", appointment.place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
