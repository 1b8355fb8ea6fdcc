"""Small menus that narrow a list in place: by sector and by state."""

from collections.abc import Callable
from typing import TypeVar

from handlers.frame.screens import Behind, Button, Screen
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.callbacks import FILTER, MORE, Narrowed
from handlers.views.lists import heading, lines, paired, rows
from storage.values.states import STATES
from storage.vocabulary import SECTORS

NarrowedT = TypeVar("NarrowedT", bound=Narrowed)
SECTOR_MENU, STATE_MENU = "s", "t"  # the actions of the buttons that open the menus
LIST = "l"  # the action of the list itself
CHOSEN = "✓ "


def narrowing(t: Texts, state: Narrowed) -> str:
    """Return what the list is narrowed to, «Сала: көлік · Күйі: салынып жатыр»; "" for all."""
    parts = []
    if state.sector:
        parts.append(say.sector(t, state.sector))
    if state.state:
        parts.append(say.state(t, state.state))
    return heading(*parts)


def behind_filter(t: Texts, opens: str, back: str, *buttons: Button, on: bool = False) -> Behind:
    """Return what stands behind the key «filter»; `on`: it bears a mark, something is chosen."""
    label = t("🎛 Filter")
    key = Button(f"{CHOSEN}{label}" if on else label, opens)
    return Behind(key, buttons, Button(t("⬅️ Back"), back))


def behind_more(t: Texts, opens: str, back: str, *buttons: Button) -> Behind:
    """Return what stands behind the key ⋯ of a list: all that is not needed each time."""
    return Behind(Button("⋯", opens), buttons, Button(t("⬅️ Back"), back))


def opened(screen: Screen, action: str) -> Screen:
    """Return the list with what the action opens behind a key of its last row, if it is one."""
    return screen.opened({FILTER: screen.narrow, MORE: screen.more}.get(action))


def narrowed_behind(
    t: Texts, state: Narrowed, data: Callable[[str], str], *before: Button
) -> Behind:
    """Return the filter of a list by sector and state, after what else it has.

    `data` gives the data for an action.
    """
    on = bool(state.sector or state.state)
    menus = (
        Button(t("🗂 Sector"), data(SECTOR_MENU)),
        Button(t("🚦 State"), data(STATE_MENU)),
    )
    return behind_filter(t, data(FILTER), data(LIST), *before, *menus, on=on)


def more_behind(t: Texts, data: Callable[[str], str], *buttons: Button) -> Behind:
    """Return what stands behind ⋯ of a list whose actions `data` gives."""
    return behind_more(t, data(MORE), data(LIST), *buttons)


def sector_menu(t: Texts, state: NarrowedT, data: Callable[[NarrowedT], str], title: str) -> Screen:
    """Return the choice of a sector for the list that `title` names."""
    every = _choice(t("All sectors"), state.sector is None, data(state.in_sector(None)))
    choices = [
        _choice(say.sector(t, code), state.sector == code, data(state.in_sector(code)))
        for code in SECTORS
    ]
    text = lines(title, t("Which sector?"))
    return Screen(text, rows(*paired(choices), (every, _back(t, data(state)))))


def state_menu(t: Texts, state: NarrowedT, data: Callable[[NarrowedT], str], title: str) -> Screen:
    """Return the choice of a state for the list that `title` names."""
    every = _choice(t("All states"), state.state is None, data(state.in_state(None)))
    choices = [
        _choice(say.state(t, code), state.state == code, data(state.in_state(code)))
        for code in STATES
    ]
    text = lines(title, t("In which state?"))
    return Screen(text, rows(*paired(choices), (every, _back(t, data(state)))))


def _choice(label: str, chosen: bool, data: str) -> Button:
    return Button(f"{CHOSEN}{label}" if chosen else label, data)


def _back(t: Texts, data: str) -> Button:
    return Button(t("⬅️ Back"), data)
