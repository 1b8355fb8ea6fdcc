"""The corpora of questions, and whether one was understood as its line expects.

A line of tests/questions/*.jsonl: `text`, `language` (of the person, and expected of the answer),
`manner`, `who` asks; `expect`, the slots filled (an absent one is empty; `project` is the id of the
one that is named), or `not`, values that must not be read (a trap); `previous`, the slots of the
question before. All are read on 20 November 2025 against the shipped data set.
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from handlers.understanding import understand
from handlers.understanding.gazetteer import Known
from handlers.understanding.question import PlaceName, Question
from storage.values.ranges import Amount, Period

QUESTIONS = Path(__file__).parents[2] / "questions"
TODAY = date(2025, 11, 20)

Line = dict[str, Any]

_SLOTS = {field.name for field in fields(Question)}
_FREE = {
    "whether",
    "final",
    "each",
    "evidence",
    "leftover",
    "language",
    "follows",
    "projects",
    "change",
}
"""Slots that only count where a line names them."""


def files(*, fresh: bool) -> list[Path]:
    """The files of questions; «fresh» are those never read while the parser was made."""
    return [
        path for path in sorted(QUESTIONS.glob("*.jsonl")) if path.stem.startswith("fresh") == fresh
    ]


def lines(path: Path) -> Iterator[Line]:
    """The lines of a file, each with the file's name."""
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.strip():
            yield {"file": path.stem, **json.loads(text)}


def asked(line: Line, known: Known) -> Question:
    """What was understood of a line's text, on top of its previous question."""
    previous = line.get("previous")
    person = line.get("language", "kk")
    before = question_of(previous, person) if previous else None
    return understand(line["text"], previous=before, person=person, today=TODAY, known=known)


def question_of(slots: Line, person: Any) -> Question:
    """The question that a line's `previous` stands for."""
    values = {name: _value(name, value) for name, value in slots.items() if name in _SLOTS}
    return Question(**{"intent": "list", "language": person, **values})


def _value(name: str, value: Any) -> Any:
    if name == "period":
        return Period(*(date.fromisoformat(day) if day else None for day in value))
    if name == "amount":
        return Amount(*value)
    if name == "place":
        return PlaceName(value, value, value, 43.2, 76.9)
    return tuple(value) if isinstance(value, list) else value


def wrong_slots(line: Line, question: Question, ids: dict[str, int]) -> set[str]:
    """The slots that are not what the line expects; `ids` are the store's numbers by id."""
    if "not" in line:
        return {
            slot
            for slot, values in line["not"].items()
            if set(_listed(values)) & set(_listed(plain(question, slot))) - {None}
        }
    expected = dict(line["expect"])
    if expected.get("intent") == "other":
        return {"intent"} if question.intent != "other" else set()
    project = expected.pop("project", None)
    wrong = {"project"} if project and ids.get(project, -1) not in question.projects else set()
    slots = _SLOTS - (_FREE - set(expected))
    if question.place is not None:  # what bears the place's name belongs to it
        slots -= {"among"}
    mixed = line.get("manner") == "mixed"  # either of its languages will do
    if not mixed and question.language != line.get("language", question.language):
        wrong.add("language")
    return wrong | {slot for slot in slots if not _same(slot, expected.get(slot), question)}


def outcome(question: Question, wrong: set[str]) -> str:
    """«right», «declined» (nothing was answered) or «wrong»."""
    if not wrong:
        return "right"
    return "declined" if question.intent == "unclear" else "wrong"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same(slot: str, expected: Any, question: Question) -> bool:
    value = plain(question, slot)
    if slot == "place" and expected:
        place = question.place
        return place is not None and expected in {place.kk, place.ru, place.en}
    if isinstance(expected, list) and isinstance(value, list) and slot not in {"period", "amount"}:
        return sorted(map(str, expected)) == sorted(map(str, value))
    return (expected or None) == (value or None)


def plain(question: Question, slot: str) -> Any:
    """A slot's value as JSON has it."""
    value = getattr(question, slot)
    if isinstance(value, Period):
        return [day.isoformat() if day else None for day in (value.first, value.last)]
    if isinstance(value, Amount):
        return [value.minimum, value.maximum]
    if isinstance(value, PlaceName):
        return value.ru
    return list(value) if isinstance(value, tuple) else value
