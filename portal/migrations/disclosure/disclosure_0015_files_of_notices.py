"""A notice may have a file beside its text."""

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0015"
down_revision = "disclosure_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_attachment",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("notice_slug", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "notice_slug", name=op.f("pk_public_attachment")),
    )
    with op.batch_alter_table("public_notice") as batch_op:
        batch_op.add_column(sa.Column("attachment", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("public_notice") as batch_op:
        batch_op.alter_column("attachment", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("public_notice") as batch_op:
        batch_op.drop_column("attachment")
    op.drop_table("public_attachment")
