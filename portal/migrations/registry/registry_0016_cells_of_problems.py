"""Which cell of a workbook a problem stands in: reports mark it there."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0016"
down_revision = "registry_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("import_problem") as batch:
        batch.add_column(sa.Column("cell", sa.String(length=64), nullable=False, server_default=""))
    with op.batch_alter_table("import_problem") as batch:
        batch.alter_column("cell", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("import_problem") as batch:
        batch.drop_column("cell")
