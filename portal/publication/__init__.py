"""The gate: compose, redact, verify, release or hold.

The only package that sees both stores, and the only writer of public rows.
"""
