"""Answers about one project: what it costs, when, in which state, where it is, who builds it.

Every line has the number of its source; what no source says is called unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from handlers.answers.views.buttons import project_row
from handlers.answers.views.lists import AnswerContext, numbered_screen, source_lines
from handlers.answers.views.sentences import counted_sentence, no, not_yet, yes
from handlers.answers.views.understood import understood
from handlers.frame.dates import late, when
from handlers.frame.screens import Screen
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views import names as say
from handlers.views.entries import told_of
from handlers.views.facts import Body, address_fields, address_words, against_promise
from handlers.views.footnotes import Footnotes
from handlers.views.lists import last_heard, lines, paragraphs, shortened, unheard_words
from handlers.views.money import short_money
from handlers.views.names import Names
from handlers.views.numbers import measured
from handlers.views.timeline import promise_line
from handlers.views.values import SUMS, field_label, where_exactly
from storage.projects.card import Card
from storage.projects.summary import Listed
from storage.values.city import AREA
from storage.values.pages import Page
from storage.values.states import STATES

MOST_TITLE = 200


@dataclass(frozen=True, slots=True)
class OfProject:
    """A project, the question about it, and what the answer is written with."""

    t: Texts
    names: Names
    question: Question
    card: Card
    today: date
    notes: Footnotes = field(default_factory=Footnotes)

    @property
    def body(self) -> Body:
        """Writes lines with the numbers of their sources, which `notes` collects."""
        return Body(self.t, self.names, self.card, self.today, self.notes)


def project_screen(asked: OfProject, back: str) -> Screen:
    """Return the answer; `back` is the callback data that shows it again."""
    t, listed = asked.t, asked.card.listed
    title = listed.titles.shown(t.language)
    told = ANSWERS.get(asked.question.intent, _state)(asked)
    named = Markup("<b>{} {}</b>").format(say.kind_emoji(listed.kind), shortened(title, MOST_TITLE))
    notes = asked.notes
    text = paragraphs(
        understood(t, asked.names, asked.question, title),
        lines(_yes_or_no(asked), named, *told),
        say.sentence(last_heard(t, listed.heard_on)) if listed.heard_on else "",
        source_lines(t, notes),
    )
    return Screen(text, project_row(t, listed, back))


def _yes_or_no(asked: OfProject) -> Markup | str:
    """Return whether it is finished, where that was asked; nothing where nobody can tell."""
    t, listed = asked.t, asked.card.listed
    if not asked.question.whether or asked.question.intent != "state":
        return ""
    if listed.status == "completed":
        return yes(t)
    if listed.status in STATES["building"] or listed.status in STATES["planned"]:
        return "" if listed.is_unheard(asked.today) else not_yet(t)
    return no(t) if listed.status in {"suspended", "cancelled"} else ""


def several_screen(asked: AnswerContext, page: Page[Listed], cards: Sequence[Card]) -> Screen:
    """Return the asked fact of each of several projects, and the question which one is meant."""
    t = asked.t
    sentence = counted_sentence(t, asked.names, asked.question, page.total, asked.until)
    items, notes = [], Footnotes()
    for card in cards:
        told = OfProject(t, asked.names, asked.question, card, asked.today, notes)
        fact = [line for line in ANSWERS.get(asked.question.intent, _state)(told) if line]
        items.append(told_of(t, card.listed, *fact))
    which = "" if asked.question.each else t("Which project do you mean? Press its number.")
    projects = [card.listed for card in cards]
    return numbered_screen(asked, sentence, projects, items, page.total, split=which)


def _cost(asked: OfProject) -> list[Markup]:
    t, listed = asked.t, asked.card.listed
    sums = (listed.planned_kzt, listed.contracted_kzt, listed.spent_kzt)
    if all(kzt is None for kzt in sums):
        return [t("<b>What it costs is not known:</b> no source has named a sum.")]
    return [
        asked.body.line(
            Markup("{} {}: <b>{}</b>").format(sign, field_label(t, name), short_money(t, kzt)), name
        )
        for sign, name, kzt in zip("💰📄💸", SUMS, sums, strict=True)
    ]


def _when(asked: OfProject) -> list[Markup]:
    listed = asked.card.listed
    started = asked.question.period_of == "started"
    if started:
        return [_dated(asked, "starts_on", asked.t("<b>When it begins is not known.</b>"))]
    if listed.completed_on is not None:
        told = [_status(asked), _dated(asked, "completed_on", Markup())]
        return [*told, against_promise(asked.t, asked.card), *_promise(asked)]
    unknown = asked.t("<b>When it will be finished is not known:</b> no source has named a day.")
    if listed.status == "completed":
        unknown = asked.t("<b>It is finished, but the day is not known.</b>")
    due = _dated(asked, "due_on", unknown)
    return [_status(asked), due, *(_lateness(asked) or _promise(asked))]


def _promise(asked: OfProject) -> list[Markup]:
    """Return the first promise, where another date took its place."""
    listed = asked.card.listed
    now = listed.completed_on or listed.due_on
    if asked.card.first_promise in {None, now}:
        return []
    return [promise_line(asked.t, asked.card)]


def _size(asked: OfProject) -> list[Markup]:
    t, card = asked.t, asked.card
    if card.capacity is None:
        return [t("<b>Its size is not known:</b> no source has said it.")]
    size = measured(t, card.capacity, card.capacity_unit)
    return [
        asked.body.line(t("📐 Size: {size}", size=Markup("<b>{}</b>").format(size)), "capacity")
    ]


def _state(asked: OfProject) -> list[Markup]:
    listed = asked.card.listed
    names = ("starts_on", "completed_on" if listed.completed_on else "due_on")
    dates = [_dated(asked, name, Markup()) for name in names]
    return [_status(asked), *dates, *_lateness(asked)]


def _where(asked: OfProject) -> list[Markup]:
    t, listed = asked.t, asked.card.listed
    districts = ", ".join(asked.names.district(t, slug) for slug in listed.districts)
    found = []
    if districts:
        found.append(asked.body.line(Markup("📍 <b>{}</b>").format(districts), "district"))
    elif asked.card.area != AREA:
        found.append(Markup("📍 <b>{}</b>").format(say.area(t, asked.card.area)))
    if listed.address:
        found.append(asked.body.line(address_words(t, listed), *address_fields(t)))
    if not found:
        found.append(t("<b>Where it is, no source has said.</b>"))
    exactness = where_exactly(t, listed.precision)
    return [*found, Markup("<i>{}</i>").format(exactness)] if exactness else found


def _who(asked: OfProject) -> list[Markup]:
    t, name = asked.t, asked.card.contractor
    if not name:
        return [t("<b>Who builds it is not known:</b> no source has named a contractor.")]
    told = Markup("👷 {}: <b>{}</b>").format(field_label(t, "contractor"), name)
    return [asked.body.line(told, "contractor")]


def _status(asked: OfProject) -> Markup:
    status = say.status(asked.t, asked.card.listed.status)
    return asked.body.line(Markup("<b>{}</b>").format(status), "status")


def _dated(asked: OfProject, name: str, unknown: Markup) -> Markup:
    """Return the date with what it is called, `unknown` where there is none."""
    value = getattr(asked.card.listed, name)
    if value is None:
        return unknown
    said = Markup("📅 {}: <b>{}</b>").format(field_label(asked.t, name), when(asked.t, value))
    return asked.body.line(said, name)


def _lateness(asked: OfProject) -> list[Markup]:
    listed = asked.card.listed
    days = listed.overdue_days(asked.today)
    if listed.is_unheard(asked.today):
        return [unheard_words(asked.t, listed), promise_line(asked.t, asked.card)]
    if not days:
        return []
    return [Markup("⏰ {}").format(late(asked.t, days)), promise_line(asked.t, asked.card)]


ANSWERS: Mapping[str, Callable[[OfProject], list[Markup]]] = {
    "cost": _cost,
    "total": _cost,
    "when": _when,
    "overdue": _when,
    "unheard": _when,
    "state": _state,
    "size": _size,
    "where": _where,
    "near": _where,
    "who": _who,
}
"""How each intent is answered for one project; another one shows the project's card."""
