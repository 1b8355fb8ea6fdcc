"""A question of its own, from what was found in a text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from handlers.understanding.gazetteer import Known
from handlers.understanding.intents import (
    CHANGES,
    Said,
    announces,
    intent_of,
    is_of_money,
    order_events,
    order_of,
    ranking,
    topic_of,
)
from handlers.understanding.lexicon.answer_language import language_of
from handlers.understanding.numbers.cardinals import count_at
from handlers.understanding.numbers.senses import words_of
from handlers.understanding.question import By, Evidence, Intent, Money, Question
from handlers.understanding.reading import Reading
from handlers.understanding.resolution import Names, kinds_of, names_of, number_of, without_names
from storage.values.city import AREA, REGION
from storage.values.ranges import Amount, Period, PeriodOf
from storage.values.states import State
from storage.vocabulary import KINDS
from storage.vocabulary.whether import asks_whether
from storage.words.languages import Language

_EVENT_OF: dict[str, PeriodOf] = {
    "done": "completed",
    "due": "due",
    "begun": "started",
    "future": "due",
}
_DATELESS = frozenset(("cost", "where", "who", "size", "total", "top", "limit"))
_OF_OVERDUE = frozenset(("rank", "compare", "total", "top"))
_STATELESS = frozenset(
    (
        *("when", "who", "cost", "overdue", "unheard", "state", "size", "about", "help", "limit"),
        "indicator",
    )
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
        "noun",
    )
)


def assemble(reading: Reading, *, person: Language, today: date, known: Known) -> Question:
    """Return the question that the text asks by itself; `unclear` where it cannot be told."""
    language = language_of(reading.tokens, reading.whole, person)
    if topic := topic_of(reading):
        evidence = tuple(Evidence("topic", each.text) for each in reading.of("topic"))
        return Question("other", language, topic=topic, evidence=evidence)
    names = names_of(reading, known)
    reading = without_names(reading, names)
    said = Said(reading, bool(names.projects or names.number), today, bool(names.among))
    intent = intent_of(said)
    leftover = tuple(token.text for token in reading.unread if token not in names.words)
    slots = _slots(reading, names, intent)
    slots["announced"] = intent == "new" and announces(said)
    slots["whether"] = _asks_whether(reading, intent)
    return Question(
        intent or "unclear", language, evidence=_evidence(reading), leftover=leftover, **slots
    )


def _asks_whether(reading: Reading, intent: Intent | None) -> bool:
    """Tell whether yes or no is asked: «готова?», «есть ли», "is it open yet"."""
    wide = reading.has("ask", "list", "count", "quantity", "when", "where", "who")
    if wide or (intent == "state" and (reading.has("or") or not reading.has("event", "done"))):
        return False
    particle = asks_whether([each.folded for each in reading.tokens])
    return intent == "state" or (intent in {"list", "near"} and particle)


def _slots(reading: Reading, names: Names, intent: Intent | None) -> dict[str, Any]:
    areas = reading.values("area")
    programmes, indicators = reading.values("programme"), reading.values("indicator")
    kinds = kinds_of(reading)
    if names.with_place and not kinds:
        kinds = tuple(each.value for each in reading.inside)
    among = names.among or names.around
    found = {
        "kinds": kinds,
        "sectors": _sectors(reading, kinds),
        "districts": reading.values("district"),
        "area": _area(areas) or (AREA if reading.has("all", "city") else None),
        "programme": programmes[0] if programmes else None,
        "indicator": _indicator(indicators),
        "place": reading.places[0].value if reading.places and not names.with_place else None,
        "amount": amount_of(reading),
        "contractor": names.contractor,
        "number": names.number,
        "limit": number_of(reading.numbers, "limit") or _counted(reading, intent),
        "pick": next((int(each) for each in reading.values("pick")), None),
        "projects": names.projects,
        "each": names.each,
        "among": among,
        "named": " ".join(each.text for each in names.words) if names.among else None,
    }
    if intent == "unheard":  # «no news for a year» is a time of silence, not of the project
        return found
    return found | _of_intent(reading, intent) | _of_time(reading, intent)


def _counted(reading: Reading, intent: Intent | None) -> int | None:
    """Return how many of an order: «which three projects are the most expensive»."""
    if intent != "top":
        return None
    words = words_of(reading.tokens)
    things = {each.start for each in reading.matches if each.slot in {"kind", "noun"}}
    for index, word in enumerate(words):
        found = count_at(words, index) if word.says_something and not word.digits else None
        if found and words[found[0] - 1].end in things and 0 < found[1] <= _MOST_COUNTED:
            return found[1]
    return None


_MOST_COUNTED = 20


def _indicator(named: tuple[str, ...]) -> str | None:
    """Return the figure that is meant; the population is often only who did it."""
    others = [each for each in named if each != "population"]
    return next(iter((*others, *named)), None)


def _area(areas: tuple[str, ...]) -> str | None:
    """Return the region where it is named: «Almaty region» holds the city's name."""
    return REGION if REGION in areas else areas[0] if areas else None


def _sectors(reading: Reading, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sectors but those of the kinds named: a park's improvement is about the park."""
    own = {KINDS[kind].sector for kind in kinds}
    return tuple(each for each in reading.values("sector") if each not in own)


def _of_intent(reading: Reading, intent: Intent | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if intent in _OF_OVERDUE and reading.has("ask", "overdue"):
        found["overdue"] = intent != "top" or order_of(reading) != "latest"
    if intent == "top":
        found["order"] = order_of(reading)
    if intent == "rank":
        by, measure, direction = ranking(reading)
        found |= {"by": by, "measure": measure, "direction": direction}
    elif intent in {"total", "count", "per_resident"} and reading.has("by"):
        found["by"] = reading.values("by")[0]
    elif intent == "compare":
        found["by"] = _compared(reading)
        if is_of_money(reading):
            found |= {"measure": "money", "money": money_of(reading)}
    if intent in {"total", "cost", "per_resident", "rank"}:
        found["money"] = money_of(reading)
    if intent == "changed":
        found["change"] = next(
            (CHANGES[each] for each in reading.values("ask") if CHANGES.get(each)), None
        )
    if intent == "near":
        found["radius_m"] = number_of(reading.numbers, "radius")
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
    announced, events = _events(reading)
    period, years = period_of(reading, compared=intent == "compare")
    said = next((each.value.period_of for each in reading.periods if each.value.period_of), None)
    happened = _EVENT_OF[events[0]] if events else said
    if intent in {"state", "new", "changed"} or (intent == "when" and happened != "started"):
        happened = None
    final = "finishing" in reading.values("state")
    states: tuple[State, ...] = tuple(
        dict.fromkeys("building" if e == "finishing" else e for e in reading.values("state"))
    )
    if announced and intent != "new" and "planned" not in states:
        states = (*states, "planned")
    if intent == "total" and _money_is_planned(reading):
        states = tuple(each for each in states if each != "planned")
    if intent in _STATELESS:
        states = ()
    elif "done" in events and intent not in {"when", "state", "new", "changed"}:
        states = (*states, "completed") if states else ("completed",)
    dated = period is not None or bool(years)
    if "future" in events and not dated and intent not in _STATELESS:
        happened, states = None, states or ("planned",)
    if dated and happened is None and "planned" in states:
        happened = "due"
    if not dated and intent != "when" and (happened == "completed" or intent in _DATELESS):
        happened = None
    if happened == "due" and not (states or dated):
        happened, states = _to_come(intent)
    final = final and states == ("building",)
    found = {"states": states, "period": period, "years": years, "period_of": happened}
    return found | {"final": final}


def _events(reading: Reading) -> tuple[bool, tuple[str, ...]]:
    """Return whether it was announced, and what else happened or will."""
    events = (*reading.values("event"), *order_events(reading))
    without = {"announced", "done"} if "future" in events else {"announced"}
    return "announced" in events, tuple(each for each in events if each not in without)


def _to_come(intent: Intent | None) -> tuple[PeriodOf | None, tuple[State, ...]]:
    """Return what «which schools will be opened» asks: those that are not open yet."""
    return (None, ("building", "planned")) if intent in {"list", "count"} else ("due", ())


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
    """Return the first sum that projects are compared with; «cheaper than» bounds it."""
    if not reading.amounts:
        return None
    amount = reading.amounts[0].value
    if amount.minimum == amount.maximum:
        if reading.has("order", "cheapest"):
            return Amount(None, amount.maximum)
        if reading.has("order", "dearest"):
            return Amount(amount.minimum, None)
    return amount


def money_of(reading: Reading) -> Money | None:
    """Return which sum is meant; None where the text only speaks of money."""
    named = next((each for each in reading.values("money") if each != "any"), None)
    return named or ("planned" if _money_is_planned(reading) else None)


def _money_is_planned(reading: Reading) -> bool:
    """Tell whether it is the money that is planned, not the projects: сколько запланировано."""
    sums = [*reading.of("money"), *(each for each in reading.of("ask") if each.value in _OF_SUMS)]
    plans = [each for each in reading.of("state") if each.value == "planned"]
    return any(
        plan.start - each.end in {0, 1} or each.start - plan.end in {0, 1}
        for plan in plans
        for each in sums
    )


_OF_SUMS = frozenset(("amount", "quantity", "total"))


def _evidence(reading: Reading) -> tuple[Evidence, ...]:
    words = [Evidence(each.slot, each.text) for each in reading.matches if each.slot in _EVIDENT]
    spans = (*reading.periods, *reading.amounts, *reading.numbers, *reading.places)
    return (*words, *(Evidence(each.slot, each.text) for each in spans))
