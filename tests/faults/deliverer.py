"""A process that delivers until it is killed: `python -m tests.faults.deliverer`.

It reads a JSON order a line and forks a deliverer for each, whose number it prints: a new process
in milliseconds, for what takes long to import is there already.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.digests.limits import Times
from bot.digests.service import Digests, Options, serving
from storage.database.store import Store
from tests.bot.digests.city import road, simple

SHORT = Times(
    lease=timedelta(seconds=0.25),
    claim=timedelta(seconds=2),
    renew_s=0.05,
    least_left_s=1,
    patience_s=0.2,
    look_s=0.02,
    pause_s=0.01,
    longest_pause_s=0.2,
)
OPTIONS = Options(per_second=60, chunk=15, times=SHORT)


def passing(since: datetime, began: float) -> Callable[[], datetime]:
    """A clock that all processes of a test share: it shows `since` at the time `began`."""
    return lambda: since + timedelta(seconds=time.time() - began)


async def deliver(order: dict[str, Any]) -> None:
    """Plan and deliver until the end of the process."""
    now = passing(datetime.fromisoformat(order["since"]), order["began"])
    store = Store(order["store"])
    async with (
        road(order["sandbox"], order["token"], per_second=60) as bot,
        serving(Digests(store, bot, now, simple, OPTIONS)),
    ):
        await asyncio.Event().wait()


def main() -> None:
    """Fork a deliverer for each line of standard input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who was killed leaves nothing behind
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            asyncio.run(deliver(json.loads(line)))
            os._exit(0)
        print(child, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
