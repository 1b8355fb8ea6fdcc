"""Projects by their names, whatever else the words of a name may mean."""

import pytest

from handlers.understanding.question import Question
from tests.handlers.understanding.conftest import Ask, Shipped


@pytest.mark.parametrize(
    ("text", "project"),
    [
        ("№220 мектепті кім салды?", "school-220"),
        ("кто строил 220 школу", "school-220"),
        ("kto stroil shkolu 220", "school-220"),
        ("220 школаның мердігері кім", "school-220"),
        ("«Парасат» оңалту орталығы қашан ашылады?", "rehabilitation-parasat"),
        ("когда закончат озеро Сайран?", "lake-sairan"),
        ("Сколько стоит реконструкция Парка Первого Президента?", "park-first-president"),
        ("When will Mayak Grove be finished?", "park-mayak-grove"),
    ],
)
def test_one_project_is_named(ask: Ask, shipped: Shipped, text: str, project: str) -> None:
    question = ask(text)
    assert question.projects == (shipped[1][project],), question


@pytest.mark.parametrize(
    "text",
    [
        "«Самолет» саябағы қашан ашылады?",
        "Сколько стоит мост на улице Розовых фонарей?",
        "When does the Silver Lake monorail open?",
        "сколько стоит аквапарк в турксибе",
        "Күміс бұлақ шағынауданындағы аурухана қашан бітеді?",
    ],
)
def test_an_unknown_name_is_not_guessed(ask: Ask, text: str) -> None:
    assert ask(text).intent == "unclear"


def test_a_number_kept_from_before_still_names_its_project(ask: Ask, shipped: Shipped) -> None:
    previous = Question("when", "ru", kinds=("school",), number=220)
    question = ask("а кто подрядчик?", previous, person="ru")
    assert (question.intent, question.projects) == ("who", (shipped[1]["school-220"],))


def test_what_it_costs_is_one_project_s_cost(ask: Ask, shipped: Shipped) -> None:
    previous = Question("when", "en", kinds=("school",), projects=(shipped[1]["school-220"],))
    assert ask("and how much does it cost?", previous, person="en").intent == "cost"


def test_the_word_of_many_titles_names_none(ask: Ask) -> None:
    assert ask("Сколько стоят новые школы?", person="ru").projects == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("реконструкция аль-фараби", "Проспект Аль-Фараби"),
        ("ремонт толе би", "Улица Толе би"),
        ("благоустройство абая", "Проспект Абая"),
        ("освещение жас канат", "Жас Канат"),
        ("строительство шугыла", "Шугыла"),
        ("аққент жөндеу", "Аккент"),
        ("төле би күрделі жөндеу", "Улица Толе би"),
        ("mega mall reconstruction", "ТРЦ «Мега»"),
    ],
)
def test_a_place_named_in_small_letters_beside_a_word_of_works(
    ask: Ask, text: str, place: str
) -> None:
    question = ask(text)
    assert question.place is not None, question
    assert (question.intent, question.place.ru, question.leftover) == ("list", place, ())


@pytest.mark.parametrize("text", ["школа мирас", "керемет бот", "реконструкция серебряного озера"])
def test_without_works_or_with_another_word_it_is_no_place(ask: Ask, text: str) -> None:
    assert ask(text).place is None
