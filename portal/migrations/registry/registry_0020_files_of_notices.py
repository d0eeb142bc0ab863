"""Uploaded files of notices: as they came, and as they may go out."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0020"
down_revision = "registry_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=500), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("cleaned", sa.LargeBinary(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"],
            ["story.id"],
            name=op.f("fk_story_attachment_story_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_attachment")),
    )
    op.create_index(op.f("ix_story_attachment_story_id"), "story_attachment", ["story_id"])


def downgrade() -> None:
    op.drop_table("story_attachment")
