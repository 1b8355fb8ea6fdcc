"""What is said at /start: who greets, and three real projects to press."""

from collections.abc import Sequence

from handlers.frame.screens import Button, Rows, Screen
from handlers.frame.texts import Markup, Texts
from handlers.views import names as say
from handlers.views.callbacks import CardState
from handlers.views.freshness import data_day
from handlers.views.lists import lines
from handlers.views.told_apart import told_apart, within
from storage.projects.summary import Listed
from storage.values.partial_dates import PartialDate

MOST_LABEL = 34  # characters on a button as wide as the screen


def greeting(t: Texts, name: str) -> Markup:
    """Return the hello and, in one sentence, what the bot knows; `name` may be blank."""
    hello = t("Hello, <b>{name}</b>!", name=name) if name else t("Hello!")
    knows = t(
        "I am <b>Qala</b>: I know what is being built in Almaty, where, when and for how much."
    )
    return Markup(" ").join((hello, knows))


def examples_screen(
    t: Texts, found: Sequence[Listed], until: PartialDate | None, *, near_home: bool
) -> Screen:
    """Return the day until which the data reach, and the projects as buttons."""
    offered = t("Near your home, for example:") if near_home else t("The latest, for example:")
    return Screen(lines(data_day(t, until), offered), example_buttons(t, found))


def example_buttons(t: Texts, found: Sequence[Listed]) -> Rows:
    """Return a button a row that opens each project's card, with what tells it apart."""
    names = [each.titles.shown(t.language) for each in found]
    titles = told_apart(names, within(MOST_LABEL), ends=t.language == "kk")
    return tuple(
        (Button(f"{say.kind_emoji(each.kind)} {title}", CardState(each.id).data()),)
        for each, title in zip(found, titles, strict=True)
    )
