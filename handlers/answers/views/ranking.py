"""Answers whose projects carry a value: the dearest, the most overdue, the nearest."""

from dataclasses import replace

from markupsafe import Markup

from handlers.answers.views.buttons import Pressed
from handlers.answers.views.lists import AnswerContext, numbered_screen
from handlers.answers.views.sentences import nothing
from handlers.answers.views.understood import order_words
from handlers.frame.dates import late, when
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.understanding.question import INTENTS
from handlers.views.entries import Entry, entry, told_of, where_line
from handlers.views.freshness import data_day
from handlers.views.lists import heading, lines
from handlers.views.money import short_money
from handlers.views.names import sentence
from handlers.views.news import late_entry
from handlers.views.numbers import coverage, distance, measured
from handlers.views.phrases import counted, where
from storage.news.recent import Late
from storage.projects.figures import Ranked, Top
from storage.projects.ordering import Value
from storage.projects.summary import Listed
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate

MOST_TITLE = 150


def top_screen(asked: AnswerContext, top: Top) -> Screen:
    """Return the first of the order by name with its value, then the list."""
    t, order = asked.t, asked.question.order or "dearest"
    projects = [each.listed for each in top.items]
    items = [_ranked(asked, top, each) for each in top.items]
    if not top.total:
        return numbered_screen(asked, nothing(t, asked.until), (), (), 0)
    covered = coverage(t, top.known, top.total)
    if not top.items:
        told = t("<b>Not known:</b> no source says it of any of these projects.")
        return numbered_screen(asked, lines(told, covered), (), (), 0)
    first = top.items[0]
    said = "" if asked.page else _first(asked, order, top, first)
    shown = min(top.known, asked.question.limit or top.known)
    return numbered_screen(asked, lines(said, covered), projects, items, shown)


def _first(asked: AnswerContext, order: str, top: Top, first: Ranked) -> Markup:
    t = asked.t
    title = first.listed.titles.shown(t.language)
    told = t(
        "{which}: {title} – {value}",
        which=sentence(str(order_words(t, order))),
        title=title,
        value=_value(t, order, top, first.value),
    )
    return Markup("<b>{}</b>").format(told)


def _ranked(asked: AnswerContext, top: Top, ranked: Ranked) -> Entry:
    """The project; of those ordered by size that stands where the state would."""
    t, order = asked.t, asked.question.order or "dearest"
    if order not in {"largest", "smallest"}:
        return entry(t, asked.names, ranked.listed, asked.today)
    size = t("📐 Size: {size}", size=_value(t, order, top, ranked.value))
    return told_of(t, ranked.listed, size, where_line(t, asked.names, ranked.listed))


def _value(t: Texts, order: str, top: Top, value: Value) -> str:
    if isinstance(value, PartialDate):
        return when(t, value)
    if order in {"largest", "smallest"}:
        return measured(t, value, top.unit)
    return late(t, round(value)) if order == "latest" else short_money(t, round(value))


def overdue_screen(asked: AnswerContext, page: Page[Late], silent: int = 0) -> Screen:
    """Return what is overdue: by how much, since which promise, when it was last heard of.

    Where nothing is: the way to the `silent` ones, whose due date passed without news since.
    """
    t = asked.t
    place, what = where(t, asked.names, asked.question), counted(t, asked.question, page.total)
    told = t("No project is known to be overdue.")
    if page.total:
        said = t("Overdue {where}: {what}.", where=place, what=what)
        told = Markup("<b>{}</b>").format(_capital(said))
    items = [late_entry(t, asked.names, found) for found in page.items]
    projects = [found.listed for found in page.items]
    screen = numbered_screen(asked, told, projects, items, page.total)
    if page.total or not silent:
        return screen
    label = heading(t("⌛ Due date passed, no news since"), str(silent))
    way = Button(label, Pressed(asked.number, "i", INTENTS.index("unheard")).data())
    return replace(screen, buttons=((way,), *screen.buttons))


def unheard_screen(asked: AnswerContext, page: Page[Listed]) -> Screen:
    """Return what is past its due date and was not told of since, which is not called overdue."""
    t = asked.t
    told = t("Of all that is past its due date there was word since.")
    if page.total:
        what = counted(t, asked.question, page.total)
        place = where(t, asked.names, asked.question)
        said = t("{where}: due date passed, no news since – {what}.", where=place, what=what)
        told = Markup("<b>{}</b>").format(_capital(said))
    return numbered_screen(asked, told, page.items, asked.entries(page.items), page.total)


def near_screen(
    asked: AnswerContext, page: Page[Listed], farther: Page[Listed] | None, metres: int
) -> Screen:
    """Return what lies within so many metres, nearest first; else what is nearest farther away."""
    t, radius = asked.t, distance(asked.t, metres)
    shown = page if page.total or farther is None else farther
    what = counted(t, asked.question, page.total)
    told = t("Within {radius}: {what}.", radius=radius, what=what)
    if not page.total:
        told = t("Nothing found within {radius}", radius=radius)
    said = Markup("<b>{}</b>").format(told)
    if not shown.total:
        said = lines(said, data_day(t, asked.until))
    if not page.total and shown.total:
        said = lines(said, t("Farther away, the nearest first:"))
    entries = asked.entries(shown.items, alive_first=True)
    return numbered_screen(asked, said, shown.items, entries, page.total)


def _capital(text: Markup) -> Markup:
    return Markup(sentence(text))  # noqa: S704 - a Markup's own characters
