"""Reviewers mark words in their place; what the machine read and what two people let stand is kept.

Words that waited as terms of a case become marks on the whole case, made on its newest revision.
"""

import json

import sqlalchemy as sa
from alembic import op

import portal.columns

revision = "registry_0015"
down_revision = "registry_0014"
branch_labels = None
depends_on = None

Instant = portal.columns.Instant(timezone=True)


def _text(name: str, length: int = 64) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _keys(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    name = op.f(f"fk_{table}_case_id")
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["case_id"], ["registry_case.id"], name=name, ondelete="CASCADE"),
    )


def upgrade() -> None:
    with op.batch_alter_table("review") as batch_op:
        batch_op.add_column(
            sa.Column("route", sa.String(length=64), nullable=False, server_default="single")
        )
        batch_op.add_column(sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("review") as batch_op:
        batch_op.alter_column("route", server_default=None)
        batch_op.alter_column("edition", server_default=None)
    _set_routes()
    op.create_table(
        "machine_reading",
        *_keys("machine_reading"),
        _text("reader"),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.UniqueConstraint(
            "case_id", "revision", "reader", name=op.f("uq_machine_reading_case_id_revision_reader")
        ),
    )
    op.create_table(
        "case_mark",
        *_keys("case_mark"),
        _text("act"),
        _text("text", 200),
        _text("path", 500),
        sa.Column("start", sa.Integer(), nullable=True),
        _text("kind"),
        _text("mask"),
        _text("same_as", 200),
        _text("reason", 500),
        sa.Column("effect", sa.JSON(), nullable=False),
        _text("added_by"),
        sa.Column("added_at", Instant, nullable=False),
        _text("removed_by"),
        sa.Column("removed_at", Instant, nullable=True),
        _text("removal_reason", 500),
    )
    op.create_index(op.f("ix_case_mark_case_id_removed_at"), "case_mark", ["case_id", "removed_at"])
    op.create_table(
        "leak_override",
        *_keys("leak_override"),
        _text("path", 500),
        _text("text", 200),
        sa.Column("kinds", sa.JSON(), nullable=False),
        _text("state"),
        _text("asked_by"),
        _text("asked_reason", 500),
        sa.Column("asked_at", Instant, nullable=False),
        _text("decided_by"),
        _text("decided_reason", 500),
        sa.Column("decided_at", Instant, nullable=True),
        sa.Column("digests", sa.JSON(), nullable=False),
    )
    op.create_index(
        op.f("ix_leak_override_case_id_revision"), "leak_override", ["case_id", "revision"]
    )
    op.create_index(op.f("ix_leak_override_state"), "leak_override", ["state"])
    op.execute(
        sa.text(
            "INSERT INTO case_mark (case_id, revision, act, text, path, kind, mask, same_as,"
            " reason, effect, added_by, added_at, removed_by, removal_reason)"
            " SELECT case_term.case_id, registry_case.revision, case_term.kind, case_term.term, '',"
            " 'other', 'crosses', '', case_term.reason, '[]', case_term.added_by,"
            " case_term.added_at, '', ''"
            " FROM case_term JOIN registry_case ON registry_case.id = case_term.case_id"
            " ORDER BY case_term.id"
        )
    )
    op.drop_table("case_term")


def _set_routes() -> None:
    """Two people for what is forbidden; for the rest one, until the item is looked at again."""
    reviews = sa.table("review", sa.column("id"), sa.column("holds", sa.JSON), sa.column("route"))
    connection = op.get_bind()
    for review_id, holds in connection.execute(sa.select(reviews.c.id, reviews.c.holds)).all():
        found = json.loads(holds) if isinstance(holds, str) else holds
        if any(hold.get("grade") == "forbidden" for hold in found):
            connection.execute(
                reviews.update().where(reviews.c.id == review_id).values(route="full")
            )


def downgrade() -> None:
    op.create_table(
        "case_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        _text("term", 200),
        _text("kind"),
        _text("reason", 500),
        _text("added_by"),
        sa.Column("added_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["registry_case.id"], name=op.f("fk_case_term_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_term")),
        sa.UniqueConstraint("case_id", "term", name=op.f("uq_case_term_case_id_term")),
    )
    # A mask in one place becomes one in the whole case; what was kept in one place is kept no more.
    op.execute(
        sa.text(
            "INSERT INTO case_term (case_id, term, kind, reason, added_by, added_at)"
            " SELECT case_id, text, act, reason, added_by, added_at FROM case_mark AS mark"
            " WHERE removed_at IS NULL AND (act = 'hide' OR (act = 'keep' AND path = ''))"
            " AND id = (SELECT MAX(id) FROM case_mark AS other WHERE other.case_id = mark.case_id"
            " AND other.text = mark.text AND other.removed_at IS NULL"
            " AND (other.act = 'hide' OR (other.act = 'keep' AND other.path = '')))"
        )
    )
    op.drop_table("leak_override")
    op.drop_table("case_mark")
    op.drop_table("machine_reading")
    with op.batch_alter_table("review") as batch_op:
        batch_op.drop_column("edition")
        batch_op.drop_column("route")
