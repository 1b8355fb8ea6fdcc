"""«Due in the next 30 days» is what must be due in them, on every screen the same."""

from datetime import timedelta

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.projects.summary import Listed
from storage.values.states import STATES
from tests.conversation.asking import is_title, labels, press, say, titles
from tests.conversation.clock import BEGIN
from tests.conversation.counting import of_the_city

OPEN = {None, *STATES["building"], *STATES["planned"]}
TODAY = BEGIN.date()


def due(store: Store, days: int) -> list[Listed]:
    """Open ones whose due day, or month's last day, is one of the next days."""
    until = TODAY + timedelta(days=days - 1)
    return [
        each
        for each in of_the_city(store)
        if each.status in OPEN
        and each.due_on
        and len(each.due_on.text) > len("2025")
        and TODAY <= each.due_on.last <= until
    ]


def this_year(store: Store) -> list[Listed]:
    return [
        each
        for each in of_the_city(store)
        if each.status in OPEN and each.due_on and each.due_on.text == str(TODAY.year)
    ]


@pytest.mark.parametrize(
    ("name", "soon", "year", "key"),
    [
        (
            *("Айгерім", "⏳ Алдағы {n} күнде бітуі тиіс", "🗓 Биыл бітуі тиіс, айы белгісіз"),
            "🗓 Биыл бітуі тиіс",
        ),
        ("Ольга", "⏳ Срок в ближайшие {n} дней", "🗓 Срок в этом году, месяц неизвестен", "🗓 Срок"),
        ("Daniel", "⏳ Due in the next {n} days", "🗓 Due some time this year", "🗓 Due some time"),
    ],
)
async def test_a_whole_year_stands_apart(
    sandbox: Sandbox,
    resident: Resident,
    city_store: Store,
    name: str,
    soon: str,
    year: str,
    key: str,
) -> None:
    who, apart = sandbox.resident(name), this_year(city_store)
    assert apart
    menu = (await say(who, "/news")).text.splitlines()
    for days in (30, 90):
        assert f"{soon.format(n=days)} · {len(due(city_store, days))}" in menu
    assert f"{year} · {len(apart)}" in menu
    answer = await press(who, key)
    shown = titles(answer)
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        shown += titles(answer)
    known = [title for each in apart for title in vars_of(each)]
    assert len(shown) == len(apart)
    assert all(any(is_title(line, title) for title in known) for line in shown)


def vars_of(each: Listed) -> list[str]:
    return [title for title in (each.titles.kk, each.titles.ru, each.titles.en) if title]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Айгерім", "алдағы 90 күнде не бітеді"),
        ("Ольга", "что сдадут в ближайшие 90 дней"),
        ("Daniel", "what is due in the next 90 days"),
    ],
)
async def test_a_question_counts_the_same(
    sandbox: Sandbox, resident: Resident, city_store: Store, name: str, text: str
) -> None:
    who, expected = sandbox.resident(name), due(city_store, 90)
    answer = await say(who, text)
    shown = titles(answer)
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        shown += titles(answer)
    known = [title for each in expected for title in vars_of(each)]
    assert len(shown) == len(expected)
    assert all(any(is_title(line, title) for title in known) for line in shown)
