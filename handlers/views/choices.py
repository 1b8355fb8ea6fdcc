"""Small menus that narrow a list in place: by sector and by state."""

from collections.abc import Callable
from typing import TypeVar

from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.callbacks import Narrowed
from handlers.views.lists import heading, lines, paired, rows
from storage.values.states import STATES
from storage.vocabulary import SECTORS

NarrowedT = TypeVar("NarrowedT", bound=Narrowed)
SECTOR_MENU, STATE_MENU = "s", "t"  # the actions of the buttons that open the menus
CHOSEN = "✓ "


def narrowing(t: Texts, state: Narrowed) -> str:
    """Return what the list is narrowed to, «Сала: көлік · Күйі: салынып жатыр»; "" for all."""
    parts = []
    if state.sector:
        parts.append(say.sector(t, state.sector))
    if state.state:
        parts.append(say.state(t, state.state))
    return heading(*parts)


def narrow_buttons(t: Texts, data: Callable[[str], str]) -> tuple[Button, ...]:
    """Return the two buttons that open the menus; `data` gives the data for an action."""
    return (
        Button(t("🗂 Sector"), data(SECTOR_MENU)),
        Button(t("🚦 State"), data(STATE_MENU)),
    )


def sector_menu(t: Texts, state: NarrowedT, data: Callable[[NarrowedT], str], title: str) -> Screen:
    """Return the choice of a sector for the list that `title` names."""
    choices = [_choice(t("All sectors"), state.sector is None, data(state.in_sector(None)))]
    choices += [
        _choice(say.sector(t, code), state.sector == code, data(state.in_sector(code)))
        for code in SECTORS
    ]
    text = lines(title, t("Which sector?"))
    return Screen(text, rows(*paired(choices), _back(t, data(state))))


def state_menu(t: Texts, state: NarrowedT, data: Callable[[NarrowedT], str], title: str) -> Screen:
    """Return the choice of a state for the list that `title` names."""
    choices = [_choice(t("All states"), state.state is None, data(state.in_state(None)))]
    choices += [
        _choice(say.state(t, code), state.state == code, data(state.in_state(code)))
        for code in STATES
    ]
    text = lines(title, t("In which state?"))
    return Screen(text, rows(*paired(choices), _back(t, data(state))))


def _choice(label: str, chosen: bool, data: str) -> Button:
    return Button(f"{CHOSEN}{label}" if chosen else label, data)


def _back(t: Texts, data: str) -> tuple[Button, ...]:
    return (Button(t("⬅️ Back"), data),)
