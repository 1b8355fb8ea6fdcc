"""Budgets: planned, contracted and spent, each with how many projects it is known for.

The three are never added to one another: what is planned, contracted and spent for one project is
the same money at three moments.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, get_args

from markupsafe import Markup

from handlers.frame.dates import when
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.districts import projects, where_they_are
from handlers.views.footnotes import source_name
from handlers.views.lists import heading, lines, page_buttons, pages, paired, position
from handlers.views.lists import rows as button_rows
from handlers.views.names import Names
from handlers.views.numbers import number
from handlers.views.parts import fitted
from handlers.views.sums import SIGNS, each_resident, label, part_of, sum_lines
from storage.places.districts import spread_of
from storage.projects.budgets import Breakdown, Population
from storage.projects.comparison import KEYLESS, MONEY
from storage.projects.sums import Total
from storage.vocabulary import SECTORS

ROOT = "b:"
By = Literal["district", "sector", "programme", "year"]
LETTERS: dict[str, By] = {by[0]: by for by in get_args(By)}  # d, s, p, y
ON_A_PAGE = 2  # each takes up to seven lines


@lru_cache(maxsize=64)
def budget_screen(t: Texts, total: Total, residents: Population | None) -> Screen:
    """Return the sums of all listed projects of the city, per resident where enough is known."""
    top = lines(
        t("💰 <b>Money in Almaty's projects</b>"),
        t("{projects} in the list; this is not the city's budget.", projects=_listed(t, total)),
    )
    never = t("Planned, contracted and spent are shown separately and never added up.")
    body = [lines(*sum_lines(t, total)), lines(*_each_resident(t, total, residents))]
    return Screen(fitted(top, body, lines(never)), button_rows(*paired(breakdown_buttons(t))))


def _each_resident(t: Texts, total: Total, residents: Population | None) -> list[Markup]:
    """What falls on each resident, beside how many they are; why nothing is divided."""
    if residents is None:
        return []
    parts = [(kind, part_of(total.public, kind)) for kind in MONEY]
    told = [
        heading(Markup("{} {}").format(SIGNS[kind], label(t, kind)), each)
        for kind, part in parts
        if (each := each_resident(t, part, residents.value))
    ]
    if told:
        return [*told, _residents(t, residents)]
    return [t("Sums are known for too few projects to work out a figure for each resident.")]


def breakdown_screen(
    t: Texts, names: Names, by: By, totals: Sequence[Total], page: int, residents: dict[str, int]
) -> Screen:
    """Return a page of the sums by district, sector, programme or year.

    `residents` is the population of those districts for which it is known, by slug.
    """
    page = min(page, pages(len(totals), ON_A_PAGE) - 1)
    shown = totals[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    top = lines(
        heading(_title(t, by), position(t, page, len(totals), ON_A_PAGE)),
        _overlap(t, by, totals, shown),
    )
    body = [_block(t, names, by, total, residents.get(total.key)) for total in shown]
    if not totals:
        body = [t("No such project is in the list.")]
    turn = page_buttons(page, len(totals), lambda at: data(by, at), ON_A_PAGE)
    others = [button for button in breakdown_buttons(t) if button.data != data(by)]
    back = (Button(t("⬅️ All projects"), ROOT),)
    return Screen(fitted(top, body), button_rows(turn, *paired(others, 3), back))


def data(by: By, page: int = 0) -> str:
    """Return what the button of a breakdown's page carries."""
    return f"{ROOT}{by[0]}.{page}"


def breakdown_buttons(t: Texts) -> list[Button]:
    """Return the ways to break the sums down."""
    return [
        Button(t("🏘 By district"), data("district")),
        Button(t("🗂 By sector"), data("sector")),
        Button(t("📋 By programme"), data("programme")),
        Button(t("📅 By year"), data("year")),
    ]


def _listed(t: Texts, total: Total) -> Markup:
    return projects(t, total.projects)


def _residents(t: Texts, residents: Population | None) -> Markup:
    if residents is None:
        return Markup()
    told = t("👥 Residents: {number}", number=number(t, residents.value))
    on = when(t, residents.on) if residents.on else ""
    source = source_name(t, residents.source) if residents.source else ""
    return heading(told, on, source)


def _title(t: Texts, by: By) -> Markup:
    titles = {
        "district": t("💰 <b>Money by district</b>"),
        "sector": t("💰 <b>Money by sector</b>"),
        "programme": t("💰 <b>Money by programme</b>"),
        "year": t("💰 <b>Money by year</b>"),
    }
    return titles[by]


def _overlap(t: Texts, by: By, totals: Sequence[Total], shown: Sequence[Total]) -> Markup:
    """Return how the groups go together; of those in several districts where they are shown."""
    if by == "programme":
        return t("<i>A project in two programmes is shown under both.</i>")
    if by == "year":
        return t("<i>The year of completion, else the due year, else the start.</i>")
    if by != "district":
        return Markup()
    named = sum(total.key not in KEYLESS for total in totals)
    where = where_they_are(t, spread_of(totals, named))
    if all(total.key != "several" for total in shown):
        return where
    once = t("<i>A project in several districts is counted once, on a line of its own.</i>")
    return lines(where, once)


def _block(t: Texts, names: Names, by: By, total: Total, residents: int | None) -> Markup:
    """Return one line of the breakdown with what is known of its money."""
    top = Markup("<b>{}</b> · {}").format(
        _key(t, names, by, total.key), projects(t, total.projects)
    )
    each = [each_resident(t, part_of(total.public, kind), residents) for kind in MONEY]
    return lines(top, *sum_lines(t, total), *each)


def _key(t: Texts, names: Names, by: Breakdown, key: str) -> str:
    if by == "district":
        special = {
            "several": t("Several districts"),
            "citywide": t("The whole city"),
            "none": t("District not stated"),
        }
        return special.get(key) or names.district(t, key)
    if by == "sector":
        return say.sector(t, key if key in SECTORS else None)
    if by == "programme":
        return t("No programme") if key == "none" else names.programme(t, key)
    return t("Year not known") if key == "unknown" else key
