"""What `run`, `try` and `import` do before anything else: the store as this program needs it."""

import shlex
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from bot.typed import typed
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import SHIPPED, resume

log = structlog.stdlib.get_logger(__name__)


def prepare(store: Store, clock: Callable[[], datetime]) -> None:
    """Bring the schema up to date under the lock and finish an import that was interrupted."""
    if upgrade(store):
        log.info("schema_updated")
    if resumed := resume(store, clock):
        log.info("interrupted_import_finished", imports=resumed)


def how_to_load() -> str:
    """The command that loads the shipped data set, as it can be typed here."""
    here = Path.cwd()
    folder = SHIPPED.relative_to(here) if SHIPPED.is_relative_to(here) else SHIPPED
    return f"{typed('import')} {shlex.quote(str(folder))}"
