"""Figures of 统计公开 and where they come from."""

import sqlalchemy as sa
from alembic import op

import portal.columns

revision = "disclosure_0008"
down_revision = "disclosure_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_statistics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("read_at", portal.columns.Instant(timezone=True), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_statistics")),
    )
    op.create_table(
        "public_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("court_code", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_figure")),
        sa.UniqueConstraint(
            "indicator",
            "court_code",
            "period",
            name=op.f("uq_public_figure_indicator_court_code_period"),
        ),
    )


def downgrade() -> None:
    op.drop_table("public_figure")
    op.drop_table("public_statistics")
