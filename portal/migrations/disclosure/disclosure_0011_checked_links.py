"""The link of an auction says whether the court is looking into it, or has corrected it."""

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0011"
down_revision = "disclosure_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("public_auction") as batch_op:
        batch_op.add_column(
            sa.Column("link_state", sa.String(length=64), nullable=False, server_default="")
        )
    with op.batch_alter_table("public_auction") as batch_op:
        batch_op.alter_column("link_state", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("public_auction") as batch_op:
        batch_op.drop_column("link_state")
