"""Cases name any number of related cases, and keep notes of their versions."""

import sqlalchemy as sa
from alembic import op

revision = "disclosure_0003"
down_revision = "disclosure_0002"
branch_labels = None
depends_on = None

# Words of portal.reference.vocabulary.Relation as they stood here.
COLUMNS = {"resumed_from": "原执行案件", "resumed_as": "恢复执行案件"}


def upgrade() -> None:
    op.create_table(
        "public_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("relation", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["public_case.id"],
            name=op.f("fk_public_link_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_link")),
    )
    op.create_index(op.f("ix_public_link_case_id"), "public_link", ["case_id"])
    op.create_index(op.f("ix_public_link_number"), "public_link", ["number"])
    op.create_table(
        "public_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=64), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["public_case.id"],
            name=op.f("fk_public_note_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_note")),
    )
    op.create_index(op.f("ix_public_note_case_id"), "public_note", ["case_id"])
    connection = op.get_bind()
    links = sa.table(
        "public_link", sa.column("case_id"), sa.column("number"), sa.column("relation")
    )
    for column, relation in COLUMNS.items():
        cases = sa.table("public_case", sa.column("id"), sa.column(column))
        named = sa.select(cases.c.id, cases.c[column], sa.literal(relation)).where(
            cases.c[column] != ""
        )
        connection.execute(links.insert().from_select(["case_id", "number", "relation"], named))
    # Column by column: a batch would build the table anew, and dropping the old one takes
    # along every row that hangs on it.
    for column in COLUMNS:
        op.drop_column("public_case", column)


def downgrade() -> None:
    for column in COLUMNS:
        op.add_column(
            "public_case",
            sa.Column(column, sa.String(length=64), nullable=False, server_default=""),
        )
    connection = op.get_bind()
    links = sa.table(
        "public_link", sa.column("case_id"), sa.column("number"), sa.column("relation")
    )
    for column, relation in COLUMNS.items():
        cases = sa.table("public_case", sa.column("id"), sa.column(column))
        named = (
            sa.select(sa.func.min(links.c.number))
            .where(links.c.case_id == cases.c.id, links.c.relation == relation)
            .scalar_subquery()
        )
        connection.execute(cases.update().values({column: sa.func.coalesce(named, "")}))
    op.drop_table("public_note")
    op.drop_table("public_link")
