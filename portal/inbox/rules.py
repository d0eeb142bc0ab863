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
SUBMISSIONS_OF_ADDRESS = Patience(
    "submission-address",
    free=5,
    first=timedelta(minutes=10),
    longest=timedelta(hours=12),
    window=timedelta(days=1),
)
STATUS_OF_ADDRESS = Patience(
    "status-address",
    free=20,
    first=timedelta(minutes=1),
    longest=timedelta(hours=12),
    window=timedelta(days=1),
)
STATUS_OF_RECEIPT = Patience(
    "status-receipt",
    free=5,
    first=timedelta(minutes=15),
    longest=timedelta(days=1),
    window=timedelta(days=2),
)
PASSPHRASE_OF_ACCOUNT = Patience(
    "inbox-passphrase",
    free=5,
    first=timedelta(minutes=1),
    longest=timedelta(hours=1),
    window=timedelta(days=1),
)
# A code has some fifty bits, so that a try now and then gives nothing away; and anybody can use up
# the tries at a case, whose number is public. Its parties are kept out for an hour at most.
PARTY_OF_CASE = Patience(
    "party-case",
    free=5,
    first=timedelta(minutes=1),
    longest=timedelta(hours=1),
    window=timedelta(days=1),
)
PARTY_OF_ADDRESS = Patience(
    "party-address",
    free=5,
    first=timedelta(minutes=1),
    longest=timedelta(hours=12),
    window=timedelta(days=1),
)
RULES = (
    PARTY_OF_CASE,
    PARTY_OF_ADDRESS,
    LOOKUPS_OF_ADDRESS,
    LOOKUPS_NEAR_NUMBER,
    SUBMISSIONS_OF_ADDRESS,
    STATUS_OF_ADDRESS,
    STATUS_OF_RECEIPT,
    PASSPHRASE_OF_ACCOUNT,
)
