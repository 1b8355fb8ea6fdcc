"""Answers that are a number of projects, or the projects themselves, five at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from markupsafe import Markup

from handlers.answers.views.buttons import (
    Pressed,
    behind_dots,
    behind_slots,
    near_button,
    project_buttons,
)
from handlers.answers.views.sentences import by_state, counted_sentence, no, not_none, yes
from handlers.answers.views.understood import sector_words, understood
from handlers.frame.dates import when
from handlers.frame.screens import Behind, Button, Screen
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views.entries import Entry, entry, listing, silent_last
from handlers.views.footnotes import Footnotes, source_name
from handlers.views.freshness import completed_last, data_day, ends_before, too_old
from handlers.views.lists import (
    PAGE,
    card_buttons,
    heading,
    lines,
    page_buttons,
    paragraphs,
    position,
    rows,
)
from handlers.views.names import Names, sentence
from handlers.views.phrases import counted
from handlers.views.told_apart import told_apart, within
from storage.projects.card import Card
from storage.projects.figures import Undated
from storage.projects.ordering import ALIVE_FIRST
from storage.projects.summary import Listed
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts
from storage.vocabulary import KINDS
from storage.words.russian_inflection import genitive

MOST_NAME, MOST_SOURCE = 28, 40  # characters of a title beside its source, and of that


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day of the latest statement about a project, and who made it.

    `on` is None where no statement has a day.
    """

    on: PartialDate | None = None
    sources: Sequence[SourceFacts] = ()


_HAPPENED = frozenset({"completed", "started"})
"""What lies in the past where it has a day: nobody can have told of it before."""


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """A question with all that its answer is written with.

    `number` is that of the kept question, `page` the page of the list, counted from 0, `until` the
    newest day that any source told of.
    """

    t: Texts
    names: Names
    question: Question
    number: int
    today: date
    page: int = 0
    until: PartialDate | None = None

    def understood(self, title: str = "") -> Markup:
        """The first line."""
        return understood(self.t, self.names, self.question, title)

    def entries(self, found: Sequence[Listed], *, alive_first: bool = False) -> list[Entry]:
        """These projects as a list shows them; `alive_first`: those that are silent stand last."""
        shown = [entry(self.t, self.names, listed, self.today) for listed in found]
        return silent_last(self.t, shown, found, self.today) if alive_first else shown

    @property
    def is_too_late(self) -> bool:
        """Whether what is asked about happened, if at all, after the end of the data."""
        question = self.question
        past = question.period_of in _HAPPENED or question.intent in {"new", "changed"}
        period = question.period
        return past and period is not None and ends_before(self.until, period.first)

    def not_none(self) -> Markup:
        """What it does not mean that the answer is empty, and how old the data is."""
        if self.is_too_late:
            return too_old(self.t, self.until)
        return not_none(self.t, self.until)

    def back(self) -> str:
        """The callback data that shows this page again."""
        return Pressed(self.number, "p", self.page).data()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is beside the projects of a list.

    `states` are the counts by state: of the list itself, or where it is empty of the other states.
    `undated` counts what may belong to the period as well. Where the list is empty, `anytime`
    counts what there is without the period, `in_region` what there is in the region, and
    `related` by kind what there is of related kinds.
    """

    states: Mapping[str, int]
    undated: Undated
    anytime: int = 0
    in_region: int = 0
    related: Mapping[str, int] = field(default_factory=dict)


def list_screen(asked: AnswerContext, page: Page[Listed], elsewhere: Elsewhere) -> Screen:
    """Return the number, then the projects with their buttons; where none is, what there is."""
    t = asked.t
    sentence = counted_sentence(t, asked.names, asked.question, page.total, asked.until)
    if not page.total:
        sentence = _none(asked, elsewhere) or sentence
    if asked.question.whether and not asked.is_too_late:
        sentence = lines(yes(t) if page.total else no(t), sentence)
    several = len(asked.question.states) != 1
    split = by_state(t, elsewhere.states) if several and page.total else Markup()
    told = split if page.total else _instead(asked, elsewhere)
    below = lines(told, maybe_too(t, elsewhere.undated))
    alive_first = (asked.question.order or "newest") in ALIVE_FIRST
    items = asked.entries(page.items, alive_first=alive_first)
    screen = numbered_screen(asked, sentence, page.items, items, page.total, split=below)
    if not page.total and asked.is_too_late:
        screen = with_latest(asked, screen)
    further = []
    if elsewhere.related:
        further.append(Button(_related(asked, elsewhere), Pressed(asked.number, "r").data()))
    if elsewhere.in_region:
        further.append(Button(t("🗺 Almaty region"), Pressed(asked.number, "a").data()))
    return replace(screen, buttons=(*((each,) for each in further), *screen.buttons))


def _related(asked: AnswerContext, elsewhere: Elsewhere) -> str:
    """What there is of related kinds: «5 пристроек к школам»."""
    told = (
        counted(asked.t, replace(asked.question, kinds=(kind,), sectors=()), count)
        for kind, count in elsewhere.related.items()
    )
    return heading(*told)


def with_latest(asked: AnswerContext, screen: Screen) -> Screen:
    """Return the screen with a button that asks for what was completed last instead."""
    latest = Button(completed_last(asked.t), Pressed(asked.number, "l").data())
    return replace(screen, buttons=((latest,), *screen.buttons))


def _none(asked: AnswerContext, elsewhere: Elsewhere) -> Markup:
    """That there is none, where more can be said of it than that the list has no such project."""
    t = asked.t
    if asked.is_too_late:
        return lines(t("<b>No such project is in the list.</b>"), asked.not_none())
    if any(elsewhere.states.values()):
        return lines(t("<b>No project is in that state.</b>"), data_day(t, asked.until))
    return Markup()


def _instead(asked: AnswerContext, elsewhere: Elsewhere) -> Markup:
    """What there is where the list is empty: in other states, at any time, in the region."""
    t, question = asked.t, asked.question
    states, told = by_state(t, elsewhere.states), []
    if states:
        told.append(t("In other states: {counts}", counts=states))
    if elsewhere.anytime:
        told.append(t("At any time: {what}", what=counted(t, question, elsewhere.anytime)))
    if elsewhere.related:
        told.append(t("Related: {what}", what=_related(asked, elsewhere)))
    if elsewhere.in_region:
        told.append(t("In Almaty region: {what}", what=counted(t, question, elsewhere.in_region)))
    return lines(*told)


def maybe_too(t: Texts, undated: Undated) -> Markup:
    """Return how many more may belong to the period: their date is too rough, or not known."""
    rough, unknown = undated.rough, undated.unknown
    parts = (
        t.plural("{n} more is dated too roughly", "{n} more are dated too roughly", rough)
        if rough
        else "",
        t.plural("the date of {n} is not known", "the date of {n} is not known", unknown)
        if unknown
        else "",
    )
    words = heading(*parts)
    return Markup("<i>{}</i>").format(t("Not counted: {words}", words=words)) if words else Markup()


def numbered_screen(
    asked: AnswerContext,
    sentence: Markup,
    projects: Sequence[Listed],
    entries: Sequence[Entry],
    total: int,
    *,
    split: Markup | str = "",
) -> Screen:
    """Return the understood line, the sentence, the projects and the buttons.

    The sources of the rows stand behind ⋯, each beside its project.
    """
    t = asked.t
    top = lines(asked.understood(), sentence, heading(position(t, asked.page, total), split))
    turn = page_buttons(asked.page, total, lambda n: Pressed(asked.number, "p", n).data(), PAGE)
    return Screen(
        listing(t, top, entries),
        rows(card_buttons(projects, asked.back()), turn),
        narrow=behind_slots(t, asked.question, asked.number, asked.page),
        more=_more(asked, projects),
    )


def _more(asked: AnswerContext, projects: Sequence[Listed]) -> Behind:
    """What stands behind ⋯ of an answer that is a list."""
    t, number, page = asked.t, asked.number, asked.page
    sources = Button(t("📚 Sources"), Pressed(number, "c", page).data())
    near = near_button(t, asked.question)
    return behind_dots(t, number, page, *([sources] if projects else []), *near)


def sources_screen(asked: AnswerContext, cards: Sequence[Card]) -> Screen:
    """Return who told of each project of the page, and on which day: its latest statement."""
    t, notes = asked.t, []
    known = [card.listed.titles.shown(t.language) for card in cards]
    titles = told_apart(known, within(MOST_NAME), ends=t.language == "kk")
    for number, (card, title) in enumerate(zip(cards, titles, strict=True), 1):
        as_of = as_of_card(card)
        named = [source_name(t, each, MOST_SOURCE) for each in as_of.sources[:1]]
        day = when(t, as_of.on) if as_of.on else t("undated")
        told = heading(Markup(", ").join(named) if named else t("source not named"), day)
        notes.append(Markup("<b>{}. {}</b>\n{}").format(number, title, told))
    back = Button(t("⬅️ Back to the list"), asked.back())
    top = lines(asked.understood(), t("<b>Sources</b>"))
    return Screen(paragraphs(top, lines(*notes)), ((back,),))


def as_of_card(card: Card) -> AsOf:
    """Return as of which day a project's facts stand, and whose they are."""
    heard = card.listed.heard_on
    told = (fact for facts in card.facts.values() for fact in facts)
    sources = {fact.source: None for fact in told if fact.stated_on == heard}
    return AsOf(heard, tuple[SourceFacts, ...](sources))


def footer(t: Texts, on: PartialDate | None) -> Markup:
    """Return as of which day an answer about several projects is; "" where no day was told.

    No source stands there: the newest one supports its own project, not the others. Each project's
    stands behind ⋯ of the list.
    """
    if on is None:
        return Markup()
    return Markup("<i>{}</i>").format(t("Last heard: {day}", day=when(t, on)))


def source_lines(t: Texts, notes: Footnotes) -> Markup:
    """Return the sources by their numbers, each with its day; "" for none."""
    return lines(t("<b>Sources</b>"), *notes.lines(t)) if len(notes) else Markup()


def no_such_number_screen(asked: AnswerContext) -> Screen:
    """Return that no project bears the number, with the way to all of the kind."""
    t, question = asked.t, asked.question
    told = t(
        "<b>{kind} No. {number} is not in the list.</b>",
        kind=_missing_kind(t, question),
        number=question.number,
    )
    text = paragraphs(asked.understood(), lines(told, asked.not_none()))
    several = [KINDS[code].plurals[t.language] for code in question.kinds]
    label = heading(t("📋 All of them"), *several, *sector_words(t, question))
    all_of_it = Button(label, Pressed(asked.number, "n").data())
    return Screen(
        text, ((all_of_it,),), narrow=behind_slots(t, asked.question, asked.number, asked.page)
    )


def _missing_kind(t: Texts, question: Question) -> str:
    """What bears no such number, as its sentence wants it: «мектеп», «школы», "School"."""
    code = question.kinds[0] if len(question.kinds) == 1 else ""
    word = KINDS[code].labels[t.language] if code else str(t("Project"))
    if t.language == "ru":
        return genitive(word)
    return sentence(word) if t.language == "en" else word


def which_screen(asked: AnswerContext, page: Page[Listed]) -> Screen:
    """Return the question which of several projects is meant, each with its number's button."""
    t = asked.t
    top = lines(
        asked.understood(),
        t.plural(
            "<b>{n} project may be meant. Is it this one?</b>",
            "<b>{n} projects may be meant. Which one?</b>",
            page.total,
        ),
        position(t, asked.page, page.total),
    )
    turn = page_buttons(
        asked.page, page.total, lambda n: Pressed(asked.number, "p", n).data(), PAGE
    )
    choices = project_buttons(page.items, asked.number)
    return Screen(listing(t, top, asked.entries(page.items)), rows(choices, turn))
