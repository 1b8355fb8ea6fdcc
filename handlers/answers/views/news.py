"""Answers about what is new and what changed in a time."""

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from handlers.answers.views.lists import AnswerContext, numbered_screen, with_latest
from handlers.frame.dates import when
from handlers.frame.screens import Screen
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.entries import Entry, fitting, told_of, where_line
from handlers.views.names import Names
from handlers.views.numbers import measured
from handlers.views.phrases import counted, during, where
from handlers.views.values import field_label, field_value
from storage.news.changes import Changed, FieldChange, New
from storage.projects.summary import Listed
from storage.values.pages import Page

NO_NEWS = frozenset({"sector", "kind", "district"})
"""Fields that are no news when they become known: only when they become another."""


def new_screen(asked: AnswerContext, found: New) -> Screen:
    """Return what was completed in the time, then what was first heard of in it.

    Where it was asked what was announced, that alone.
    """
    if asked.question.announced:
        return _announced_screen(asked, found.announced)
    t = asked.t
    done, fresh = found.completed, found.announced
    projects = (*done.items, *fresh.items)
    items = asked.entries(projects)
    if fresh.items:
        at = len(done.items)
        items[at] = replace(items[at], above=t("<i>Heard of for the first time:</i>"))
    if done.items:
        items[0] = replace(items[0], above=t("<i>Completed:</i>"))
    told = _told(t("Completed {where} {when}: {what}.", **_words(asked, done.total)))
    heard = t("Heard of for the first time: {number}.", number=fresh.total)
    if not (done.total or fresh.total):
        told, heard = t("<b>Nothing new is known in this time.</b>"), asked.not_none()
    total = done.total + fresh.total
    screen = numbered_screen(asked, told, projects, items, total, split=heard)
    return with_latest(asked, screen) if asked.is_too_late and not total else screen


def _announced_screen(asked: AnswerContext, fresh: Page[Listed]) -> Screen:
    t = asked.t
    if fresh.total:
        words = _words(asked, fresh.total)
        told = _told(t("Heard of for the first time {where} {when}: {what}.", **words))
        return numbered_screen(asked, told, fresh.items, asked.entries(fresh.items), fresh.total)
    told = t("<b>No project is known to have been announced in this time.</b>")
    screen = numbered_screen(asked, told, (), (), 0, split=asked.not_none())
    return with_latest(asked, screen) if asked.is_too_late else screen


def changed_screen(asked: AnswerContext, page: Page[Changed], units: Mapping[int, str]) -> Screen:
    """Return the projects of which a date, a state or a sum is another now, with both values.

    `units` are what the sizes of projects are counted in, by the store's number.
    """
    t = asked.t
    told = t("<b>No change is known in this time.</b>")
    if page.total:
        told = _told(t("Changed {where} {when}: {what}.", **_words(asked, page.total)))
    items = [_entry(asked, changed, units.get(changed.listed.id, "")) for changed in page.items]
    projects = [changed.listed for changed in page.items]
    if page.total:
        return numbered_screen(asked, told, projects, items, page.total)
    screen = numbered_screen(asked, told, (), (), 0, split=asked.not_none())
    return with_latest(asked, screen) if asked.is_too_late else screen


def _words(asked: AnswerContext, count: int) -> dict[str, object]:
    place = where(asked.t, asked.names, asked.question)
    period = asked.question.period
    when_it_was = during(asked.t, period) if period else ""
    what = counted(asked.t, asked.question, count)
    return {"where": place, "when": when_it_was, "what": what}


def _told(said: Markup) -> Markup:
    words = said.replace("  ", " ")  # where no time or place is named
    return Markup("<b>{}</b>").format(Markup(say.sentence(words)))  # noqa: S704 - a Markup's own


def _entry(asked: AnswerContext, changed: Changed, unit: str) -> Entry:
    t, names = asked.t, asked.names
    news = [each for each in changed.fields if each.old or each.field not in NO_NEWS]
    told = [_change(t, names, each, unit) for each in news]
    return told_of(t, changed.listed, *told, where_line(t, names, changed.listed))


def _change(t: Texts, names: Names, field: FieldChange, unit: str) -> Markup:
    """Return «Мерзімі: 2025 жыл → 2026 жыл (2025 жылғы 12 қазан)»."""
    old, new = (_value(t, names, field.field, each, unit) for each in (field.old, field.new))
    label = field_label(t, field.field)
    told = Markup("• {}: {} → <b>{}</b>").format(label, old, new)
    dated = Markup("{} ({})").format(told, when(t, field.told_on)) if field.told_on else told
    return fitting(dated, told, Markup("• {} → <b>{}</b>").format(old, new))


def _value(t: Texts, names: Names, field: str, value: str, unit: str) -> str:
    if not value:
        return t("not known")
    if field == "capacity":
        return measured(t, float(value), unit)
    return field_value(t, names, field, value)
