"""Subscriptions are named by the bot, so that one tells them apart at a glance."""

from typing import Any

import pytest

from handlers.frame.texts import LANGUAGES, texts_for
from handlers.subscriptions.views.filter_names import filter_name
from handlers.views.names import Names
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter

HOME = Point.of(43.23861, 76.94561)
NEAR: dict[str, Any] = {"near": Circle(HOME.rounded(), 2_000)}
NBSP = "\N{NO-BREAK SPACE}"


def named(language: str, wanted: NewsFilter, **known: Any) -> str:
    t = {code: texts_for(code) for code in LANGUAGES}
    found = next(texts for code, texts in t.items() if code == language)
    return filter_name(found, Names(), wanted, **known).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "given", "name"),
    [
        ("kk", {}, "Бүкіл қала"),
        ("kk", {"kinds": ("road",)}, "Бүкіл қала · жолдар"),
        ("kk", {"districts": ("medeu", "bostandyk")}, "Медеу, Бостандық"),
        ("kk", {"districts": ("medeu",)}, "Медеу ауданы"),
        ("kk", {"sectors": ("transport",)}, "Бүкіл қала · көлік және жол"),
        ("kk", {"projects": (7,)}, "Бір жоба"),
        ("kk", {"news": NEWS_KINDS}, "Бүкіл қала · барлық жаңалық"),
        ("kk", {"news": ("slipped",)}, "Бүкіл қала · кейінге шегерілген мерзімдер"),
        ("ru", {"kinds": ("school", "kindergarten")}, "Весь город · школы, детские сады"),
        ("ru", {"districts": ("medeu",), "kinds": ("park",)}, "Медеуский район · парки"),
        ("en", {"programmes": ("republic_day",)}, "Whole city · Republic Day projects"),
        ("en", {"kinds": ("atlantis",)}, "Whole city"),
    ],
)
def test_names(language: str, given: dict[str, Any], name: str) -> None:
    assert named(language, NewsFilter(**given)) == name


def test_a_point_is_home_or_what_is_near_it() -> None:
    wanted = NewsFilter(**NEAR, kinds=("school", "kindergarten"))
    assert named("kk", wanted, home=HOME) == "Үй маңы, 2 км · мектеп, балабақша"
    assert named("kk", wanted, place="Самал-2") == "Самал-2 маңы, 2 км · мектеп, балабақша"
    assert named("ru", wanted) == "Рядом с выбранным местом, 2 км · школы, детские сады"
    elsewhere = Point.of(43.3, 76.9)
    assert named("en", wanted, home=elsewhere, place="Samal-2").startswith("Near Samal-2, 2 km")


def test_a_followed_project_is_called_by_its_title() -> None:
    wanted = NewsFilter(projects=(7,), news=("completed", "slipped"))
    title = "№215 <мектеп>"
    name = filter_name(texts_for("kk"), Names(), wanted, project=title)
    assert name == "№215 &lt;мектеп&gt; · аяқталған жобалар, кейінге шегерілген мерзімдер"


def test_many_districts_are_counted() -> None:
    wanted = NewsFilter(districts=("alatau", "almaly", "auezov", "medeu", "turksib"))
    assert named("kk", wanted) == "Алатау, Алмалы, Әуезов және тағы 2"
