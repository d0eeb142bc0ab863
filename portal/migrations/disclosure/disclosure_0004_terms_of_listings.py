"""How a listing's term was counted, and the company somebody is limited for."""

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0004"
down_revision = "disclosure_0003"
branch_labels = None
depends_on = None

COLUMNS = (
    ("public_debtor", "term_counted", 64),
    ("public_restriction", "company", 500),
    ("public_restriction", "capacity", 64),
)


def upgrade() -> None:
    for table, name, length in COLUMNS:
        column = sa.Column(name, sa.String(length), nullable=False, server_default="")
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(column)
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(name, server_default=None)
    op.create_index("ix_public_debtor_expires_on_id", "public_debtor", ["expires_on", "id"])


def downgrade() -> None:
    op.drop_index("ix_public_debtor_expires_on_id", table_name="public_debtor")
    for table, name, _length in reversed(COLUMNS):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(name)
