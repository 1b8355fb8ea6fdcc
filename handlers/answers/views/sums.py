"""Answers that are sums of money: in all, and per resident; each kind of sum by itself.

See `handlers.views.sums` for what is never added up, and what stands beside each sum.
"""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.answers.views.buttons import Pressed, behind_dots, behind_slots, these_projects
from handlers.answers.views.lists import AnswerContext, footer
from handlers.answers.views.sentences import nothing
from handlers.frame.dates import when
from handlers.frame.screens import Screen
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views.budgets import breakdown_buttons
from handlers.views.footnotes import source_name
from handlers.views.lists import heading, lines, paragraphs
from handlers.views.numbers import number
from handlers.views.parts import parted
from handlers.views.phrases import counted, where
from handlers.views.sums import each_resident, part_of, sum_line, sum_lines
from storage.projects.budgets import Population
from storage.projects.comparison import MONEY, MoneyKind
from storage.projects.figures import PerResident
from storage.projects.sums import Total
from storage.values.partial_dates import PartialDate


def total_screen(asked: AnswerContext, total: Total, as_of: PartialDate | None) -> Screen:
    """Return the sums asked for: the one that was named, or all three side by side."""
    t = asked.t
    if not total.projects:
        return _screen(asked, paragraphs(asked.understood(), nothing(t, asked.until)))
    of_these = t(
        "Counted {where}: {what} from the list.",
        where=where(t, asked.names, asked.question),
        what=counted(t, asked.question, total.projects),
    )
    told = sum_lines(t, total, _told_sums(asked.question, total))
    text = paragraphs(asked.understood(), lines(*told), of_these, footer(t, as_of))
    return _screen(asked, text)


def per_resident_screen(
    asked: AnswerContext, found: PerResident, as_of: PartialDate | None
) -> Screen:
    """Return the sums divided by the residents of the place; unknown where nobody counted them."""
    t, total, residents = asked.t, found.sums, found.population
    if residents is None or not residents.value:
        told = t("<b>Not known:</b> no source says how many residents there are.")
        return _screen(asked, paragraphs(asked.understood(), told))
    if not total.projects:
        return _screen(asked, paragraphs(asked.understood(), nothing(t, asked.until)))
    parts = [(kind, part_of(total.public, kind)) for kind in asked_sums(asked.question)]
    body = [
        heading(sum_line(t, kind, part), each)
        for kind, part in parts
        if (each := each_resident(t, part, residents.value))
    ]
    if not body:
        sums = lines(*sum_lines(t, total, asked_sums(asked.question)))
        few = t("Sums are known for too few projects to work out a figure for each resident.")
        why = paragraphs(asked.understood(), few, sums, footer(t, as_of))
        return _screen(asked, why)
    text = paragraphs(
        asked.understood(), lines(*body), residents_line(t, residents), footer(t, as_of)
    )
    return _screen(asked, text)


def asked_sums(question: Question) -> Sequence[MoneyKind]:
    """Return which sum the question names; all three where it names none."""
    return (question.money,) if question.money else MONEY


def _told_sums(question: Question, total: Total) -> Sequence[MoneyKind]:
    """The sums asked for; where the one that was named is not known, the others after it."""
    if question.money is None or part_of(total.public, question.money).known:
        return asked_sums(question)
    others = [kind for kind in MONEY if part_of(total.public, kind).known]
    return (question.money, *others)


def residents_line(t: Texts, residents: Population) -> Markup:
    """Return how many residents were counted, when, and who says so."""
    told = t("👥 Residents: {number}", number=number(t, residents.value))
    on = when(t, residents.on) if residents.on else ""
    return heading(told, on, source_name(t, residents.source) if residents.source else "")


def _screen(asked: AnswerContext, text: Markup) -> Screen:
    """The text with the ways to its projects, to other projects, and to break sums down."""
    t, number = asked.t, asked.number
    projects = these_projects(t, number)
    slots = behind_slots(t, asked.question, number, asked.page)
    more = behind_dots(t, number, asked.page, *breakdown_buttons(t))
    screen = Screen(text, ((projects,),), narrow=slots, more=more)
    return parted(screen, asked.page, lambda part: Pressed(number, "p", part).data())
