"""Terms of a case are to be masked or to be kept, and say why."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0003"
down_revision = "registry_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_term") as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=64), nullable=False, server_default="hide")
        )
        batch_op.add_column(
            sa.Column("reason", sa.String(length=500), nullable=False, server_default="")
        )
    with op.batch_alter_table("case_term") as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("reason", server_default=None)


def downgrade() -> None:
    # A term to keep must not become one to hide: it goes.
    op.execute(sa.text("DELETE FROM case_term WHERE kind <> 'hide'"))
    with op.batch_alter_table("case_term") as batch_op:
        batch_op.drop_column("reason")
        batch_op.drop_column("kind")
