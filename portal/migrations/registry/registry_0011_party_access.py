"""Codes that open a party's own view, and the revision its views were made of."""

import sqlalchemy as sa
from alembic import op

import portal.columns

revision = "registry_0011"
down_revision = "registry_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not as a batch, which would make the table anew and take along what hangs on it.
    # 0: never; the next run of the gate makes the views of cases that are public already.
    added = sa.Column("views_revision", sa.Integer(), nullable=False, server_default="0")
    op.add_column("registry_case", added)
    op.create_table(
        "party_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("party", sa.String(length=500), nullable=False),
        sa.Column("number_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("from_record", sa.Boolean(), nullable=False),
        sa.Column("locator", sa.LargeBinary(length=32), nullable=False),
        sa.Column("cost", sa.String(length=64), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("kept_key", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", portal.columns.Instant(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=64), nullable=False),
        sa.Column("ended_at", portal.columns.Instant(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=64), nullable=False),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("sealed_at", portal.columns.Instant(timezone=True), nullable=True),
        sa.Column("sealed_revision", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.Column("read_revision", sa.Integer(), nullable=False),
        sa.Column("read_grade", sa.String(length=64), nullable=False),
        sa.Column("holds", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["registry_case.id"],
            name=op.f("fk_party_access_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_access")),
        sa.UniqueConstraint("locator", name=op.f("uq_party_access_locator")),
    )
    op.create_index(
        op.f("ix_party_access_case_id_ended_at"), "party_access", ["case_id", "ended_at"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_party_access_case_id_ended_at"), table_name="party_access")
    op.drop_table("party_access")
    op.drop_column("registry_case", "views_revision")
