"""Envelopes of the parties."""

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0010"
down_revision = "disclosure_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "party_envelope",
        sa.Column("locator", sa.LargeBinary(length=32), nullable=False),
        sa.Column("cost", sa.String(length=64), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("locator", name=op.f("pk_party_envelope")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("party_envelope")
