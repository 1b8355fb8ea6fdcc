"""Buttons under an answer: each changes one slot of the question that is kept with the message.

The data is "q:<number of the kept question>:<what to do>", the latter a letter and a number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from handlers.frame.screens import Behind, Button
from handlers.frame.texts import Texts
from handlers.understanding.question import INTENTS, Intent, Question
from handlers.views import names as say
from handlers.views.callbacks import CardState, NearState
from handlers.views.choices import behind_filter, behind_more
from handlers.views.lists import rows
from storage.projects.summary import Listed
from storage.values.states import State

ROOT = "q:"
Act = Literal["p", "y", "m", "c", "s", "d", "k", "t", "l", "o", "n", "a", "j", "i", "r"]
"""p page, y and m the page with its filter or its ⋯ open, c the sources of its rows, s state,
d all districts, k all kinds, t at any time, l what was completed last, o figures that are older
or of other areas, n any number, a the region, r related kinds, j this project is meant, i this
intent is meant."""

PAGED: frozenset[Act] = frozenset({"p", "y", "m", "c"})
"""Those whose number is a page."""

ACTS: tuple[Act, ...] = get_args(Act)
_DATA = re.compile(rf"q:(\d{{1,18}}):([{''.join(ACTS)}])(\d{{1,18}})?")
_STATE_CODES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button of an answer carries: the kept question's number, and what to do."""

    asked: int
    act: Act
    number: int = 0

    def data(self) -> str:
        """The button's data."""
        return f"{ROOT}{self.asked}:{self.act}{self.number}"


def read_pressed(data: str) -> Pressed | None:
    """What the data of an answer's button says; None for other data."""
    match = _DATA.fullmatch(data)
    if match is None:
        return None
    act = next(act for act in ACTS if act == match[2])
    return Pressed(int(match[1]), act, int(match[3] or 0))


def state_of(pressed: Pressed) -> State | None:
    """The state that a state button asks for; None for all of them."""
    at = pressed.number - 1
    return _STATE_CODES[at] if 0 <= at < len(_STATE_CODES) else None


def intent_of(pressed: Pressed) -> Intent:
    """The intent that a reading's button stands for; a list for a number that is none."""
    return INTENTS[pressed.number] if pressed.number < len(INTENTS) else "list"


def slot_buttons(t: Texts, question: Question, asked: int) -> list[Button]:
    """Return the buttons that ask for other states, all districts, all kinds, any time."""
    found = [_state_button(t, asked, state) for state in _other_states(question)]
    if question.states:
        found.append(Button(t("🚦 In any state"), Pressed(asked, "s").data()))
    if question.districts or question.named:
        found.append(Button(t("🏙 All districts"), Pressed(asked, "d").data()))
    if question.kinds or question.sectors:
        found.append(Button(t("🗂 All kinds"), Pressed(asked, "k").data()))
    if question.period is not None and question.intent not in {"new", "changed"}:
        found.append(Button(t("📅 At any time"), Pressed(asked, "t").data()))
    return found


def _other_states(question: Question) -> Sequence[State]:
    usual: tuple[State, ...] = ("building", "planned", "completed")
    if question.period is not None:
        return ()  # "completed in 2024" of what is being built would be no question
    return [state for state in usual if (state,) != question.states]


def _state_button(t: Texts, asked: int, state: State) -> Button:
    number = _STATE_CODES.index(state) + 1
    return Button(say.state(t, state), Pressed(asked, "s", number).data())


def near_button(t: Texts, question: Question) -> tuple[Button, ...]:
    """Return the way to everything near the place that was named; () without one."""
    place = question.place
    if place is None:
        return ()
    state = NearState(point=place.point, radius_m=question.radius)
    return (Button(t("📍 Everything near there"), state.data()),)


def project_buttons(items: Sequence[Listed], asked: int) -> list[Button]:
    """Return a button for each project that may be meant: its number in the list."""
    return [
        Button(str(number), Pressed(asked, "j", each.id).data())
        for number, each in enumerate(items, 1)
    ]


def behind_slots(t: Texts, question: Question, asked: int, page: int = 0) -> Behind:
    """Return what stands behind the key «filter» of an answer: each changes one slot."""
    here = Pressed(asked, "p", page).data()
    buttons = slot_buttons(t, question, asked)
    return behind_filter(t, Pressed(asked, "y", page).data(), here, *buttons)


def behind_dots(t: Texts, asked: int, page: int, *buttons: Button) -> Behind:
    """Return what stands behind ⋯ of an answer."""
    here = Pressed(asked, "p", page).data()
    return behind_more(t, Pressed(asked, "m", page).data(), here, *buttons)


def project_row(t: Texts, listed: Listed, back: str) -> tuple[tuple[Button, ...], ...]:
    """Return the ways to a project's card and to its place on the map."""
    card = (Button(t("📄 All about it"), CardState(listed.id, back=back).data()),)
    if listed.point is None:
        return rows(card)
    return rows((*card, Button(t("🗺 On the map"), CardState(listed.id, "m").data())))


def these_projects(t: Texts, number: int) -> Button:
    """Return the way to the projects of which a question's answer speaks."""
    return Button(t("📋 These projects"), Pressed(number, "i", 0).data())
