"""Links of auctions can be marked as broken or changed; cases know how many auctions they have."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0013"
down_revision = "registry_0012"
branch_labels = None
depends_on = None

CASES = sa.table(
    "registry_case",
    sa.column("id", sa.Integer()),
    sa.column("content", sa.JSON()),
    sa.column("auction_count", sa.Integer()),
)


def upgrade() -> None:
    # Not in a batch, which makes the table anew: SQLite would take along every row that hangs on
    # it, by ON DELETE CASCADE. There the default stays, because only a batch can drop it.
    op.add_column(
        "registry_case",
        sa.Column("auction_count", sa.Integer(), nullable=False, server_default="0"),
    )
    _count(op.get_bind())
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("registry_case", "auction_count", server_default=None)
    op.create_index(
        op.f("ix_registry_case_auction_count_updated_at"),
        "registry_case",
        ["auction_count", "updated_at"],
    )
    op.create_table(
        "link_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(length=64), nullable=False),
        sa.Column("round", sa.String(length=64), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("new_url", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("marked_by", sa.String(length=64), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by", sa.String(length=64), nullable=False),
        sa.Column("cleared_why", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["registry_case.id"],
            name=op.f("fk_link_mark_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_mark")),
    )
    op.create_index(op.f("ix_link_mark_case_id_cleared_at"), "link_mark", ["case_id", "cleared_at"])


def downgrade() -> None:
    op.drop_table("link_mark")
    op.drop_index(op.f("ix_registry_case_auction_count_updated_at"), table_name="registry_case")
    op.drop_column("registry_case", "auction_count")


def _count(connection: sa.Connection) -> None:
    """Count the auctions of the records that are there already."""
    last = 0
    while rows := connection.execute(
        sa.select(CASES.c.id, CASES.c.content)
        .where(CASES.c.id > last)
        .order_by(CASES.c.id)
        .limit(500)
    ).all():
        for id_, content in rows:
            number = len(content.get("auctions") or [])
            if number:
                connection.execute(
                    sa.update(CASES).where(CASES.c.id == id_).values(auction_count=number)
                )
        last = rows[-1].id
