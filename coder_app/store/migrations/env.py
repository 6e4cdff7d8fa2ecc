"""Alembic's entry: runs the revisions on the connection (and in the transaction) that `store.migrate` opened."""

from alembic import context

from coder_app.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
