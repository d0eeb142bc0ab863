"""The one civil time of the courts.

A fixed offset: China has kept UTC+8 without summer time since 1991, and a bare system
may have no time zone database to look it up in.
"""

from __future__ import annotations

from datetime import timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "UTC+8")
