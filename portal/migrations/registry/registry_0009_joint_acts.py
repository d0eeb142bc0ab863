"""Acts that take two people: withdrawing a case for good, and bringing it back."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0009"
down_revision = "registry_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "joint_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("asked_by_senior", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("settled_by", sa.String(length=64), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_act")),
    )
    op.create_index(op.f("ix_joint_act_state_asked_at"), "joint_act", ["state", "asked_at"])
    op.create_index(op.f("ix_joint_act_case_number_state"), "joint_act", ["case_number", "state"])


def downgrade() -> None:
    op.drop_index(op.f("ix_joint_act_case_number_state"), table_name="joint_act")
    op.drop_index(op.f("ix_joint_act_state_asked_at"), table_name="joint_act")
    op.drop_table("joint_act")
