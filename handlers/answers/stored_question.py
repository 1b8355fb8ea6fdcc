"""A question as JSON values and back: so it is kept for what follows and for its buttons.

What was understood is kept, never the text: neither the evidence nor the words left over.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any

from handlers.answers.inquiry import Answer
from handlers.answers.views.buttons import Pressed
from handlers.understanding.question import PlaceName, Question
from storage.people.last_question import StoredQuestion
from storage.values.ranges import Amount, Period

_PAGE, _BACK = "page", "back"
NOT_KEPT = frozenset({"evidence", "leftover"})
_DEFAULTS = {field.name: field.default for field in fields(Question)}


def kept_values(answer: Answer) -> dict[str, Any]:
    """Return what is kept of an answer: its question, the page shown, the way back to its list."""
    beside = {_PAGE: answer.page, _BACK: answer.back}
    return packed(answer.question) | {name: value for name, value in beside.items() if value}


def list_of(before: StoredQuestion) -> str:
    """Return the callback data of the list that was shown before, or that it was picked from."""
    shown = Pressed(before.id, "p", page_of(before)).data()
    return str(before.question.get(_BACK) or shown)


def page_of(before: StoredQuestion) -> int:
    """Return the page of the list that was shown, counted from 0."""
    page = before.question.get(_PAGE, 0)
    return page if isinstance(page, int) else 0


def packed(question: Question) -> dict[str, Any]:
    """Return the filled slots as JSON values."""
    values = {
        name: _plain(value)
        for name, default in _DEFAULTS.items()
        if name not in NOT_KEPT and (value := getattr(question, name)) != default
    }
    if question.period is not None:
        period = question.period
        values["period"] = [_day(period.first), _day(period.last)]
    return values


def unpacked(values: Mapping[str, Any]) -> Question | None:
    """Return the question; None for values of another version that make none."""
    try:
        slots = {name: value for name, value in values.items() if name not in {_PAGE, _BACK}}
        return Question(**{name: _read(name, value) for name, value in slots.items()})
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def _plain(value: Any) -> Any:
    """A slot's value as JSON takes it: of a place or an amount its parts."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


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
