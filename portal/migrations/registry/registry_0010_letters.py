"""What the office does with letters to the court, and the answers it writes."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0010"
down_revision = "registry_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_handling",
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("handler", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("review_received_on", sa.Date(), nullable=True),
        sa.Column("review_forwarded_on", sa.Date(), nullable=True),
        sa.Column("review_reported_on", sa.Date(), nullable=True),
        sa.Column("review_decided_on", sa.Date(), nullable=True),
        sa.Column("review_upheld", sa.Boolean(), nullable=False),
        sa.Column("review_fixed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_letter_handling")),
    )
    op.create_index(op.f("ix_letter_handling_closed_on"), "letter_handling", ["closed_on"])
    op.create_table(
        "letter_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signer", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_answer")),
    )
    op.create_index(op.f("ix_letter_answer_receipt"), "letter_answer", ["receipt"])
    op.create_index(op.f("ix_letter_answer_state"), "letter_answer", ["state"])


def downgrade() -> None:
    op.drop_table("letter_answer")
    op.drop_table("letter_handling")
