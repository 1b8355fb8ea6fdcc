"""Codes of the vocabulary to the store's small numbers and back."""

from collections.abc import Iterable, Mapping

from storage.vocabulary import KINDS, SECTORS, STATUSES, Entry

UNSTATED = 0
"""The number of a kind, sector or status that nobody stated."""

NOBODYS = -1
"""The number of a code nobody knows: no row has it."""


def _codes(table: Mapping[str, Entry]) -> Mapping[int, str]:
    return {entry.number: code for code, entry in table.items()}


KIND_CODES = _codes(KINDS)
SECTOR_CODES = _codes(SECTORS)
STATUS_CODES = _codes(STATUSES)

WITHDRAWN = STATUSES["withdrawn"].number
COMPLETED = STATUSES["completed"].number
OPEN = (
    UNSTATED,
    *(STATUSES[code].number for code in ("announced", "planned", "in_progress", "final_stage")),
)
"""Statuses of what is still to come: those that can be due or overdue."""

VISIBLE = tuple(number for number in (UNSTATED, *STATUS_CODES) if number != WITHDRAWN)
"""All statuses but that of entries made by mistake."""


def numbers(table: Mapping[str, Entry], codes: Iterable[str]) -> list[int]:
    """The numbers of these codes; a code nobody knows gets a number that no row has."""
    return [table[code].number if code in table else NOBODYS for code in codes]
