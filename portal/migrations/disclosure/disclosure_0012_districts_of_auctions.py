"""Auctions can be narrowed by the district the property lies in."""

import sqlalchemy as sa
from alembic import op

from portal.reference.districts import district_of

revision = "disclosure_0012"
down_revision = "disclosure_0011"
branch_labels = None
depends_on = None

INDEXES = (("district", "starts_at", "id"), ("district", "starting_price", "id"))
AUCTIONS = sa.table(
    "public_auction", *(sa.column(name) for name in ("id", "title", "description", "district"))
)


def upgrade() -> None:
    with op.batch_alter_table("public_auction") as batch_op:
        batch_op.add_column(
            sa.Column("district", sa.String(length=64), nullable=False, server_default="")
        )
    connection = op.get_bind()
    rows = connection.execute(sa.select(AUCTIONS.c.id, AUCTIONS.c.title, AUCTIONS.c.description))
    for id_, title, description in rows.all():
        district = district_of(title, description)
        connection.execute(
            sa.update(AUCTIONS).where(AUCTIONS.c.id == id_).values(district=district)
        )
    with op.batch_alter_table("public_auction") as batch_op:
        batch_op.alter_column("district", server_default=None)
    for columns in INDEXES:
        op.create_index(name(columns), "public_auction", list(columns))


def downgrade() -> None:
    for columns in INDEXES:
        op.drop_index(name(columns), table_name="public_auction")
    with op.batch_alter_table("public_auction") as batch_op:
        batch_op.drop_column("district")


def name(columns: tuple[str, ...]) -> str:
    return "_".join(("ix", "public_auction", *columns))
