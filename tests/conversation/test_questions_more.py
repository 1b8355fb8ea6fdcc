"""Sizes, promises, programmes' own sums, «it» and «the one in …»: what people ask next."""

import pytest

from bot.sandbox.resident import Resident
from handlers.frame.dates import when
from handlers.frame.texts import texts_for
from storage.database.store import Store
from storage.projects.summary import Listed
from storage.search import gazetteer
from tests.conversation.asking import say, titles, whole
from tests.conversation.counting import everything, overdue


@pytest.fixture
def projects(city_store: Store) -> tuple[Listed, ...]:
    return everything(city_store)


async def test_how_many_seats_a_school_has(olga: Resident, resident: Resident) -> None:
    answer = await say(olga, "на сколько мест школа 220?")
    assert "📐 Масштаб:" in answer.text
    assert answer.text.splitlines()[0].startswith("Понял: какого размера")
    answer = await say(resident, "220 мектеп неше орындық?")
    assert "Түсіндім: ауқымы қандай" in answer.text


async def test_it_is_the_one_project_that_was_shown(
    olga: Resident, projects: tuple[Listed, ...]
) -> None:
    school = next(each for each in projects if each.key == "school-220")
    title = school.titles.ru
    assert title in (await say(olga, "когда открыли школу 220?")).text
    for text in ("а кто её строил?", "сколько она стоит?", "где она находится?"):
        assert title in (await say(olga, text)).text


async def test_which_due_dates_moved(daniel: Resident, projects: tuple[Listed, ...]) -> None:
    t = texts_for("en")
    moved = [
        each
        for each in projects
        if each.first_due_on and each.due_on and each.first_due_on != each.due_on
    ]
    answer = await say(daniel, "which projects had their deadline moved?")
    assert "  " not in answer.text
    assert str(len([each for each in moved if each.titles])) in answer.text
    first = next(each for each in moved if each.titles.shown("en") in answer.text)
    assert first.first_due_on is not None
    assert first.due_on is not None
    assert f"{when(t, first.first_due_on)} → {when(t, first.due_on)}" in answer.text


async def test_a_programme_s_own_sums_are_told(resident: Resident, olga: Resident) -> None:
    answer = await say(olga, "сколько всего выделили на бюджет народного участия в 2020 году?")
    assert "6,4 млрд ₸" in answer.text.replace("\u00a0", " ")
    assert "предел" not in answer.text
    answer = await say(resident, "Халық қатысатын бюджетке 2025 жылы қанша ақша бөлінді?")
    assert "18,8 млрд ₸" in answer.text.replace("\u00a0", " ")


async def test_which_district_has_most_that_is_overdue(
    olga: Resident, projects: tuple[Listed, ...]
) -> None:
    answer = await say(olga, "в каком районе больше всего просроченных объектов?")
    assert "просрочено" in answer.text.splitlines()[0]
    late = [each for each in projects if overdue(each) and "nauryzbay" in each.districts]
    assert f"Наурызбайский район: {len(late)} " in answer.text


async def test_the_one_in_a_place_is_picked_from_the_list(olga: Resident) -> None:
    listed = await say(olga, "какие школы строятся в Алатауском районе?")
    assert len(titles(listed)) > 1
    answer = await say(olga, "а когда откроют ту, что в Зердели?")
    assert "Зердели" in answer.text
    assert answer.text.splitlines()[0].startswith("Понял: когда")


async def test_help_says_how_to_ask(daniel: Resident, resident: Resident) -> None:
    text = await whole(daniel, "/help")
    assert "Ask in your own words" in text
    assert "being built: in progress or at the final stage" in text
    assert "өз сөзіңізбен сұраңыз" in (await say(resident, "/help")).text


async def test_a_number_is_found_where_names_are_not_held(
    olga: Resident, monkeypatch: pytest.MonkeyPatch, projects: tuple[Listed, ...]
) -> None:
    monkeypatch.setattr(gazetteer, "MOST_PROJECTS", 10)
    school = next(each for each in projects if each.key == "school-220")
    assert school.titles.ru in (await say(olga, "когда открыли школу 220?")).text
    assert "В списке нет школы №999" in (await say(olga, "когда откроют школу 999?")).text
