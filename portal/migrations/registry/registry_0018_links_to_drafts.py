"""Links to a draft for people without an account, by the hash of their secret."""

import sqlalchemy as sa
from alembic import op

revision = "registry_0018"
down_revision = "registry_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_link_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_story_link_digest")),
    )
    op.create_index(op.f("ix_story_link_story_id"), "story_link", ["story_id"])


def downgrade() -> None:
    op.drop_table("story_link")
