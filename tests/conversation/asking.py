"""A resident asks and gets the bot's answer as it stands when the bot has fallen silent."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from bot.sandbox.message import Button, Message
from bot.sandbox.resident import Resident
from handlers.frame.phone import lines_taken


async def say(who: Resident, text: str) -> Message:
    """The answer to a typed text."""
    await who.send(text)
    await who.wait_idle()
    return who.last


async def at(who: Resident, latitude: float, longitude: float) -> Message:
    """The answer to a shared location."""
    await who.send_location(latitude, longitude)
    await who.wait_idle()
    return who.last


async def press(who: Resident, label: str) -> Message:
    """What stands last in the chat after a press of the last message's button.

    `label` is the button's text or its beginning.
    """
    button = button_of(who.last, label)
    await who.press(button.callback_data or "", who.last)
    await who.wait_idle()
    return who.last


async def press_behind(who: Resident, key: str, label: str) -> Message:
    """What a press brings of a button that stands behind a key of the last row: «filter» or ⋯."""
    await press(who, key)
    return await press(who, label)


def is_title(line: str, title: str) -> bool:
    """Whether a list's numbered line is of this title, whole or cut at «…»."""
    told = line.split(" ", 2)[2]
    head, cut, tail = told.partition("…")
    if not cut:
        return told == title
    return title.startswith(head.strip()) and tail.strip(" …") in title


def are_titles(lines: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether a list's numbered lines are of these titles, in this order."""
    pairs = zip(lines, expected, strict=False)
    return len(lines) == len(expected) and all(is_title(*pair) for pair in pairs)


async def whole(who: Resident, text: str) -> str:
    """The answer to a typed text with all the parts that follow in its place."""
    answer = await say(who, text)
    told = answer.text
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        told += f"\n\n{answer.text}"
    return told


def on_a_phone(message: Message) -> int:
    """How many lines of a phone the text takes, bold letters as wide as they are."""
    sent = message.text.encode("utf-16-le")  # entities count its units
    pieces, at = [], 0
    for entity in sorted(message.entities, key=lambda each: int(each["offset"])):
        if entity["type"] == "bold":
            start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
            pieces += [escape(sent[at:start].decode("utf-16-le"))]
            pieces += [Markup("<b>{}</b>").format(sent[start:end].decode("utf-16-le"))]
            at = end
    return lines_taken("".join([*pieces, escape(sent[at:].decode("utf-16-le"))]))


def button_of(message: Message, label: str) -> Button:
    """The button whose text is `label`, else the first that begins so."""
    exact = [button for button in message.buttons if button.text == label]
    begun = [button for button in message.buttons if button.text.startswith(label)]
    if not exact and not begun:
        raise LookupError(f"No button {label!r}: {[button.text for button in message.buttons]}")
    return (exact or begun)[0]


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


def titles(message: Message) -> list[str]:
    """The numbered lines of a list."""
    return [line for line in message.text.splitlines() if re.match(r"\d+\. ", line)]
