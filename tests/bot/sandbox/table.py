"""The numbered table of what the sandbox does: one row, one check over real HTTP.

`python -m tests.bot.sandbox.table` writes it into docs/sandbox.md.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.client import ApiClient
from tests.bot.sandbox.clock import TickingClock

DOCUMENT = Path(__file__).parents[3] / "docs" / "sandbox.md"
_PLACE = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- end of table -->)", re.DOTALL)


@dataclass(frozen=True)
class Bench:
    """What a check works on: a fresh sandbox, a bare client, the sandbox's clock."""

    sandbox: Sandbox
    api: ApiClient
    clock: TickingClock

    @property
    def chat(self) -> int:
        """The private chat of the first resident."""
        return self.sandbox.resident("Айгерім").id


Check = Callable[[Bench], Awaitable[None]]


@dataclass(frozen=True)
class Row:
    number: int
    what: str
    check: Check


TABLE: list[Row] = []


def row(what: str) -> Callable[[Check], Check]:
    """Adds a check to the table under the next number."""

    def add(check: Check) -> Check:
        TABLE.append(Row(len(TABLE) + 1, what, check))
        return check

    return add


def as_markdown() -> str:
    lines = ["| No. | What the sandbox does |", "|---:|---|"]
    lines += [f"| {row.number} | {row.what} |" for row in TABLE]
    return "\n".join(lines) + "\n"


def written() -> str:
    """The table as docs/sandbox.md has it."""
    found = _PLACE.search(DOCUMENT.read_text(encoding="utf-8"))
    return found.group() if found else ""


if __name__ == "__main__":
    # The rows fill the module of this name, not the one that runs as __main__.
    import_module("tests.bot.sandbox.rows")
    filled = import_module("tests.bot.sandbox.table").as_markdown
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(_PLACE.sub(lambda _: filled(), text), encoding="utf-8")
