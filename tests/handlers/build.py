"""Facts to draw: a project, its card, with only what a test says different from the usual."""

from dataclasses import fields
from datetime import date
from typing import Any

from storage.geo.points import Point
from storage.projects.card import Card
from storage.projects.history import Event, Fact
from storage.projects.summary import Listed
from storage.projects.sums import Funds, Money, Total
from storage.values.partial_dates import PartialDate, parse_partial
from storage.values.sources import SourceFacts
from storage.values.titles import Address, Titles

TODAY = date(2025, 11, 20)
NEWSPAPER = SourceFacts("Вечерний Алматы", "https://vecher.kz/1")
AKIMAT = SourceFacts("Әкімдік", "https://almaty.gov.kz/?a=1&b=2")


def on(text: str) -> PartialDate:
    return parse_partial(text)


def listed(**given: Any) -> Listed:
    """A school being built in Nauryzbay; dates may be given as texts.

    Its status was stated today, so that what is past due is late, unless `status_on` says else.
    """
    usual: dict[str, Any] = {
        "id": 7,
        "key": "school-7",
        "titles": Titles("Мектеп", "Школа", "School"),
        "kind": "school",
        "sector": "social",
        "status": "in_progress",
        "districts": ("nauryzbay",),
        "programmes": (),
        "address": "Шұғыла ш/а",
        "point": Point.of(43.2172, 76.7863),
        "precision": "area",
        "status_on": TODAY,
    }
    facts = {field.name: None for field in fields(Listed)} | usual | given
    return Listed(**{name: _dated(name, value) for name, value in facts.items()})


def _dated(name: str, value: Any) -> Any:
    if name == "address" and isinstance(value, str):
        return Address(value)
    if not isinstance(value, str) or not name.endswith("_on"):
        return value
    return on(value).first if name == "status_on" else on(value)


def event(stated_on: str | None, source: SourceFacts = NEWSPAPER, **told: Any) -> Event:
    dated = {name: _dated(name, value) for name, value in told.items()}
    return Event(on(stated_on) if stated_on else None, source, **dated)


def fact(value: str, stated_on: str | None, source: SourceFacts = NEWSPAPER) -> Fact:
    return Fact(value, on(stated_on) if stated_on else None, source)


def card(project: Listed | None = None, **given: Any) -> Card:
    usual: dict[str, Any] = {
        "listed": project or listed(),
        "descriptions": Titles(),
        "area": "almaty",
        "contractor": "",
        "capacity": None,
        "capacity_unit": "",
        "photo_url": "",
        "link": "",
        "funding": "",
        "timeline": (),
        "facts": {},
        "conflicts": {},
        "slips": (),
        "first_promise": None,
        "late_days": None,
    }
    return Card(**usual | given)


def funds(
    projects: int, planned: Any = (0, None), contracted: Any = (0, None), spent: Any = (0, None)
) -> Funds:
    """Each sum as how many projects state it, and tenge."""
    sums = [Money(known, projects, kzt) for known, kzt in (planned, contracted, spent)]
    return Funds(projects, *sums)


def total(key: str, projects: int, *sums: Any, private: Funds | None = None) -> Total:
    """Sums of public money, see `funds`; of no private investor's unless given."""
    return Total(key, funds(projects, *sums), private or funds(0))
