"""Bring a store's schema up to date: Alembic's migrations, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, text

from storage.database.store import Store

LOCK = 0x51414C41  # "QALA": the advisory lock of migrations on PostgreSQL
LOCK_TIMEOUT_S = 60


# Full-text indexes are written by hand in the migrations; autogenerate would drop them.
BY_HAND = ("project_search", "ix_project_stems")


def include_object(_object: Any, name: str | None, *_: Any) -> bool:
    """Whether autogenerate may look at the object: not at what is written by hand."""
    return not (name or "").startswith(BY_HAND)


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings without a file; the migrations run on the given connection."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """The revision that this program expects."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if head is None:
        raise RuntimeError("the program has no migrations")
    return head


def current_revision(store: Store) -> str | None:
    """The revision that the store is at, None for an empty store."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(store: Store, revision: str = "head") -> bool:
    """Migrate the store up to the revision, under a lock; whether anything had to be done."""
    with _migrating(store) as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(alembic_config(connection), revision)
        return MigrationContext.configure(connection).get_current_revision() != before


def downgrade(store: Store, revision: str) -> None:
    """Migrate the store down to the revision, under the same lock."""
    with _migrating(store) as connection:
        command.downgrade(alembic_config(connection), revision)


@contextmanager
def _migrating(store: Store) -> Iterator[Connection]:
    """One connection in one transaction; every other migration waits for it."""
    lock = FileLock(f"{store.file}.lock", timeout=LOCK_TIMEOUT_S) if store.file else nullcontext()
    with lock, store.engine.begin() as connection:
        if store.file is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection
