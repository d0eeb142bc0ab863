"""Stories have pictures, links, sources and corrections; notices have a table of their own."""

import sqlalchemy as sa
from alembic import op

import portal.columns

revision = "disclosure_0006"
down_revision = "disclosure_0005"
branch_labels = None
depends_on = None

ADDED = (
    ("sources", sa.Text(), ""),
    ("pictures", sa.JSON(), "[]"),
    ("links", sa.JSON(), "[]"),
    ("corrections", sa.JSON(), "[]"),
)


def upgrade() -> None:
    with op.batch_alter_table("public_story") as batch_op:
        for name, type_, empty in ADDED:
            batch_op.add_column(sa.Column(name, type_, nullable=False, server_default=empty))
    with op.batch_alter_table("public_story") as batch_op:
        for name, _, _ in ADDED:
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "public_picture",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("story_slug", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "story_slug", name=op.f("pk_public_picture")),
    )
    op.create_table(
        "public_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("released_at", portal.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
        sa.UniqueConstraint("slug", name=op.f("uq_public_notice_slug")),
    )
    op.create_index(
        op.f("ix_public_notice_form_published_on_id"),
        "public_notice",
        ["form", "published_on", "id"],
    )


def downgrade() -> None:
    op.drop_table("public_notice")
    op.drop_table("public_picture")
    with op.batch_alter_table("public_story") as batch_op:
        for name, _, _ in reversed(ADDED):
            batch_op.drop_column(name)
