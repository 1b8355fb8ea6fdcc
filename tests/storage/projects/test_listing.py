"""Lists of projects: every filter against brute force, every order, pages."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from storage.projects.listing import by_key, listing
from storage.projects.project_filter import EVERYWHERE
from storage.values.orders import Order
from storage.values.states import STATES, UNKNOWN, state_of
from storage.vocabulary import STATUSES
from tests.storage import oracle
from tests.storage.builder import Builder


def test_filters_agree_with_brute_force(builder: Builder, session: Session) -> None:
    known = oracle.made_up(builder, 200, seed=8)
    for filters in oracle.FILTERS:
        page = listing(session, filters, limit=500)
        expected = {each.id for each in known if each.passes(filters)}
        assert {each.id for each in page.items} == expected
        assert page.total == len(expected)


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("title", ["c", "a", "b", "d"]),
        ("newest", ["b", "a", "c", "d"]),
        ("due", ["c", "b", "a", "d"]),
        ("cost", ["a", "c", "b", "d"]),
    ],
)
def test_orders_put_the_unknown_last(
    builder: Builder, session: Session, order: Order, keys: list[str]
) -> None:
    builder.project("a", title_kk="Мектеп", heard_on="2025", due_on="2027", planned_kzt=10**13)
    builder.project("b", title_kk="Саябақ", heard_on="2025-11-10", due_on="2026-05")
    builder.project("c", title_kk="Аурухана", heard_on="2024", due_on="2025", planned_kzt=0)
    builder.project("d", title_kk="", title_ru="Ярмарка")
    assert [each.key for each in listing(session, EVERYWHERE, order=order).items] == keys


@pytest.mark.parametrize("order", ["title", "newest", "due"])
def test_what_is_silent_comes_after_what_is_alive(
    builder: Builder, session: Session, order: Order
) -> None:
    """Where the day is known, and for no list of sums or sizes."""
    day = date(2026, 2, 20)
    builder.project("a", title_kk="Б", heard_on="2025", due_on="2024", silent_from=day)
    builder.project("b", title_kk="А", heard_on="2026", due_on="2023", silent_from=day)
    builder.project("c", title_kk="В", heard_on="2024", due_on="2030", planned_kzt=1)
    builder.project("d", title_kk="Г", silent_from=day + timedelta(days=1))

    def keys(order: Order, today: date | None) -> list[str]:
        found = [listing(session, EVERYWHERE, order=order, today=today, offset=at, limit=2)
                 for at in (0, 2)]  # fmt: skip
        return [each.key for page in found for each in page.items]

    assert keys(order, day) == ["c", "d", "b", "a"]
    assert keys(order, day + timedelta(days=1)) != ["c", "d", "b", "a"]
    assert keys(order, None)[:2] == ["b", "a"]
    assert keys("cost", day) == keys("cost", None)


def test_titles_are_ordered_as_they_are_shown(builder: Builder, session: Session) -> None:
    builder.project("a", title_kk="Я", title_ru="А")
    builder.project("b", title_kk="Б")
    by = {
        language: [each.key for each in listing(session, EVERYWHERE, language=language).items]
        for language in ("kk", "ru")
    }
    assert by == {"kk": ["b", "a"], "ru": ["a", "b"]}


def test_pages_follow_each_other(builder: Builder, session: Session) -> None:
    numbers = [builder.project(f"p-{each}", title_kk="Бір") for each in range(7)]
    first = listing(session, EVERYWHERE, limit=5)
    rest = listing(session, EVERYWHERE, offset=first.end, limit=5)
    assert [each.id for each in (*first.items, *rest.items)] == numbers
    assert (first.has_more, rest.has_more, rest.total) == (True, False, 7)
    assert listing(session, EVERYWHERE, offset=70).items == ()


def test_by_key_gives_the_number(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    assert by_key(session, "school-1") == number
    assert by_key(session, "school-2") is None


def test_every_status_but_withdrawn_belongs_to_one_state() -> None:
    states = {code: state_of(code) for code in (*STATUSES, None)}
    assert states.pop("withdrawn") == states.pop(None) == UNKNOWN
    assert set(states.values()) == set(STATES)
