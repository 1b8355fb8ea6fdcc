"""What people tell apart of how far a project is: a state is one or two statuses."""

from collections.abc import Iterable, Mapping
from typing import Literal

State = Literal["building", "planned", "completed", "suspended", "cancelled"]

STATES: Mapping[str, tuple[str, ...]] = {
    "building": ("in_progress", "final_stage"),
    "planned": ("announced", "planned"),
    "completed": ("completed",),
    "suspended": ("suspended",),
    "cancelled": ("cancelled",),
}
"""The codes of each state's statuses. `UNKNOWN` is the state of the rest."""

FINAL = ("final_stage",)
"""What is nearly finished, of what is being built."""

UNKNOWN = "unknown"


def state_of(status: str | None) -> str:
    """The state a status belongs to: a key of `STATES`, or `UNKNOWN`."""
    return next((state for state, codes in STATES.items() if status in codes), UNKNOWN)


def statuses_of(states: Iterable[str]) -> tuple[str, ...]:
    """The statuses of these states."""
    return tuple(code for state in states for code in STATES[state])
