"""The one clear sentence of an answer about a number of projects.

«Алатау ауданында 4 мектеп салынып жатыр.» Each state has its own sentence, because each language
puts the number, the place and the verb in an order of its own.
"""

from collections.abc import Mapping

from markupsafe import Markup

from handlers.answers.views.understood import state_word
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views import names as say
from handlers.views.entries import fitting
from handlers.views.freshness import data_day
from handlers.views.lists import heading, lines
from handlers.views.names import Names
from handlers.views.phrases import counted, during, listing, where
from storage.values.partial_dates import PartialDate


def yes(t: Texts) -> Markup:
    """Return «Иә.»."""
    return t("<b>Yes.</b>")


def no(t: Texts) -> Markup:
    """Return «Жоқ.»."""
    return t("<b>No.</b>")


def not_yet(t: Texts) -> Markup:
    """Return «Әлі жоқ.»."""
    return t("<b>Not yet.</b>")


def counted_sentence(
    t: Texts, names: Names, question: Question, count: int, until: PartialDate | None = None
) -> Markup:
    """Return how many there are, where and in which state; for none that the list has no such."""
    if not count:
        return nothing(t, until)
    place, what = where(t, names, question), counted(t, question, count)
    if question.period is None:
        told = _in_state(t, question, place, what)
    else:
        told = _in_period(t, question, place, during(t, question.period), what)
    return Markup("<b>{}</b>").format(_capital(told))


def nothing(t: Texts, until: PartialDate | None) -> Markup:
    """Return that the list has no such project, and what that does not mean."""
    return lines(t("<b>No such project is in the list.</b>"), not_none(t, until))


def not_none(t: Texts, until: PartialDate | None) -> Markup:
    """Return what it does not mean that something is not in the list, and how old the data is."""
    told = t("That does not mean there is none: I know only what sources have said.")
    return lines(told, data_day(t, until))


def _in_state(t: Texts, question: Question, place: str, what: Markup) -> Markup:
    if len(question.states) != 1:
        return _in_states(t, question, place, what)
    if question.final:
        return t("At the final stage {where}: {what}.", where=place, what=what)
    told = {
        "building": t("Being built {where}: {what}.", where=place, what=what),
        "planned": t("Planned {where}: {what}.", where=place, what=what),
        "completed": t("Completed {where}: {what}.", where=place, what=what),
        "suspended": t("Suspended {where}: {what}.", where=place, what=what),
        "cancelled": t("Cancelled {where}: {what}.", where=place, what=what),
    }
    return told[question.states[0]]


def _in_states(t: Texts, question: Question, place: str, what: Markup) -> Markup:
    if not question.states:
        return t("In the list {where}: {what}.", where=place, what=what)
    states = listing(t, [state_word(t, state) for state in question.states])
    return t("In the list {where}: {what} ({states}).", where=place, what=what, states=states)


def _in_period(t: Texts, question: Question, place: str, when: str, what: Markup) -> Markup:
    told = {
        "completed": t("Completed {where} {when}: {what}.", where=place, when=when, what=what),
        "due": t("Due {where} {when}: {what}.", where=place, when=when, what=what),
        "started": t("Begun {where} {when}: {what}.", where=place, when=when, what=what),
    }
    plain = t("In the list {where} {when}: {what}.", where=place, when=when, what=what)
    return told.get(question.period_of or "any", plain)


def by_state(t: Texts, counts: Mapping[str, int]) -> Markup:
    """Return «🚧 Салынып жатыр: 4 · ✅ Аяқталды: 2»: how many in each state that occurs."""
    found = [state for state in say.STATE_EMOJI if counts.get(state)]
    return fitting(
        heading(*(Markup("{}: {}").format(say.state(t, s), counts[s]) for s in found)),
        Markup(" · ").join(Markup("{} {}").format(say.STATE_EMOJI[s], counts[s]) for s in found),
    )


def _capital(text: Markup) -> Markup:
    """The text with a capital first letter; it never begins with a tag."""
    return Markup(say.sentence(text))  # noqa: S704 - a Markup's own characters
