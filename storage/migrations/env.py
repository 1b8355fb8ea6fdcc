"""Alembic's entry: the migrations run on the connection of `storage.database.schema`."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - declares the tables
from storage.database.schema import include_object

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    include_object=include_object,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
