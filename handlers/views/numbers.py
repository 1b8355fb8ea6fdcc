"""Numbers for people: grouped, with the decimal sign of the language, with units; distances."""

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from handlers.frame.texts import Markup, Texts
from handlers.views.money import NBSP, short_money
from storage.vocabulary import UNITS
from storage.words import kazakh_inflection

MOST_DECIMALS = "#,##0.###"
STEP_M = 10  # below this a phone's own error is larger than what would be said
KILOMETRE_M = 1000
TENTH = Decimal("0.1")


@lru_cache(maxsize=4096)
def number(t: Texts, value: float) -> str:
    """Return the value with at most three decimals: «37,8», «5 400 000»."""
    return format_decimal(value, format=MOST_DECIMALS, locale=t.language)


def measured(t: Texts, value: float, unit: str) -> str:
    """Return the value with its unit: «1 500 орын», «27,4 км», «37,8 %», «2,6 трлн ₸» as money.

    `unit` is a code of the vocabulary's units; any other text stands as it is.
    """
    known = UNITS.find(unit) if unit else None
    if known is not None and known.code == "kzt":
        return short_money(t, round(value))
    word = known.after(value, t.language) if known else unit
    if known is not None and known.code == "count":
        word = ""  # the indicator's own name says what is counted
    return f"{number(t, value)}{NBSP}{word}" if word else number(t, value)


def coverage(t: Texts, known: int, total: int) -> Markup:
    """Return for how many of `total` projects something is known: «65 жобаның 41-інде белгілі»."""
    figure = in_part(known) if t.language == "kk" else number(t, known)
    return t.plural(
        "known for {known} of {n} project", "known for {known} of {n} projects", total, known=figure
    )


def in_part(count: int) -> str:
    """Return «41-інде», "in 41 of them" in Kazakh."""
    return f"{number_kk(count)}-{kazakh_inflection.in_part(count)}"


def number_kk(count: int) -> str:
    """Return a whole number grouped as Kazakh groups it."""
    return format_decimal(count, locale="kk")


def distance(t: Texts, metres: float) -> str:
    """Return metres rounded to 10 m, from 1 km on kilometres: «450 м», «1,2 км»."""
    rounded = round(metres / STEP_M) * STEP_M
    if rounded < STEP_M:
        return t("under 10 m")
    if rounded < KILOMETRE_M:
        return NBSP.join((str(rounded), t("m")))
    kilometres = Decimal(str(metres / KILOMETRE_M)).quantize(TENTH, ROUND_HALF_EVEN)
    return _kilometres(t, kilometres)


@lru_cache(maxsize=1024)
def _kilometres(t: Texts, tenths: Decimal) -> str:
    figure = format_decimal(tenths, format="#,##0.#", locale=t.language)
    return NBSP.join((figure, t("km")))
