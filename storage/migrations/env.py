"""Alembic's entry: the migrations run on the connection that `storage.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - declares the tables
from storage.schema import include_object

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
