"""One index for every filter and order in which the lists are browsed."""

from alembic import op

revision = "disclosure_0002"
down_revision = "disclosure_0001"
branch_labels = None
depends_on = None

INDEXES = (
    ("public_case", "court_code", "stage", "filed_on"),
    ("public_debtor", "kind", "published_on"),
    ("public_debtor", "court_code", "behaviour", "published_on"),
    ("public_debtor", "court_code", "kind", "published_on"),
    ("public_restriction", "kind", "decided_on"),
    ("public_restriction", "court_code", "kind", "decided_on"),
    ("public_termination", "amount_unpaid"),
    ("public_termination", "court_code", "amount_unpaid"),
    ("public_auction", "property_kind", "starts_at"),
    ("public_auction", "court_code", "status", "starts_at"),
    ("public_auction", "starting_price"),
    ("public_auction", "court_code", "starting_price"),
    ("public_auction", "status", "starting_price"),
    ("public_auction", "property_kind", "starting_price"),
)


def upgrade() -> None:
    for table, *columns in INDEXES:
        op.create_index(name(table, columns), table, [*columns, "id"])


def downgrade() -> None:
    for table, *columns in INDEXES:
        op.drop_index(name(table, columns), table_name=table)


def name(table: str, columns: list[str]) -> str:
    return "_".join(("ix", table, *columns, "id"))
