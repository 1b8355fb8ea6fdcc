"""Partial dates stay partial, days agree with their number."""

from datetime import UTC, date, datetime

import pytest

from handlers.frame.dates import city_day, day, days, late, when
from handlers.frame.texts import Language, texts_for
from storage.values.partial_dates import parse_partial


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("kk", "2025-10-23", "2025 жылғы 23 қазан"),
        ("ru", "2025-10-23", "23 октября 2025"),
        ("en", "2025-10-23", "23 October 2025"),
        ("kk", "2025-11", "2025 жылғы қараша"),
        ("ru", "2025-11", "ноябрь 2025"),
        ("en", "2025-11", "November 2025"),
        ("kk", "2025", "2025 жыл"),
        ("ru", "2025", "2025 год"),
        ("en", "2025", "2025"),
    ],
)
def test_a_date_as_it_was_stated(language: Language, text: str, shown: str) -> None:
    assert when(texts_for(language), parse_partial(text)) == shown


MONTHS = [
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
    "желтоқсан",
]


@pytest.mark.parametrize("month", range(1, 13))
def test_kazakh_months(month: int) -> None:
    assert day(texts_for("kk"), date(2024, month, 1)) == f"2024 жылғы 1 {MONTHS[month - 1]}"
    shown = when(texts_for("kk"), parse_partial(f"2024-{month:02}"))
    assert shown == f"2024 жылғы {MONTHS[month - 1]}"


@pytest.mark.parametrize(
    ("language", "unknown"), [("kk", "белгісіз"), ("ru", "неизвестно"), ("en", "not known")]
)
def test_no_date_is_said_in_words(language: Language, unknown: str) -> None:
    assert when(texts_for(language), None) == unknown


@pytest.mark.parametrize(
    ("language", "count", "shown"),
    [
        ("kk", 1, "Мерзімі өткеніне 1 күн болды"),
        ("kk", 12, "Мерзімі өткеніне 12 күн болды"),
        ("ru", 1, "Просрочено на 1 день"),
        ("ru", 3, "Просрочено на 3 дня"),
        ("ru", 12, "Просрочено на 12 дней"),
        ("ru", 21, "Просрочено на 21 день"),
        ("en", 1, "1 day late"),
        ("en", 12, "12 days late"),
    ],
)
def test_days_late(language: Language, count: int, shown: str) -> None:
    assert late(texts_for(language), count) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("kk", "2 күн"), ("ru", "2 дня"), ("en", "2 days")]
)
def test_days(language: Language, shown: str) -> None:
    assert days(texts_for(language), 2) == shown


def test_the_city_is_five_hours_ahead() -> None:
    evening = datetime(2025, 10, 22, 20, 0, tzinfo=UTC)
    assert city_day(texts_for("kk"), evening) == "2025 жылғы 23 қазан"
