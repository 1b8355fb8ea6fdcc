"""A question about a figure is answered with one: the newest, with its day and who said it."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from handlers.frame.dates import when
from handlers.frame.texts import texts_for
from storage.values.partial_dates import parse_partial
from storage.words.languages import Language
from tests.conversation.asking import button_of, labels, press, say
from tests.storage.datasets import dataset

REGION = "region_"
OLDER = "🕰"


@pytest.fixture
def everybody(resident: Resident, olga: Resident, daniel: Resident) -> dict[str, Resident]:
    return {"kk": resident, "ru": olga, "en": daniel}


def rows(
    code: str, also: Callable[[dict[str, str]], bool] = lambda _: True
) -> list[dict[str, str]]:
    """The figures of an indicator of the whole city, the newest last."""
    found = [
        row
        for row in dataset.INDICATORS
        if row["code"] == code and not row["district"] and also(row)
    ]
    return sorted(found, key=lambda row: (row["year"], _last(row["stated_on"])))


def _last(day: str) -> date:
    return parse_partial(day).last if day else date.min


def of_the_city(row: dict[str, str]) -> bool:
    return not row["programme"].startswith(REGION)


def digits(text: str) -> str:
    return re.sub(r"(?<=\d)[\s,\u00a0\u202f](?=\d)", "", text)


def says_one(answer: Message, value: str, language: Language, row: dict[str, str]) -> None:
    """One figure stands there, with the day and the source of its row."""
    t = texts_for(language)
    assert value in digits(answer.text) or value in answer.text, answer.text
    assert answer.text.count("[1]") == 2, answer.text
    assert "[2]" not in answer.text
    if row["stated_on"]:
        assert when(t, parse_partial(row["stated_on"])) in answer.text
    assert row["source_title"][:20] in answer.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How many live in Almaty?"),
        ("en", "what's the population of almaty"),
        ("ru", "сколько жителей в алматы"),
        ("ru", "население города"),
        ("kk", "Алматыда қанша адам тұрады?"),
        ("kk", "алматы халқының саны"),
    ],
)
async def test_how_many_live_in_almaty(
    everybody: dict[str, Resident], language: Language, text: str
) -> None:
    newest = rows("population", of_the_city)[-1]
    answer = await say(everybody[language], text)
    says_one(answer, newest["value"], language, newest)
    for other in rows("population"):
        if other["value"] != newest["value"]:
            assert other["value"] not in digits(answer.text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "сколько человек живёт в Алматинской области?"),
        ("kk", "Алматы облысында қанша адам тұрады?"),
        ("en", "population of Almaty region"),
    ],
)
async def test_the_region_has_its_own(
    everybody: dict[str, Resident], language: Language, text: str
) -> None:
    newest = rows("population", lambda row: not of_the_city(row))[-1]
    says_one(await say(everybody[language], text), newest["value"], language, newest)


@pytest.mark.parametrize(
    ("language", "text", "code", "value"),
    [
        ("ru", "какой предел у проекта бюджета народного участия?", "max_project_cost", "92,3"),
        ("kk", "халық қатысатын бюджет жобасының шегі қанша", "max_project_cost", "92,3"),
        ("en", "limit of the participatory budget", "max_project_cost", "92.3"),
        ("ru", "какой бюджет у города?", "budget_total", "2,8"),
        ("kk", "қала бюджеті қанша?", "budget_total", "2,8"),
        ("en", "what is the city budget?", "budget_total", "2.8"),
        ("ru", "сколько человек проголосовало за проекты жителей?", "voters", "163582"),
    ],
)
async def test_other_figures_are_one_too(
    everybody: dict[str, Resident], language: Language, text: str, code: str, value: str
) -> None:
    answer = await say(everybody[language], text)
    if code:
        says_one(answer, value, language, rows(code)[-1])


async def test_older_ones_and_other_areas_stand_behind_a_button(
    olga: Resident, daniel: Resident
) -> None:
    answer = await say(olga, "сколько жителей в алматы")
    others = len(rows("population")) - 1
    assert button_of(answer, OLDER).text.endswith(f": {others}")
    told = (await press(olga, OLDER)).text
    assert told.index("2 280 296".replace(" ", "\u00a0")) < told.index("Алматинская область")
    while "▶️" in labels(olga.last):
        told += (await press(olga, "▶️")).text
    for row in rows("population"):
        assert row["value"] in digits(told)
    alone = await say(daniel, "how big is the city budget?")
    assert OLDER not in "".join(labels(alone))


async def test_a_year_and_years_that_are_named(olga: Resident) -> None:
    then = next(row for row in rows("population", of_the_city) if row["year"] == "2021")
    answer = await say(olga, "сколько жителей было в Алматы в 2021 году?")
    says_one(answer, then["value"], "ru", then)
    several = digits((await say(olga, "население Алматы с 2020 по 2023 год")).text)
    for row in rows("population", of_the_city):
        assert (row["value"] in several) == ("2020" <= row["year"] <= "2023")


async def test_a_district_without_a_figure_says_so_and_offers_the_city(olga: Resident) -> None:
    answer = await say(olga, "сколько человек живёт в Медеуском районе?")
    assert "Неизвестно" in answer.text
    newest = rows("population", of_the_city)[-1]
    says_one(await press(olga, "🏙 Все районы"), newest["value"], "ru", newest)


async def test_what_a_programme_was_given_is_the_whole_of_the_newest_year(olga: Resident) -> None:
    answer = await say(olga, "сколько выделили на бюджет народного участия?")
    newest = rows("total_amount")[-1]
    says_one(answer, "18,8", "ru", newest)
    assert "на один район" not in answer.text
