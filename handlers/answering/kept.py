"""A question as JSON values and back: so it is kept for what follows and for its buttons.

What was understood is kept, never the text: neither the evidence nor the words left over.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from handlers.understanding.question import Amount, Period, PlaceName, Question

NOT_KEPT = frozenset({"evidence", "leftover"})
_DEFAULTS = {field.name: field.default for field in fields(Question)}


def packed(question: Question) -> dict[str, Any]:
    """Return the filled slots as JSON values."""
    values = {
        name: value
        for name, value in asdict(question).items()
        if name not in NOT_KEPT and value != _DEFAULTS[name]
    }
    if question.period is not None:
        period = question.period
        values["period"] = [_day(period.first), _day(period.last)]
    return values


def unpacked(values: Mapping[str, Any]) -> Question | None:
    """Return the question; None for values of another version that make none."""
    try:
        return Question(**{name: _read(name, value) for name, value in values.items()})
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _read(name: str, value: Any) -> Any:
    if name == "period":
        first, last = (date.fromisoformat(day) if day else None for day in value)
        return Period(first, last)
    if name == "amount":
        return Amount(**value)
    if name == "place":
        return PlaceName(**value)
    return tuple(value) if isinstance(value, list) else value
