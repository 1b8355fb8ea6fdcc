"""A question of its own, from what was found in a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.understanding import russian
from handlers.understanding.intents import Said, intent_of, order_of, ranking, topic_of
from handlers.understanding.known import Known
from handlers.understanding.languages import language_of
from handlers.understanding.names import contractor_in, find_projects, named_by
from handlers.understanding.numerals import NumberFound
from handlers.understanding.question import (
    Amount,
    By,
    Evidence,
    Intent,
    Money,
    Period,
    PeriodOf,
    Question,
    State,
)
from handlers.understanding.reading import Reading
from handlers.understanding.tokens import Span, Token
from storage.vocabulary import KINDS
from storage.words import fold, normalise
from storage.words.languages import Language

_OF_ONE = frozenset(("cost", "when", "state", "where", "who"))
_LOCATED = ("да", "де", "та", "те", "дагы", "деги", "тагы", "теги")
"""A Kazakh place with these endings is where something is, not a part of its name."""

_EVENT_OF: dict[str, PeriodOf] = {
    "done": "completed",
    "due": "due",
    "begun": "started",
    "future": "due",
}
_STATELESS = frozenset(
    ("when", "who", "cost", "overdue", "state", "about", "help", "limit", "indicator")
)
_EVIDENT = frozenset(
    (
        "kind",
        "sector",
        "state",
        "event",
        "district",
        "programme",
        "area",
        "indicator",
        "order",
        "most",
        "by",
        "money",
    )
)


@dataclass(frozen=True, slots=True)
class Names:
    """The facility's number and the projects that the text names, and the words it took.

    `with_place`: the place that was found is a part of the project's name.
    """

    number: int | None = None
    projects: tuple[int, ...] = ()
    words: tuple[Token, ...] = ()
    with_place: bool = False
    contractor: str | None = None


def assemble(reading: Reading, *, person: Language, known: Known) -> Question:
    """Return the question that the text asks by itself; `unclear` where it cannot be told."""
    language = language_of(reading.tokens, reading.matches, person)
    if topic := topic_of(reading):
        evidence = tuple(Evidence("topic", each.text) for each in reading.of("topic"))
        return Question("other", language, topic=topic, evidence=evidence)
    names = _names(reading, known)
    intent = intent_of(Said(reading, one=bool(names.projects or names.number)))
    leftover = tuple(token.text for token in reading.unread if token not in names.words)
    slots = _slots(reading, names, intent)
    return Question(
        intent or "unclear", language, evidence=_evidence(reading), leftover=leftover, **slots
    )


def _slots(reading: Reading, names: Names, intent: Intent | None) -> dict[str, Any]:
    areas = reading.values("area")
    programmes, indicators = reading.values("programme"), reading.values("indicator")
    kinds = reading.values("kind")
    found = {
        "kinds": kinds,
        "sectors": _sectors(reading, kinds),
        "districts": reading.values("district"),
        "area": areas[0] if areas else "almaty" if reading.has("all", "city") else None,
        "programme": programmes[0] if programmes else None,
        "indicator": indicators[0] if indicators else None,
        "place": reading.places[0].value if reading.places and not names.with_place else None,
        "amount": amount_of(reading),
        "contractor": names.contractor,
        "number": names.number,
        "limit": _number(reading.numbers, "limit"),
        "pick": next((int(each) for each in reading.values("pick")), None),
        "projects": names.projects,
    }
    return found | _of_intent(reading, intent) | _of_time(reading, intent)


def _sectors(reading: Reading, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sectors but those of the kinds named: a park's improvement is about the park."""
    own = {KINDS[kind].sector for kind in kinds}
    return tuple(each for each in reading.values("sector") if each not in own)


def _of_intent(reading: Reading, intent: Intent | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if intent == "top":
        found["order"] = order_of(reading)
    if intent == "rank":
        by, measure, direction = ranking(reading)
        found |= {"by": by, "measure": measure, "direction": direction}
    elif intent in {"total", "count", "per_resident"} and reading.has("by"):
        found["by"] = reading.values("by")[0]
    elif intent == "compare":
        found["by"] = _compared(reading)
    if intent in {"total", "cost", "per_resident", "rank"}:
        found["money"] = money_of(reading)
    if intent == "near":
        found["radius_m"] = _number(reading.numbers, "radius")
    return found


def _compared(reading: Reading) -> By | None:
    """Return what is set side by side: what the text names several of."""
    several: tuple[tuple[By, int], ...] = (
        ("district", len(reading.values("district"))),
        ("kind", len(reading.values("kind"))),
        ("sector", len(reading.values("sector"))),
        ("year", len(period_of(reading, compared=True)[1])),
    )
    said: tuple[By, ...] = reading.values("by")
    return next((by for by, count in several if count > 1), said[0] if said else None)


def _of_time(reading: Reading, intent: Intent | None) -> dict[str, Any]:
    """Return states, period and what happened in it."""
    events = reading.values("event")
    period, years = period_of(reading, compared=intent == "compare")
    said = next((each.value.period_of for each in reading.periods if each.value.period_of), None)
    happened = _EVENT_OF[events[0]] if events else said
    if intent == "when" and happened != "started":
        happened = None
    states: tuple[State, ...] = reading.values("state")
    if intent in _STATELESS:
        states = ()
    elif "done" in events and intent not in {"when", "state"}:
        states = (*states, "completed") if states else ("completed",)
    dated = period is not None or bool(years)
    if "future" in events and not dated:
        happened, states = None, states or ("planned",)
    if dated and happened is None and "planned" in states:
        happened = "due"
    if not dated and happened == "completed" and intent != "when":
        happened = None
    return {"states": states, "period": period, "years": years, "period_of": happened}


def period_of(reading: Reading, *, compared: bool) -> tuple[Period | None, tuple[int, ...]]:
    """Return the period, from the first to the last of several, or the years to compare."""
    values = [each.value for each in reading.periods]
    periods = [each.period for each in values if each.period is not None]
    years = {year for each in values for year in each.years}
    years |= {each.first.year for each in periods if _is_year(each) and each.first}
    if compared and len(years) > 1:
        return None, tuple(sorted(years))
    if not periods:
        return None, ()
    return Period(_least(periods), _greatest(periods)), ()


def _is_year(period: Period) -> bool:
    first, last = period.first, period.last
    if first is None or last is None:
        return False
    return (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))


def _least(periods: Iterable[Period]) -> date | None:
    """Return the first day of all; None where one of them has none."""
    days = [each.first for each in periods]
    return None if None in days else min(day for day in days if day is not None)


def _greatest(periods: Iterable[Period]) -> date | None:
    days = [each.last for each in periods]
    return None if None in days else max(day for day in days if day is not None)


def amount_of(reading: Reading) -> Amount | None:
    """Return the first sum that projects are compared with."""
    return reading.amounts[0].value if reading.amounts else None


def money_of(reading: Reading) -> Money | None:
    """Return which sum is meant; None where the text only speaks of money."""
    return next((each for each in reading.values("money") if each != "any"), None)


def _number(numbers: Iterable[Span[NumberFound]], role: str) -> int | None:
    return next((each.value.value for each in numbers if each.value.role == role), None)


def _names(reading: Reading, known: Known) -> Names:
    kinds, districts = reading.values("kind"), reading.values("district")
    number = _number(reading.numbers, "facility")
    if number is not None:
        found = find_projects(known, number=number, kinds=kinds, words=(), districts=districts)
        return Names(number, found)
    if found := _at_place(reading, known):
        whole = len(found) == 1 and _touching(reading)
        return Names(None, found, with_place=whole)
    if company := contractor_in(reading.tokens, reading.unread, known):
        return Names(words=company[1], contractor=company[0])
    found, used = named_by(known, reading.unread, kinds, districts)
    return Names(None, found, used)


def _at_place(reading: Reading, known: Known) -> tuple[int, ...]:
    """Return the projects of a kind at a place where one is asked about: the airport park."""
    kinds = reading.values("kind")
    if not (reading.places and kinds):
        return ()
    place = reading.places[0]
    found = find_projects(
        known, number=None, kinds=kinds, words=tuple(place.text.split()), districts=()
    )
    asked_of = reading.has("ask", *_OF_ONE) or (_touching(reading) and reading.has("event"))
    return found if asked_of else ()


def _touching(reading: Reading) -> bool:
    """Tell whether the place is part of a name: парк аэропорта, but not школа в Шугыле."""
    place = reading.places[0]
    last = normalise(place.text).split()[-1]
    if fold(last).endswith(_LOCATED) and not russian.is_known(last):
        return False
    return any(place.start == each.end or place.end == each.start for each in reading.of("kind"))


def _evidence(reading: Reading) -> tuple[Evidence, ...]:
    words = [Evidence(each.slot, each.text) for each in reading.matches if each.slot in _EVIDENT]
    spans = (*reading.periods, *reading.amounts, *reading.numbers, *reading.places)
    return (*words, *(Evidence(each.slot, each.text) for each in spans))
