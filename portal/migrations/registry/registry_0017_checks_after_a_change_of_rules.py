"""Goings over what is public after the rules changed, and the items they affect."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0017"
down_revision = "registry_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_asked", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=500), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("cursor", sa.String(length=64), nullable=False),
        sa.Column("applying", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_check")),
    )
    op.create_index(op.f("ix_rule_check_state"), "rule_check", ["state"])
    op.create_table(
        "rule_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["rule_check.id"],
            name=op.f("fk_rule_item_check_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_item")),
        sa.UniqueConstraint("check_id", "kind", "key", name=op.f("uq_rule_item_check_id_kind_key")),
    )
    op.create_index(op.f("ix_rule_item_check_id_state"), "rule_item", ["check_id", "state"])


def downgrade() -> None:
    op.drop_table("rule_item")
    op.drop_table("rule_check")
