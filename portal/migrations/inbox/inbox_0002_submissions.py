"""What people send to the court, sealed, and the answers they can read."""

import sqlalchemy as sa
from alembic import op

revision = "inbox_0002"
down_revision = "inbox_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "submission",
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("case_slug", sa.String(length=64), nullable=False),
        sa.Column("court_code", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_case_slug"), "submission", ["case_slug"])
    op.create_index(op.f("ix_submission_received_at"), "submission", ["received_at"])
    op.create_table(
        "sealed_proof",
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt"], ["submission.receipt"], name=op.f("fk_sealed_proof_receipt")
        ),
        sa.PrimaryKeyConstraint("receipt", "position", name=op.f("pk_sealed_proof")),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["receipt"], ["submission.receipt"], name=op.f("fk_reply_receipt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_receipt"), "reply", ["receipt"])


def downgrade() -> None:
    op.drop_table("reply")
    op.drop_table("sealed_proof")
    op.drop_table("submission")
