"""A text longer than a phone, a part at a time: the next one takes its place by a button."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.frame.phone import MOST_LINES, lines_taken
from handlers.frame.screens import Screen
from handlers.views.lists import lines, page_buttons, paragraphs, rows

Turn = Callable[[int], str]
ABOVE = 2  # lines that an answer puts above a screen


def parted(screen: Screen, part: int, turn: Turn) -> Screen:
    """Return the part asked for with the ways to its neighbours, the whole where it is short.

    `turn` gives the data of a part's button, counted from 0; a part that is not there is the last.
    """
    parts = parts_of(screen.text)
    if len(parts) == 1:
        return screen
    at = min(part, len(parts) - 1)
    buttons = rows(page_buttons(at, len(parts), turn, 1), *screen.buttons)
    return replace(screen, text=parts[at], buttons=buttons)


def parts_of(text: Markup, most: int = MOST_LINES - ABOVE) -> list[Markup]:
    """Return the text in parts of at most so many lines of a phone, cut between paragraphs.

    A paragraph that is longer than a part is cut between its lines; tags end in their lines.
    """
    if lines_taken(text) <= most:
        return [text]
    parts: list[str] = []
    for paragraph in text.split("\n\n"):
        whole = f"{parts[-1]}\n\n{paragraph}" if parts else paragraph
        if lines_taken(whole) <= most:
            parts[-1:] = [whole]
        else:
            parts += _by_lines(paragraph, most)
    return [Markup(part) for part in parts]  # noqa: S704 - a Markup's own lines


def _by_lines(paragraph: str, most: int) -> list[str]:
    parts = [""]
    for line in paragraph.split("\n"):
        longer = f"{parts[-1]}\n{line}" if parts[-1] else line
        if parts[-1] and lines_taken(longer) > most:
            parts.append(line)
        else:
            parts[-1] = longer
    return parts


def fitted(top: Markup, blocks: Sequence[Markup], bottom: Markup | str = "") -> Markup:
    """Return the blocks between `top` and `bottom`, with blank lines where a phone has room."""
    apart = paragraphs(top, *blocks, bottom)
    if lines_taken(apart) <= MOST_LINES:
        return apart
    return paragraphs(top, lines(*blocks), bottom)
