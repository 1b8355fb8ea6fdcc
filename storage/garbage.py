"""Memory given back, and looked through for unreachable cycles, without holding up everybody."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def no_full_collections() -> Iterator[None]:
    """Look for unreachable cycles only among what is new.

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


def forget(memory: dict[Any, Any]) -> None:
    """Empty what remembers much, entry by entry: in one go it held up everybody for 90 ms."""
    while memory:
        memory.popitem()
