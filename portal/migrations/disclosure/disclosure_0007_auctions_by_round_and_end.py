"""Indexes to narrow auctions by round and by end

Revision ID: disclosure_0007
Revises: disclosure_0006
"""

from __future__ import annotations

from alembic import op

revision = "disclosure_0007"
down_revision = "disclosure_0006"
branch_labels = None
depends_on = None

INDEXES = (("round", "starts_at"), ("round", "starting_price"), ("ends_at",))


def upgrade() -> None:
    for columns in INDEXES:
        op.create_index(name(columns), "public_auction", [*columns, "id"])


def downgrade() -> None:
    for columns in INDEXES:
        op.drop_index(name(columns), table_name="public_auction")


def name(columns: tuple[str, ...]) -> str:
    return "_".join(("ix", "public_auction", *columns, "id"))
