"""Run by alembic: migrate on the connection that ``store.migrate`` has opened."""

from alembic import context

from store.metadata import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
