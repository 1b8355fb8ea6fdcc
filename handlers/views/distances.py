"""Distances for people: «450 м» up to a kilometre, then «1,2 км»."""

from babel.numbers import format_decimal

from handlers.frame.texts import Texts
from handlers.views.money import NBSP

STEP_M = 10  # below this a phone's own error is larger than what would be said
KILOMETRE_M = 1000


def distance(t: Texts, metres: float) -> str:
    """Return metres rounded to 10 m, from 1 km on kilometres with one decimal."""
    rounded = round(metres / STEP_M) * STEP_M
    if rounded < STEP_M:
        return t("under 10 m")
    if rounded < KILOMETRE_M:
        return NBSP.join((str(rounded), t("m")))
    figure = format_decimal(metres / KILOMETRE_M, format="#,##0.#", locale=t.language)
    return NBSP.join((figure, t("km")))
