"""What was said of a project, from the oldest to the newest: promises, slips, the opening."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from handlers.frame.dates import days as day_count
from handlers.frame.dates import when
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.footnotes import Footnotes, said
from handlers.views.lists import shortened
from handlers.views.money import short_money
from handlers.views.values import field_label
from storage.projects.card import Card
from storage.projects.history import Event, Fact, Slip
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts
from storage.words.languages import LANGUAGES

SHORT = 6  # events on the card; a longer history has a screen of its own
MOST_TOLD = 350  # characters of what a source wrote, in the history
Entry = tuple[PartialDate | None, SourceFacts, PartialDate | None, list[Markup | str]]
"""On which day, who said so, when they said so, what."""


def event_lines(t: Texts, card: Card, notes: Footnotes) -> list[Markup]:
    """Return a line for each thing said, oldest first: «• 2025 жылғы қазан: салынып жатыр [2]».

    A promise that a source tells of later stands on the day on which it was given. What several
    sources say alike on one day is one line with all their numbers.
    """
    said_by: dict[tuple[PartialDate | None, tuple[str, ...]], list[Entry]] = {}
    for entry in _in_order(_events(t, card)):
        said_by.setdefault((entry[0], tuple(entry[3])), []).append(entry)
    return [_line(t, alike, notes) for alike in said_by.values()]


def history_lines(t: Texts, card: Card, notes: Footnotes) -> list[Markup]:
    """Return what each source said on each day, its description below in the person's language."""
    described: list[Entry] = [
        (fact.stated_on, fact.source, fact.stated_on, []) for fact in _descriptions(t, card)
    ]
    told: dict[tuple[PartialDate | None, SourceFacts, PartialDate | None], Entry] = {}
    for on, source, stated_on, words in _in_order([*_events(t, card), *described]):
        known = told.get((on, source, stated_on))
        more = [*(known[3] if known else ()), *words]
        told[on, source, stated_on] = (on, source, stated_on, more)
    return [
        Markup("\n").join((_line(t, [entry], notes), *_described(t, card, entry)))
        for entry in told.values()
    ]


def _described(t: Texts, card: Card, entry: Entry) -> list[Markup]:
    """What the entry's source wrote of the project on that day, the oldest first."""
    on, source, stated_on, _ = entry
    texts = [
        fact.value
        for fact in reversed(_descriptions(t, card))
        if (fact.source, fact.stated_on, fact.stated_on) == (source, stated_on, on)
    ]
    whole = shortened(" ".join(texts), MOST_TOLD)
    return [Markup("<i>{}</i>").format(whole)] if whole else []


def has_more(t: Texts, card: Card) -> bool:
    """Whether the history tells more than fits on the card."""
    return len(_events(t, card)) > SHORT or len(_descriptions(t, card)) > 1


def _descriptions(t: Texts, card: Card) -> tuple[Fact, ...]:
    languages = (t.language, *LANGUAGES)
    told = (card.facts.get(f"description_{language}", ()) for language in languages)
    return next(filter(None, told), ())


def _events(t: Texts, card: Card) -> list[Entry]:
    entries: list[Entry] = []
    for event in card.timeline:
        if event.due_on and event.promised_on:
            promise = [_due(t, event, card.slips)]
            entries.append((event.promised_on, event.source, event.stated_on, promise))
        if told := _told(t, event, card.slips):
            entries.append((event.stated_on, event.source, event.stated_on, told))
    return entries


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry[0].first if entry[0] else date.min)


def _line(t: Texts, alike: Sequence[Entry], notes: Footnotes) -> Markup:
    """What these entries have in common, with the number of each one's source."""
    on, told = alike[0][0], alike[0][3]
    marks = [notes.mark(source, stated_on) for _, source, stated_on, _ in alike]
    day = say.sentence(said(t, on))
    words = Markup("; ").join(told)
    line = Markup("• {}: {}").format(day, words) if words else Markup("• {}").format(day)
    return Markup("{} {}").format(line, Markup("").join(marks))


def promise_line(t: Texts, card: Card) -> Markup:
    """Return what was promised first, and on which day; "" when no date was ever promised."""
    return first_promise(t, card.first_promise, card.listed.first_promised_on)


def first_promise(t: Texts, due: PartialDate | None, given_on: PartialDate | None) -> Markup:
    """Return the first promise and the day it was given, as far as they are known.

    A page that recalls a date after it has passed tells the promise, not the day it was given.
    """
    if due is None:
        return Markup()
    if given_on is None or given_on.first > due.last:
        return t("First promise: {date}", date=when(t, due))
    return t("First promise: {date} (given: {day})", date=when(t, due), day=when(t, given_on))


def slip_words(t: Texts, slip: Slip) -> Markup:
    """Return «+92 күн»: by how much a due date was moved."""
    sign = "+" if slip.days >= 0 else "−"
    return Markup("{}{}").format(sign, day_count(t, abs(slip.days)))


def _told(t: Texts, event: Event, slips: Sequence[Slip]) -> list[Markup | str]:
    told: list[Markup | str] = []
    opened = event.status == "completed" and event.completed_on is not None
    if event.status:
        state = say.status(t, event.status)
        told.append(f"{state}: {when(t, event.completed_on)}" if opened else state)
    if event.starts_on:
        told.append(t("start {date}", date=when(t, event.starts_on)))
    if event.due_on and not event.promised_on:
        told.append(_due(t, event, slips))
    if event.completed_on and not opened:
        told.append(t("completed {date}", date=when(t, event.completed_on)))
    told += _sums(t, event)
    told += [t("{field}: taken back", field=field_label(t, field)) for field in event.erased]
    return told


def _due(t: Texts, event: Event, slips: Sequence[Slip]) -> Markup | str:
    due = t("due {date}", date=when(t, event.due_on))
    told = (event.promised_on or event.stated_on, event.due_on)
    slip = next((slip for slip in slips if (slip.stated_on, slip.to_due) == told), None)
    return Markup("{} ({})").format(due, slip_words(t, slip)) if slip else due


def _sums(t: Texts, event: Event) -> list[Markup]:
    told = []
    if event.planned_kzt is not None:
        told.append(t("plan {sum}", sum=short_money(t, event.planned_kzt)))
    if event.contracted_kzt is not None:
        told.append(t("contract {sum}", sum=short_money(t, event.contracted_kzt)))
    if event.spent_kzt is not None:
        told.append(t("spent {sum}", sum=short_money(t, event.spent_kzt)))
    return told
