"""How often a person was refused the same within an hour."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0019"
down_revision = "registry_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refusal_count",
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "kind", "method", "rule", name=op.f("pk_refusal_count")),
    )


def downgrade() -> None:
    op.drop_table("refusal_count")
