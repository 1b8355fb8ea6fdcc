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
from handlers.views.districts import projects
from handlers.views.footnotes import source_name
from handlers.views.lists import heading, lines, page_buttons, pages, paired, position
from handlers.views.lists import rows as button_rows
from handlers.views.money import money, short_money
from handlers.views.names import Names
from handlers.views.numbers import coverage, number
from handlers.views.parts import fitted
from handlers.views.values import SUMS
from storage.projects.budgets import Breakdown, Population
from storage.projects.sums import Money, Total
from storage.vocabulary import SECTORS

ROOT = "b:"
By = Literal["district", "sector", "programme", "year"]
LETTERS: dict[str, By] = {by[0]: by for by in get_args(By)}  # d, s, p, y
ON_A_PAGE = 2  # each takes up to seven lines


@lru_cache(maxsize=64)
def budget_screen(
    t: Texts, total: Total, residents: Population | None, industry: Total | None = None
) -> Screen:
    """Return the sums of all listed projects of the city, per resident where that is known.

    `industry` is told apart: one plant, built with private money, can outweigh all the rest.
    """
    value = residents.value if residents else None
    of_its = [part for *_, part in _parts(t, industry)] if industry else [None] * len(SUMS)
    top = lines(
        t("💰 <b>Money in Almaty's projects</b>"),
        t("Sums of the {projects} in the list, not the city's budget.", projects=_listed(t, total)),
    )
    sums = [
        lines(
            Markup("{} <b>{}</b>: {}").format(sign, label, short_money(t, part.kzt)),
            _covered(t, part, total.projects),
            _each(t, part, value),
            _of_it_industry(t, of_it),
        )
        for (sign, label, part), of_it in zip(_parts(t, total), of_its, strict=True)
    ]
    never = t("Planned, contracted and spent are told separately and never added up.")
    text = fitted(top, sums, lines(_residents(t, residents), never))
    return Screen(text, button_rows(*paired(breakdown_buttons(t))))


def breakdown_screen(
    t: Texts, names: Names, by: By, totals: Sequence[Total], page: int, residents: dict[str, int]
) -> Screen:
    """Return a page of the sums by district, sector, programme or year.

    `residents` is the population of those districts for which it is known, by slug.
    """
    page = min(page, pages(len(totals), ON_A_PAGE) - 1)
    shown = totals[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    top = lines(heading(_title(t, by), position(t, page, len(totals), ON_A_PAGE)), _overlap(t, by))
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


def _parts(t: Texts, total: Total) -> list[tuple[str, Markup, Money]]:
    return [
        ("💰", t("Plan"), total.planned),
        ("📄", t("Contract"), total.contracted),
        ("💸", t("Spent"), total.spent),
    ]


def _listed(t: Texts, total: Total) -> Markup:
    return projects(t, total.projects)


def _covered(t: Texts, part: Money, count: int) -> Markup:
    return coverage(t, part.known, count) if part.known else Markup()


def _each(t: Texts, part: Money, residents: int | None) -> Markup:
    if part.kzt is None or not residents:
        return Markup()
    return t("per resident: {sum}", sum=money(t, round(part.kzt / residents)))


def _of_it_industry(t: Texts, part: Money | None) -> Markup:
    if part is None or not part.kzt:
        return Markup()
    return t(
        "of which industry, private investors' plants included: {sum}", sum=short_money(t, part.kzt)
    )


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


def _overlap(t: Texts, by: By) -> Markup:
    if by == "programme":
        return t("<i>A project in two programmes is shown under both.</i>")
    if by == "year":
        return t("<i>The year of completion, else the due year, else the start.</i>")
    return (
        t("<i>A project in several districts is counted once, on a line of its own.</i>")
        if (by == "district")
        else Markup()
    )


def _block(t: Texts, names: Names, by: By, total: Total, residents: int | None) -> Markup:
    """Return one line of the breakdown with what is known of its money."""
    top = Markup("<b>{}</b> · {}").format(
        _key(t, names, by, total.key), projects(t, total.projects)
    )
    told = [
        heading(
            Markup("{} {}: {}").format(sign, label, short_money(t, part.kzt)),
            _covered(t, part, total.projects),
            _each(t, part, residents),
        )
        for sign, label, part in _parts(t, total)
        if part.known
    ]
    unknown = [f"{sign} {label}" for sign, label, part in _parts(t, total) if not part.known]
    rest = t("{sums}: not known", sums=", ".join(unknown)) if unknown else ""
    return lines(top, *told, rest)


def _key(t: Texts, names: Names, by: Breakdown, key: str) -> str:
    if by == "district":
        special = {"several": t("Several districts"), "none": t("District not stated")}
        return special.get(key) or names.district(t, key)
    if by == "sector":
        return say.sector(t, key if key in SECTORS else None)
    if by == "programme":
        return t("No programme") if key == "none" else names.programme(t, key)
    return t("Year not known") if key == "unknown" else key
