"""The audit log refuses to be changed; signed heads; indexes to filter by.

On SQLite a table that is built anew loses its triggers: whoever alters audit_entry,
audit_head or audit_signature in batch mode has to create them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "registry_0012"
down_revision = "registry_0011"
branch_labels = None
depends_on = None

LOGS = ("audit_entry", "audit_signature")
INDEXES = (("actor", "id"), ("act", "id"), ("subject", "id"), ("at",))


def upgrade() -> None:
    op.create_table(
        "audit_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_signature")),
    )
    for columns in INDEXES:
        op.create_index(op.f(f"ix_audit_entry_{'_'.join(columns)}"), "audit_entry", list(columns))
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for table in LOGS:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    op.execute(
        "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head "
        "BEGIN SELECT RAISE(ABORT, 'audit_head is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head "
        "WHEN NEW.length < OLD.length OR NEW.id != OLD.id "
        "BEGIN SELECT RAISE(ABORT, 'audit_head only grows'); END"
    )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in LOGS:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    op.execute(
        "CREATE TRIGGER audit_head_no_delete BEFORE DELETE OR TRUNCATE ON audit_head "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    )
    op.execute(
        "CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head FOR EACH ROW "
        "WHEN (NEW.length < OLD.length OR NEW.id != OLD.id) EXECUTE FUNCTION audit_refuse()"
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, triggers in {
        "audit_entry": ("no_update", "no_delete") if sqlite else ("append_only",),
        "audit_head": ("no_delete", "no_return"),
    }.items():
        for name in triggers:
            where = "" if sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_{name}{where}")
    for columns in INDEXES:
        op.drop_index(op.f(f"ix_audit_entry_{'_'.join(columns)}"), table_name="audit_entry")
    op.drop_table("audit_signature")
    if not sqlite:
        op.execute("DROP FUNCTION audit_refuse()")
