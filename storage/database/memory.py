"""Memory given back, and looked through for unreachable cycles, without holding up everybody."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

YOUNG = 1
"""The generation up to which cycles are looked for meanwhile."""


@contextmanager
def no_full_collections() -> Iterator[None]:
    """Look for unreachable cycles only among what is new, and only in `collect_young`.

    What is read of many changes is many small objects without cycles, and looking through all of
    them again and again held up everybody for 200 ms each time (benchmarks/digest.py).
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def collect_young() -> None:
    """Look through what came since the last time; what is left is not looked at again."""
    gc.collect(YOUNG)


def forget(memory: dict[Any, Any]) -> None:
    """Empty what remembers much, entry by entry: in one go it held up everybody for 90 ms."""
    while memory:
        memory.popitem()
