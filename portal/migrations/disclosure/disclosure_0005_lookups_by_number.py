"""Entries of the dishonest-debtor list are found by a keyed hash of the ID number."""

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0005"
down_revision = "disclosure_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_debtor_lookup",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("debtor_id", sa.String(length=24), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["debtor_id"],
            ["public_debtor.id"],
            name=op.f("fk_public_debtor_lookup_debtor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", "debtor_id", name=op.f("pk_public_debtor_lookup")),
    )
    for column in ("debtor_id", "key_id"):
        op.create_index(op.f(f"ix_public_debtor_lookup_{column}"), "public_debtor_lookup", [column])


def downgrade() -> None:
    op.drop_table("public_debtor_lookup")
