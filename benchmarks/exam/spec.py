"""What a question means, as its writer says it: which projects of the city, and what of them.

The grammar is told to writers in questions/FORMAT.md.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.exam.city import Project

Spec = Mapping[str, Any]

OF_ONE = ("when", "status", "budget", "where_is", "who")
INTENTS = (
    *("list", "count", "sum", "spent", "top", "group", "compare", "edge", "near"),
    *(*OF_ONE, "oos", "unknown_place", "silence", "command"),
)
FILTERS = (
    *("district", "kind", "sector", "status", "overdue", "completed", "due", "started"),
    *("min_kzt", "max_kzt", "programme", "place", "ids"),
)
_ENDED = ("completed", "cancelled", "suspended")
_LAST_DAY = date(9999, 1, 1)
_FIRST_DAY = date(2000, 1, 1)


def meant(spec: Spec, city: Sequence[Project], today: date) -> list[Project]:
    """Return the projects that the filters of a spec leave."""
    where = spec.get("where", {})
    return [each for each in city if all(_passes(each, *one, today) for one in where.items())]


def _passes(project: Project, name: str, value: Any, today: date) -> bool:
    return _TESTS[name](project, value, today)


def _within(day: date | None, value: Any, today: date) -> bool:
    first, last = period(value, today)
    return day is not None and first <= day <= last


def _has_place(project: Project, value: str) -> bool:
    names = " ".join((*project.titles, project.address)).lower()
    return value.lower() in names


def _is_late(project: Project, today: date) -> bool:
    return project.due is not None and project.due < today and project.status not in _ENDED


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_TESTS: Mapping[str, Callable[[Project, Any, date], bool]] = {
    "district": lambda each, value, _: each.district in value,
    "kind": lambda each, value, _: each.kind in value,
    "sector": lambda each, value, _: each.sector == value,
    "status": lambda each, value, _: each.status in value,
    "programme": lambda each, value, _: each.programme == value,
    "place": lambda each, value, _: _has_place(each, value),
    "ids": lambda each, value, _: each.id in value,
    "min_kzt": lambda each, value, _: each.planned is not None and each.planned >= value,
    "max_kzt": lambda each, value, _: each.planned is not None and each.planned <= value,
    "overdue": lambda each, value, today: _is_late(each, today) == value,
    "completed": lambda each, value, today: _within(each.completed, value, today),
    "due": lambda each, value, today: each.status not in _ENDED and _within(each.due, value, today),
    "started": lambda each, value, today: _within(_day(each.starts_on), value, today),
}


def period(value: Any, today: date) -> tuple[date, date]:
    """Return the first and the last day of a period of the grammar; KeyError for another."""
    if isinstance(value, dict):
        return _given(value, today)
    monday, first = today - timedelta(today.weekday()), today.replace(day=1)
    following = _next_month(first)
    before = first - timedelta(1)
    return {
        "today": (today, today),
        "this_week": (monday, monday + timedelta(6)),
        "last_week": (monday - timedelta(7), monday - timedelta(1)),
        "last_7_days": (today - timedelta(7), today),
        "this_month": (first, following - timedelta(1)),
        "last_month": (before.replace(day=1), before),
        "next_month": (following, _next_month(following) - timedelta(1)),
        "this_year": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last_year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        "next_year": (date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)),
    }[value]


def _given(value: Mapping[str, Any], today: date) -> tuple[date, date]:
    if "year" in value:
        return date(value["year"], 1, 1), date(value["year"], 12, 31)
    if "since_year" in value:
        return date(value["since_year"], 1, 1), _LAST_DAY
    if "until_end_of" in value:
        return _FIRST_DAY, date(today.year + (value["until_end_of"] == "next_year"), 12, 31)
    if "last_days" in value:
        return today - timedelta(value["last_days"]), today
    if "next_days" in value:
        return today, today + timedelta(value["next_days"])
    return date.fromisoformat(value["from"]), date.fromisoformat(value["to"])


def _next_month(first: date) -> date:
    return (first + timedelta(32)).replace(day=1)
