"""How much patience each kind of guessing meets; docs/privacy.md has the arithmetic."""

from __future__ import annotations

from datetime import timedelta

from portal.inbox.attempts import Patience

LOOKUPS_OF_ADDRESS = Patience(
    "lookup-address",
    free=20,
    first=timedelta(minutes=1),
    longest=timedelta(hours=12),
    window=timedelta(days=1),
)
LOOKUPS_NEAR_NUMBER = Patience(
    "lookup-number",
    free=5,
    first=timedelta(hours=1),
    longest=timedelta(days=30),
    window=timedelta(days=365),
)
RULES = (LOOKUPS_OF_ADDRESS, LOOKUPS_NEAR_NUMBER)
