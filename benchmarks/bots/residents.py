"""What residents send, as Telegram puts it into updates; always the same for the same seed.

Each comes from another of two thousand people, a third of them to a language, so that nobody is
too hasty for the bot. An update is its JSON without number and braces.
"""

import csv
import json
import random
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

PEOPLE = 2_000
LANGUAGES = ("kk", "ru", "en")
AROUND = 0.01  # degrees around a known place, about a kilometre
EVERY = 20  # of the questions the parser was made with, one in so many
FIRST_PERSON = 1_001
CARD = "p:"  # what the button of a project's card begins with

Update = tuple[int, str]
Send = Callable[[int], str]


class Residents:
    """Makes updates; `checkout` is where places and questions are read."""

    def __init__(self, checkout: Path) -> None:
        self._chance = random.Random(1)
        self._turn = count()
        self._points = _points(checkout / "storage" / "datasets" / "almaty" / "places.csv")
        self._questions = {
            language: _questions(checkout / "tests" / "questions" / f"{language}.jsonl")
            for language in LANGUAGES
        }
        self.screens: dict[int, dict[str, Any]] = {}  # near me, by the person who has it open

    def all_sending(self, send: Send) -> Iterator[Update]:
        """Person after person, for ever."""
        while True:
            person = FIRST_PERSON + next(self._turn) % PEOPLE
            yield person, send(person)

    def location(self, person: int) -> str:
        """A location somewhere near a known place."""
        lat, lon = self._chance.choice(self._points)
        spot = {
            "latitude": round(lat + self._chance.uniform(-AROUND, AROUND), 6),
            "longitude": round(lon + self._chance.uniform(-AROUND, AROUND), 6),
        }
        return message(person, location=spot)

    def question(self, person: int) -> str:
        """A question in the person's language."""
        return message(person, text=self._chance.choice(self._questions[language_of(person)]))

    def budgets(self, person: int) -> str:
        """The command /budget."""
        return _command(person, "/budget")

    def start(self, person: int) -> str:
        """The command /start."""
        return _command(person, "/start")

    def card(self, person: int) -> str:
        """A press on a project in a list of near me."""
        screen = self._chance.choice([*self.screens.values()])
        data = self._chance.choice(_cards(screen))
        shown = screen | {"chat": _chat(person)}
        press = {
            "id": str(self._chance.getrandbits(60)),
            "from": _user(person),
            "chat_instance": "1",
            "message": shown,
            "data": data,
        }
        return f'"callback_query":{json.dumps(press, ensure_ascii=False)}'

    def keep(self, screens: dict[int, dict[str, Any]]) -> None:
        """Keep the lists that have a project to press on; ValueError where none has."""
        self.screens = {person: screen for person, screen in screens.items() if _cards(screen)}
        if not self.screens:
            raise ValueError(f"no list has a button of a card ({CARD}...)")


def language_of(person: int) -> str:
    """The language of the person's Telegram."""
    return LANGUAGES[person % len(LANGUAGES)]


def message(person: int, **content: Any) -> str:
    """A message of the person."""
    body = {
        "message_id": 7,
        "date": int(time.time()),
        "from": _user(person),
        "chat": _chat(person),
        **content,
    }
    return f'"message":{json.dumps(body, ensure_ascii=False)}'


def _command(person: int, command: str) -> str:
    entity = {"type": "bot_command", "offset": 0, "length": len(command)}
    return message(person, text=command, entities=[entity])


def _user(person: int) -> dict[str, Any]:
    language = language_of(person)
    return {"id": person, "is_bot": False, "first_name": "A", "language_code": language}


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": "A"}


def _cards(screen: dict[str, Any]) -> list[str]:
    rows = screen.get("reply_markup", {}).get("inline_keyboard", ())
    found = (button.get("callback_data", "") for row in rows for button in row)
    return [data for data in found if data.startswith(CARD)]


def _points(path: Path) -> list[tuple[float, float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)]


def _questions(path: Path) -> list[str]:
    """Questions that stand alone: a follow-up means nothing after another's."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines()[::EVERY])
    return [line["text"] for line in lines if "previous" not in line]
