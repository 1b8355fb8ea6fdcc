"""A question changed by a press or by a pick from the list before."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.answers.views.buttons import Pressed, intent_of, state_of
from handlers.understanding.question import Question
from storage.values.city import REGION
from storage.vocabulary.related_kinds import related_to

Titled = Callable[[str], frozenset[int]]
_POSITION = re.compile(r"№?\s?(\d{1,2})[.)]?")


def changed(question: Question, press: Pressed) -> Question:
    """Return the question with the one slot that the button changes; pages change nothing."""
    state = state_of(press)
    by_act = {
        "s": lambda: _listed(replace(question, final=False, states=(state,) if state else ())),
        "d": lambda: replace(anywhere(question), districts=(), radius_m=None),
        "k": lambda: replace(question, kinds=(), sectors=(), number=None),
        "t": lambda: replace(question, period=None, period_of=None),
        "o": lambda: replace(question, every=True),
        "l": lambda: _completed_last(question),
        "n": lambda: replace(question, number=None, intent="list"),
        "a": lambda: replace(question, area=REGION, intent="list"),
        "r": lambda: replace(question, kinds=related_to(question.kinds), intent="list"),
        "j": lambda: replace(question, projects=(press.number,)),
        "i": lambda: replace(question, intent=intent_of(press), order=None, by=None, limit=None),
    }
    return by_act[press.act]() if press.act in by_act else question


def anywhere(question: Question) -> Question:
    """Return the question without the place or the name that it is about."""
    return replace(question, place=None, among=(), named=None)


def _completed_last(question: Question) -> Question:
    """What was completed last, whenever that was."""
    narrowed = replace(question, period=None, period_of=None, states=("completed",))
    return replace(narrowed, intent="top", order="newest", limit=None, announced=False, change=None)


def _listed(question: Question) -> Question:
    """A question about other states: one about what is new or overdue asks for a list then."""
    if question.intent in {"new", "overdue", "unheard", "changed"}:
        return replace(question, intent="list")
    return question


def numbered(question: Question, text: str) -> Question:
    """Return the question with the position that a bare number is, «2» or «2.»; else as it is."""
    number = _POSITION.fullmatch(text.strip())
    return replace(question, pick=int(number[1])) if number else question


def picked(question: Question, shown: Sequence[int], titled: Titled) -> Question:
    """Return the question about the project that was picked from the list shown before.

    A name that fits several projects means those that were shown, where any of them was; so does
    the place or an unknown word of a title, and «it» the only one that was shown. `titled` gives
    the projects that have a word in their title.
    """
    if question.pick is not None and 0 < question.pick <= len(shown):
        intent = "list" if question.intent in {"unclear", "other"} else question.intent
        project = shown[question.pick - 1]
        return replace(question, projects=(project,), pick=None, number=None, intent=intent)
    if question.follows and len(question.projects) > 1:
        among = tuple(number for number in question.projects if number in shown)
        return replace(question, projects=among or question.projects)
    if question.follows and not question.projects:
        return _among(question, shown, titled)
    return question


def _among(question: Question, shown: Sequence[int], titled: Titled) -> Question:
    """Return the question about the one of those shown that its words single out."""
    named = (*question.evidence_of("place"), *question.evidence_of("name"), *question.leftover)
    words = [word for text in named for word in text.split() if len(word) >= _SHORTEST_WORD]
    found = [each for each in shown if all(each in titled(word) for word in words)]
    narrowed = any(question.evidence_of(slot) for slot in _NARROWING)
    if len(found) != 1 or narrowed or not (words or question.intent in _OF_IT):
        return question
    intent = "list" if question.intent == "unclear" else question.intent
    return replace(anywhere(question), projects=(found[0],), leftover=(), intent=intent)


_SHORTEST_WORD = 4
_NARROWING = ("kind", "sector", "district", "programme", "period", "amount")
_OF_IT = frozenset({"cost", "when", "state", "where", "who", "size", "total", "overdue", "unheard"})
"""What «it» is asked about: «а сколько она стоит?»."""
