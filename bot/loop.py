"""The event loop of a process that serves: uvloop where there is one, else Python's own.

On uvloop an answer takes a fifth less of the processor (docs/performance.md).
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

try:
    from uvloop import new_event_loop
except ImportError:  # Windows
    from asyncio import new_event_loop


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop of its own, as `asyncio.run`; what it returns."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(main)
