"""A review may need a second reader, and keeps what the first one said."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0004"
down_revision = "registry_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("review") as batch_op:
        batch_op.add_column(
            sa.Column("first_read_by", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("first_reason", sa.String(length=500), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("review") as batch_op:
        batch_op.alter_column("first_read_by", server_default=None)
        batch_op.alter_column("first_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("review") as batch_op:
        batch_op.drop_column("first_read_at")
        batch_op.drop_column("first_reason")
        batch_op.drop_column("first_read_by")
