"""Alembic's entry: runs the versions of one store on the connection it was handed."""

from __future__ import annotations

from alembic import context
from sqlalchemy import MetaData

from portal.migrations.runner import Store


def store_metadata(store: Store) -> MetaData:
    """Metadata to compare against; imported here so that running needs no models."""
    if store is Store.DISCLOSURE:
        import portal.disclosure.articles
        import portal.disclosure.envelopes
        import portal.disclosure.ledger
        import portal.disclosure.lookups
        import portal.disclosure.models
        import portal.disclosure.statistics
        from portal.disclosure.base import DisclosureBase

        return DisclosureBase.metadata
    if store is Store.INBOX:
        import portal.inbox.attempts
        import portal.inbox.models
        from portal.inbox.base import InboxBase

        return InboxBase.metadata
    import portal.correspondence.models
    import portal.press.links
    import portal.press.models
    import portal.registry.audit
    import portal.registry.audit_heads
    import portal.registry.heartbeats
    import portal.registry.jobs
    import portal.registry.joint_acts
    import portal.registry.leak_checks
    import portal.registry.link_marks
    import portal.registry.marks
    import portal.registry.models
    import portal.registry.party_access
    import portal.registry.rule_checks
    import portal.staff.models
    import portal.staff.refusals  # noqa: F401
    from portal.registry.base import RegistryBase

    return RegistryBase.metadata


def run_migrations() -> None:
    """Run on the caller's connection, inside the caller's transaction."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=store_metadata(attributes["store"]) if "compare" in attributes else None,
        render_as_batch=True,
        user_module_prefix="portal.columns.",
    )
    with context.begin_transaction():
        context.run_migrations()


run_migrations()
