"""`qala run` that counts what it asks the store and how long it reads questions.

    python benchmarks/bots/instrumented.py FD

At each SIGUSR1 it writes a line to the file descriptor: the statements and the transactions that
began (one session is one), as SQLAlchemy's events tell (on SQLite as the engine's own trace tells,
which no shortcut escapes), and the calls and seconds of processor time of `understand()`. Only the
program is started, by its entry point, so that it serves older checkouts too.
"""

import json
import os
import signal
import sqlite3
import sys
import time
from functools import wraps
from importlib.metadata import entry_points
from itertools import count
from threading import Lock
from typing import Any

from sqlalchemy import Engine, event

_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "--")
_lock = Lock()
_counts = {"statements": 0, "transactions": 0, "readings": 0, "reading_s": 0.0}


def _add(name: str, amount: float = 1) -> None:
    with _lock:
        _counts[name] += amount


def _statement(text: str) -> None:
    if not text.lstrip().upper().startswith(_CONTROL):
        _add("statements")


def count_statements() -> None:
    """Count on every engine of the process, those not yet made included."""

    @event.listens_for(Engine, "connect")
    def trace(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(_statement)

    @event.listens_for(Engine, "before_cursor_execute")
    def executed(connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if connection.dialect.name != "sqlite":
            _statement(text)

    @event.listens_for(Engine, "begin")
    def begun(_connection: Any) -> None:
        _add("transactions")


def time_readings() -> None:
    """Put a stopwatch around `understand`, wherever the program has the function at hand."""
    import handlers.understanding

    original = handlers.understanding.understand

    @wraps(original)
    def timed(*args: Any, **kwargs: Any) -> Any:
        begun = time.thread_time()
        try:
            return original(*args, **kwargs)
        finally:
            _add("reading_s", time.thread_time() - begun)
            _add("readings")

    for module in tuple(sys.modules.values()):
        for name, value in tuple(getattr(module, "__dict__", {}).items()):
            if value is original and value is not timed:
                setattr(module, name, timed)


def main() -> None:
    """Serve until stopped."""
    report = int(sys.argv[1])
    sys.path[:] = [each for each in sys.path if not each.endswith("benchmarks/bots")]
    count_statements()
    time_readings()
    asked = count(1)

    def tell(*_signal: Any) -> None:
        os.write(report, json.dumps(_counts | {"asked": next(asked)}).encode() + b"\n")

    signal.signal(signal.SIGUSR1, tell)
    (program,) = entry_points(group="console_scripts", name="qala")
    sys.argv = ["qala", "run"]
    program.load()()


if __name__ == "__main__":
    main()
