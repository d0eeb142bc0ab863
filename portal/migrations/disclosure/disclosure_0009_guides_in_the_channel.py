"""Guides have a place in the 执行不能 channel, a lead, sources and corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0009"
down_revision = "disclosure_0008"
branch_labels = None
depends_on = None

ADDED = (
    ("topic", sa.String(length=64), ""),
    ("lead", sa.Text(), ""),
    ("sources", sa.Text(), ""),
    ("corrections", sa.JSON(), "[]"),
)


def upgrade() -> None:
    with op.batch_alter_table("public_guide") as batch_op:
        for name, type_, empty in ADDED:
            batch_op.add_column(sa.Column(name, type_, nullable=False, server_default=empty))
    with op.batch_alter_table("public_guide") as batch_op:
        for name, _, _ in ADDED:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("public_guide") as batch_op:
        for name, _, _ in reversed(ADDED):
            batch_op.drop_column(name)
