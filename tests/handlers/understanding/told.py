"""What a question holds, as one line: «count kk kinds=school states=completed»."""

from dataclasses import fields
from datetime import date

from handlers.understanding.question import PlaceName, Question
from storage.values.ranges import Amount, Period

_LEFT_OUT = frozenset(("intent", "language", "evidence", "projects"))


def told(question: Question) -> str:
    """The intent, the language and every slot that is filled, in the order of the type."""
    slots = (
        f"{field.name}={_spelt(value)}"
        for field in fields(question)
        if field.name not in _LEFT_OUT
        and (value := getattr(question, field.name)) not in ((), None, False)
    )
    return " ".join([question.intent, question.language, *slots])


def _spelt(value: object) -> str:
    if isinstance(value, Period):
        return f"{_day(value.first)}..{_day(value.last)}"
    if isinstance(value, Amount):
        return f"{value.minimum or ''}..{value.maximum or ''}"
    if isinstance(value, PlaceName):
        return value.ru.replace(" ", "_")
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
