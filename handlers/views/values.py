"""What a statement's field is called, and its canonical value as people read it."""

from collections.abc import Mapping

from markupsafe import Markup

from handlers.frame.dates import when
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.money import short_money
from handlers.views.names import Names
from storage.values.partial_dates import parse_partial
from storage.vocabulary import KINDS, SECTORS, STATUSES, Entry

DATES = frozenset({"starts_on", "due_on", "completed_on"})
TERMS: Mapping[str, Mapping[str, Entry]] = {
    "status": STATUSES,
    "sector": SECTORS,
    "kind": KINDS,
}
SUMS = ("planned_kzt", "contracted_kzt", "spent_kzt")


def field_label(t: Texts, field: str) -> Markup | str:
    """Return what a field on which sources can disagree is called; its own name for another."""
    labels = {
        "status": t("State"),
        "starts_on": t("Start"),
        "due_on": t("Due"),
        "completed_on": t("Completed"),
        "planned_kzt": t("Plan"),
        "contracted_kzt": t("Contract"),
        "spent_kzt": t("Spent"),
        "sector": t("Sector"),
        "kind": t("Kind"),
        "district": t("District"),
        "contractor": t("Contractor"),
        "funding": t("Who pays"),
        "capacity": t("Size"),
    }
    return labels.get(field, field)


def field_value(t: Texts, names: Names, field: str, value: str) -> str:
    """Return the canonical value of a statement in words: a code's label, a date, a sum."""
    if field in DATES:
        return when(t, parse_partial(value))
    if field in SUMS:
        return short_money(t, int(value))
    if field == "district":
        return ", ".join(names.district(t, slug) for slug in value.split("|"))
    if field == "funding":
        return {"public": t("the budget"), "private": t("a private investor")}.get(value, value)
    entry = TERMS.get(field, {}).get(value)
    return entry.labels[t.language] if entry else value


def where_exactly(t: Texts, precision: str) -> Markup:
    """Return in words how exact the point is; "" when it is exact or there is none to speak of."""
    if precision == "street":
        return t("the point is somewhere on the street, not exact")
    if precision == "area":
        return t("the point is the middle of the microdistrict or place, not exact")
    if precision == "district":
        return t("only the district is known")
    if precision == "city":
        return t("all over the city")
    return t("the exact place is not known") if precision == "none" else Markup()


def kind_words(t: Texts, code: str | None) -> str:
    """Return «Мектеп»; in words when nobody said what it is."""
    label = KINDS[code].labels[t.language] if code else t("kind not known")
    return say.sentence(label)
