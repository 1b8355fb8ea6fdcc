"""Every row of the sandbox's table, as one test each."""

import pytest

from bot.sandbox.server import Sandbox
from tests.bot.sandbox import rows
from tests.bot.sandbox.client import ApiClient
from tests.bot.sandbox.clock import TickingClock
from tests.bot.sandbox.table import TABLE, Bench, Row, as_markdown, written


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.number:03d} {row.what}"[:60])
async def test_row(row: Row, sandbox: Sandbox, api: ApiClient, clock: TickingClock) -> None:
    await row.check(Bench(sandbox, api, clock))


def test_the_table_is_numbered_and_each_row_stands_alone() -> None:
    assert len(rows.TOPICS) == len({topic.__name__ for topic in rows.TOPICS})
    assert [row.number for row in TABLE] == list(range(1, len(TABLE) + 1))
    assert len({row.what for row in TABLE}) == len({row.check for row in TABLE}) == len(TABLE)


def test_the_document_has_the_same_table() -> None:
    assert written() == as_markdown(), "run: python -m tests.bot.sandbox.table"
