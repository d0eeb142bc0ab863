"""Alembic migrations of both stores, run by ``portal init``."""
