"""Which rules masked a text: a policy by its own version, everything by what it is.

A policy says its version, which somebody may forget to change; recognisers and word lists have
none. So a digest over all of it stands behind. Two equal versions mask every text alike; two that
differ may mask alike all the same, which only a comparison of the texts can say.
"""

from __future__ import annotations

import hashlib

from redaction.policy import Policy
from redaction.version import reader_version

_DIGITS = 8


def rules_version(policy: Policy) -> str:
    """Policy and recognisers in force, as ``2018-04.2+3f9a1c20``."""
    everything = f"{reader_version()} {policy!r}"
    return f"{policy.version}+{hashlib.sha256(everything.encode()).hexdigest()[:_DIGITS]}"
