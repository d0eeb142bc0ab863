"""Stories have revisions, three reviews, overrides, pictures and a schedule."""

import json

import sqlalchemy as sa
from alembic import op

import portal.columns

revision = "registry_0006"
down_revision = "registry_0005"
branch_labels = None
depends_on = None

Instant = portal.columns.Instant(timezone=True)


def _label(name: str, length: int = 64) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _story_key() -> sa.Column:
    return sa.Column("story_id", sa.Integer(), nullable=False)


def _to_story(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_story_id")
    return sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    with op.batch_alter_table("story") as batch_op:
        batch_op.add_column(
            sa.Column("form", sa.String(64), nullable=False, server_default="story")
        )
        batch_op.add_column(sa.Column("content", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("live_revision", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("go_live_at", Instant, nullable=True))
        batch_op.add_column(sa.Column("expire_at", Instant, nullable=True))
    _create_tables()
    _carry_over()
    with op.batch_alter_table("story") as batch_op:
        for name in ("form", "content", "round"):
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column("lead")
        batch_op.drop_column("body_html")
        batch_op.create_index(batch_op.f("ix_story_form_updated_at"), ["form", "updated_at"])


def _create_tables() -> None:
    op.create_table(
        "story_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        _story_key(),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        _label("author"),
        sa.Column("saved_at", Instant, nullable=False),
        _to_story("story_revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_revision")),
        sa.UniqueConstraint(
            "story_id", "revision", name=op.f("uq_story_revision_story_id_revision")
        ),
    )
    op.create_table(
        "story_review",
        sa.Column("id", sa.Integer(), nullable=False),
        _story_key(),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _label("step"),
        _label("reviewer"),
        sa.Column("passed", sa.Boolean(), nullable=False),
        _label("comment", 500),
        sa.Column("at", Instant, nullable=False),
        _to_story("story_review"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_review")),
    )
    op.create_index(op.f("ix_story_review_story_id_round"), "story_review", ["story_id", "round"])
    op.create_table(
        "story_override",
        sa.Column("id", sa.Integer(), nullable=False),
        _story_key(),
        _label("finding"),
        _label("reason", 500),
        _label("decided_by"),
        sa.Column("decided_at", Instant, nullable=False),
        _to_story("story_override"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_override")),
        sa.UniqueConstraint("story_id", "finding", name=op.f("uq_story_override_story_id_finding")),
    )
    op.create_table(
        "story_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        _story_key(),
        _label("file_name", 500),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        _label("uploaded_by"),
        sa.Column("uploaded_at", Instant, nullable=False),
        _to_story("story_picture"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_picture")),
    )
    op.create_index(op.f("ix_story_picture_story_id"), "story_picture", ["story_id"])
    op.create_table(
        "schedule_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ran_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_run")),
    )


def _carry_over() -> None:
    """Give every story its content and first kept revision; what was submitted is reviewed anew."""
    bind = op.get_bind()
    stories = bind.execute(sa.text("SELECT id, kind, title, lead, body_html FROM story")).all()
    for story_id, kind, title, lead, body in stories:
        content = {
            "title": title, "lead": lead, "body": body, "kind": kind, "form": "story",
            "facts": {}, "cases": [], "auctions": [], "sources": "", "correction": "",
            "pictures": [],
        }  # fmt: skip
        values = {"content": json.dumps(content, ensure_ascii=False), "id": story_id}
        bind.execute(sa.text("UPDATE story SET content = :content WHERE id = :id"), values)
    bind.execute(
        sa.text(
            "INSERT INTO story_revision (story_id, revision, content, author, saved_at) "
            "SELECT id, revision, content, author, updated_at FROM story"
        )
    )
    bind.execute(
        sa.text("UPDATE story SET live_revision = revision WHERE published_at IS NOT NULL")
    )
    bind.execute(sa.text("UPDATE story SET state = 'draft' WHERE state = 'submitted'"))


def downgrade() -> None:
    for table in ("schedule_run", "story_picture", "story_override", "story_review"):
        op.drop_table(table)
    op.drop_table("story_revision")
    with op.batch_alter_table("story") as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_form_updated_at"))
        for name in ("expire_at", "go_live_at", "live_revision", "round", "content", "form"):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column("lead", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("body_html", sa.Text(), nullable=False, server_default=""))
