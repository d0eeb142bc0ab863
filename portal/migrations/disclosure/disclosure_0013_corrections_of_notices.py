"""Notices show what was corrected in them, as stories and guides do."""

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0013"
down_revision = "disclosure_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("public_notice") as batch_op:
        batch_op.add_column(
            sa.Column("corrections", sa.JSON(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("public_notice") as batch_op:
        batch_op.alter_column("corrections", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("public_notice") as batch_op:
        batch_op.drop_column("corrections")
