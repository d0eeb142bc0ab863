"""Notices that are public already go into the index like those that follow."""

from alembic import op

revision = "disclosure_0014"
down_revision = "disclosure_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO index_change (item_kind, item_id, deleted) "
        "SELECT form, slug, false FROM public_notice ORDER BY id"
    )


def downgrade() -> None:
    op.execute(
        "DELETE FROM index_change "
        "WHERE item_kind IN ('reward', 'regulation', 'reception', 'channel')"
    )
