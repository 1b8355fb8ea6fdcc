"""What a circle leaves out: how many, in which words, and when the district is offered."""

import pytest

from handlers.frame.texts import Language, texts_for
from handlers.subscriptions.views.chat_facts import Desk, Unplaced, beside, takes_in
from handlers.subscriptions.views.draft import left_out_words
from handlers.subscriptions.views.subscriptions import list_screen, unplaced_words
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import LIMIT, Subscribed
from storage.tables.numbers import Numbered
from storage.vocabulary import DISTRICTS

NUMBERS = Numbered({slug: n for n, slug in enumerate(DISTRICTS, 1)}, {}, tuple(DISTRICTS))
AUEZOV = ("auezov",)


def around(radius_m: int = 2_000) -> NewsFilter:
    return NewsFilter(near=Circle(Point.of(43.222, 76.851), radius_m))


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("en", 1, "Auezov district: 1 project has no point on the map."),
        ("en", 12, "Auezov district: 12 projects have no point on the map."),
        ("ru", 1, "Ауэзовский район: у 1 проекта нет точки на карте."),
        ("ru", 2, "Ауэзовский район: у 2 проектов нет точки на карте."),
        ("ru", 11, "Ауэзовский район: у 11 проектов нет точки на карте."),
        ("ru", 21, "Ауэзовский район: у 21 проекта нет точки на карте."),
        ("ru", 112, "Ауэзовский район: у 112 проектов нет точки на карте."),
        ("kk", 1, "Әуезов ауданы: картада орны көрсетілмеген 1 жоба бар."),
        ("kk", 12, "Әуезов ауданы: картада орны көрсетілмеген 12 жоба бар."),
    ],
)
def test_words_and_plurals(language: Language, count: int, told: str) -> None:
    assert unplaced_words(texts_for(language), Desk(), Unplaced(AUEZOV, count)) == told


def test_a_point_between_two_districts_names_both() -> None:
    unplaced = Unplaced(("auezov", "bostandyk"), 3)
    said = unplaced_words(texts_for("en"), Desk(), unplaced)
    assert said == "Auezov district, Bostandyk district: 3 projects have no point on the map."


def test_where_nothing_is_left_out_the_rule_alone_is_said() -> None:
    t = texts_for("en")
    said = left_out_words(t, Desk(), around())
    assert (
        said == "<i>Projects without an exact place come only to subscribers of their district.</i>"
    )
    assert left_out_words(t, Desk(), NewsFilter(districts=AUEZOV)) == ""


@pytest.mark.parametrize(
    ("wide", "covered"),
    [
        (NewsFilter(), True),
        (NewsFilter(districts=AUEZOV), True),
        (NewsFilter(districts=("auezov", "medeu")), True),
        (NewsFilter(districts=AUEZOV, kinds=("park", "school")), True),
        (NewsFilter(districts=AUEZOV, news=NEWS_KINDS), True),
        (NewsFilter(districts=("medeu",)), False),
        (NewsFilter(districts=AUEZOV, kinds=("park",)), False),
        (NewsFilter(districts=AUEZOV, sectors=("education",)), False),
        (NewsFilter(districts=AUEZOV, programmes=("comfortable-school",)), False),
        (NewsFilter(districts=AUEZOV, news=("slipped",)), False),
        (NewsFilter(districts=AUEZOV, near=Circle(Point.of(43.2, 76.9), 10_000)), False),
        (NewsFilter(projects=(7,)), False),
    ],
)
def test_what_another_subscription_brings_already(wide: NewsFilter, covered: bool) -> None:
    wanted = NewsFilter(near=around().near, kinds=("school",))
    asked = beside(wanted, Unplaced(AUEZOV, 5))
    assert asked == NewsFilter(districts=AUEZOV, kinds=("school",))
    assert takes_in(wide, asked) is covered


def test_twenty_circles_fit_into_a_list_and_one_district_is_offered_at_a_time() -> None:
    mine = tuple(Subscribed(n, Schedule(), around(n * 200), None) for n in range(1, LIMIT + 1))
    left_out = {each.filter.canonical(): Unplaced(AUEZOV, 40) for each in mine}
    desk = Desk(numbers=NUMBERS, mine=mine, unplaced=left_out)
    screen = list_screen(texts_for("ru"), desk)
    assert len(screen.text.striptags()) < 4_096
    assert screen.text.count("нет точки на карте") == 1
    labels = [button.label for row in screen.buttons for button in row]
    assert [label for label in labels if label.startswith("🏘")] == ["🏘 Добавить: Ауэзовский район"]
