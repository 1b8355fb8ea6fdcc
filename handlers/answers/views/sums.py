"""Answers that are sums of money: in all, and per resident; each kind of sum by itself.

Planned, contracted and spent are never added to one another, and beside each sum stands for how
many of the projects it is known.
"""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.answers.views.buttons import Pressed, behind_dots, behind_slots
from handlers.answers.views.lists import AnswerContext, AsOf, footer
from handlers.answers.views.sentences import nothing
from handlers.frame.dates import when
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views.budgets import breakdown_buttons
from handlers.views.footnotes import source_name
from handlers.views.lists import heading, lines, paragraphs
from handlers.views.money import money
from handlers.views.numbers import coverage, number
from handlers.views.parts import parted
from handlers.views.phrases import counted, where
from storage.projects.budgets import Population
from storage.projects.figures import PerResident
from storage.projects.sums import Money, Total


def total_screen(asked: AnswerContext, total: Total, as_of: AsOf) -> Screen:
    """Return the sums asked for: the one that was named, or all three side by side."""
    t = asked.t
    if not total.projects:
        return _screen(asked, paragraphs(asked.understood(), nothing(t, asked.until)))
    of_these = t(
        "Sums of the projects in the list {where}: {what}.",
        where=where(t, asked.names, asked.question),
        what=counted(t, asked.question, total.projects),
    )
    text = paragraphs(
        asked.understood(),
        lines(
            *(sum_line(t, each, total.projects) for each in _told_sums(t, asked.question, total))
        ),
        of_these,
        footer(t, as_of),
    )
    return _screen(asked, text)


def per_resident_screen(asked: AnswerContext, found: PerResident, as_of: AsOf) -> Screen:
    """Return the sums divided by the residents of the place; unknown where nobody counted them."""
    t, total, residents = asked.t, found.sums, found.population
    if residents is None or not residents.value:
        told = t("<b>Not known:</b> no source says how many residents there are.")
        return _screen(asked, paragraphs(asked.understood(), told))
    parts = asked_sums(t, asked.question, total)
    body = [_each_line(t, part, residents.value, total.projects) for part in parts]
    text = paragraphs(
        asked.understood(),
        lines(*body) if total.projects else nothing(t, asked.until),
        residents_line(t, residents),
        footer(t, as_of),
    )
    return _screen(asked, text)


Part = tuple[str, Markup, Money]


def asked_sums(t: Texts, question: Question, total: Total) -> Sequence[Part]:
    """Return sign, label and sum of what the question names; all three where it names none."""
    parts: dict[str, Part] = {
        "planned": ("💰", t("Plan"), total.planned),
        "contracted": ("📄", t("Contract"), total.contracted),
        "spent": ("💸", t("Spent"), total.spent),
    }
    return [parts[question.money]] if question.money else list(parts.values())


def _told_sums(t: Texts, question: Question, total: Total) -> Sequence[Part]:
    """The sums asked for; where the one that was named is not known, the others after it."""
    named = asked_sums(t, question, total)
    if question.money is None or named[0][2].known:
        return named
    every = asked_sums(t, replace(question, money=None), total)
    return [*named, *(part for part in every if part[2].known)]


def sum_line(t: Texts, part: Part, projects: int) -> Markup:
    """Return «💰 Жоспар: 12 000 000 ₸ · 9 жобаның 7-еуінде белгілі»; «белгісіз» for no sum."""
    sign, label, amount = part
    said = Markup("{} {}: <b>{}</b>").format(sign, label, money(t, amount.kzt))
    return heading(said, coverage(t, amount.known, projects) if amount.known else "")


def _each_line(t: Texts, part: Part, residents: int, projects: int) -> Markup:
    sign, label, amount = part
    if amount.kzt is None:
        return sum_line(t, part, projects)
    each = t("per resident: {sum}", sum=money(t, round(amount.kzt / residents)))
    return heading(
        Markup("{} {}, <b>{}</b>").format(sign, label, each), coverage(t, amount.known, projects)
    )


def residents_line(t: Texts, residents: Population) -> Markup:
    """Return how many residents were counted, when, and who says so."""
    told = t("👥 Residents: {number}", number=number(t, residents.value))
    on = when(t, residents.on) if residents.on else ""
    return heading(told, on, source_name(t, residents.source) if residents.source else "")


def _screen(asked: AnswerContext, text: Markup) -> Screen:
    """The text with the ways to its projects, to other projects, and to break sums down."""
    t, number = asked.t, asked.number
    projects = Button(t("📋 These projects"), Pressed(number, "i", 0).data())
    slots = behind_slots(t, asked.question, number, asked.page)
    more = behind_dots(t, number, asked.page, *breakdown_buttons(t))
    screen = Screen(text, ((projects,),), narrow=slots, more=more)
    return parted(screen, asked.page, lambda part: Pressed(number, "p", part).data())
