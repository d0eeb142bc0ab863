"""A second factor, recovery codes, and sessions as rows instead of a counter of epochs."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0008"
down_revision = "registry_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff_account") as account:
        account.drop_column("session_epoch")
        account.add_column(
            sa.Column(
                "must_change_password", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
        account.add_column(
            sa.Column("totp_secret", sa.String(length=500), nullable=False, server_default="")
        )
        account.add_column(sa.Column("totp_since", sa.DateTime(timezone=True), nullable=True))
        account.add_column(
            sa.Column("totp_last_step", sa.Integer(), nullable=False, server_default="0")
        )
    op.create_table(
        "staff_recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_account.id"],
            name=op.f("fk_staff_recovery_code_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_recovery_code")),
    )
    op.create_index(
        op.f("ix_staff_recovery_code_account_id_digest"),
        "staff_recovery_code",
        ["account_id", "digest"],
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("ticket_digest", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=500), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_account.id"],
            name=op.f("fk_staff_session_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("ticket_digest", name=op.f("uq_staff_session_ticket_digest")),
    )
    op.create_index(
        op.f("ix_staff_session_account_id_ended_at"), "staff_session", ["account_id", "ended_at"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_staff_session_account_id_ended_at"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index(
        op.f("ix_staff_recovery_code_account_id_digest"), table_name="staff_recovery_code"
    )
    op.drop_table("staff_recovery_code")
    with op.batch_alter_table("staff_account") as account:
        account.drop_column("totp_last_step")
        account.drop_column("totp_since")
        account.drop_column("totp_secret")
        account.drop_column("must_change_password")
        account.add_column(
            sa.Column("session_epoch", sa.Integer(), nullable=False, server_default="1")
        )
