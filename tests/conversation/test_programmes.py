"""Programmes: the announcement, what of it is in the list, targets beside what was reached."""

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.programmes.programmes import programmes
from storage.projects.listing import listing
from storage.projects.project_filter import ProjectFilter
from tests.conversation.asking import is_title, labels, press, press_behind, say, titles

N = "\N{NO-BREAK SPACE}"


async def all_pages(who: Resident) -> str:
    """The text of the screen that is open and of the pages after it."""
    text = who.last.text
    while "▶️" in labels(who.last):
        text += (await press(who, "▶️")).text
    return text


async def open_programme(who: Resident, code: str) -> str:
    message = await say(who, "/programmes")
    await who.press_data(message, f"g:o:{code}.0.0.0")
    await who.wait_idle()
    return who.last.text


@pytest.mark.parametrize(
    ("name", "target", "reached"),
    [
        ("Айгерім", f"🎯 мақсат, 2025: 37,8{N}%", f"✅ іс жүзінде, 2025: 46,3{N}%"),
        ("Ольга", f"🎯 цель, 2025: 37,8{N}%", f"✅ факт, 2025: 46,3{N}%"),
        ("Daniel", f"🎯 target, 2025: 37.8{N}%", f"✅ reached, 2025: 46.3{N}%"),
    ],
)
async def test_the_target_stands_beside_what_was_reached(
    sandbox: Sandbox, resident: Resident, name: str, target: str, reached: str
) -> None:
    who = sandbox.resident(name)
    await open_programme(who, "region_business")
    answer = await press(who, "📊")
    lines = [line.partition(" [")[0] for line in answer.text.splitlines()]
    assert lines[lines.index(target) + 1] == reached


async def test_the_tree_names_every_programme(resident: Resident, city_store: Store) -> None:
    known = await city_store.read(programmes)
    await say(resident, "📋 Бағдарламалар")
    city = await all_pages(resident)
    await press(resident, "🗺 Алматы облысы")
    region = await all_pages(resident)
    for each in known:
        there = region if each.area == "almaty_region" else city
        assert each.names.kk[:80] in there
    assert "↳ " in region
    assert "Алматы облысы" in region.splitlines()[0]
    assert (await press(resident, "⬅️ Артқа")).text == city
    assert len(resident.messages) == 1


async def test_what_has_no_project_in_the_list_is_said_in_a_line(resident: Resident) -> None:
    city = (await say(resident, "/programmes")).text
    budget = next(line for line in city.splitlines() if "Алматы қаласы: бюджет" in line)
    assert budget.endswith(" · тізімде жобасы жоқ")
    region = (await press(resident, "🗺 Алматы облысы")).text
    said = [line for line in region.splitlines() if "әзірге жоқ" in line]
    assert said == ["Бұл бағдарламалардың жобалары тізімде әзірге жоқ."]
    assert "тізімде жобасы жоқ" not in region  # said once, not at every line
    card = await open_programme(resident, "region_enbek")
    assert "Тізімде бұл бағдарламаның жобасы әзірге жоқ." in card
    assert not any("📋 Жобалар" in label for label in labels(resident.last))


@pytest.mark.parametrize(
    ("name", "parent", "events", "people"),
    [
        (
            "Айгерім",
            "«Nur Otan» партиясының жобалары, 2019–2020",
            "3 000-ға жуық",
            f"1{N}200{N}000",
        ),
        ("Ольга", "Проекты партии «Nur Otan», 2019–2020", "около 3 000", f"1{N}200{N}000"),
        ("Daniel", "Projects of the Nur Otan party, 2019–2020", "about 3,000", "1,200,000"),
    ],
)
async def test_figures_of_four_projects_stand_on_what_holds_them(
    sandbox: Sandbox, resident: Resident, name: str, parent: str, events: str, people: str
) -> None:
    who = sandbox.resident(name)
    text = await open_programme(who, "region_party_projects")
    assert parent in text
    figures = (await press(who, "📊")).text
    assert events in figures
    assert people in figures
    parts = ("kedergisiz_keleshek", "ardagerler", "bakytty_otbasy", "zhastar_otanga")
    for part in parts:
        await who.press_data(who.last, f"g:o:region_{part}.0.0.0")
        await who.wait_idle()
        assert "📊" not in who.last.text + "".join(labels(who.last))
        assert (await press(who, "⬅️")).text.startswith(f"📋 {parent}")


async def test_what_was_announced_and_what_of_it_is_in_the_list(
    resident: Resident, city_store: Store
) -> None:
    text = await open_programme(resident, "republic_day")
    with city_store.reading() as session:
        found = listing(session, ProjectFilter(programmes=("republic_day",), area=None), limit=100)
    assert "60-тан астам жоба" in text
    assert "2025 жылғы 23 қазан" in text
    assert f"Тізімде: {found.total} жоба" in text
    answer = await press(resident, "📋 Жобалар")
    for line in titles(answer):
        assert any(is_title(line, each.titles.kk) for each in found.items)
    assert (await press_behind(resident, "⋯", "📋 Республика күні")).text == text


async def test_the_announced_numbers_are_indicators(resident: Resident) -> None:
    await open_programme(resident, "republic_day")
    answer = (await press(resident, "📊")).text
    for count in (60, 20, 32, 9, 4):
        assert f"🎯 мақсат, 2025: {count} [1]" in answer


async def test_the_participatory_budget_by_years_and_districts(resident: Resident) -> None:
    await open_programme(resident, "participatory_budget")
    answer = await press(resident, "📊")
    text = answer.text
    while "▶️" in labels(answer):
        answer = await press(resident, "▶️")
        assert len(answer.text) <= 4096
        text += answer.text
    assert f"💰 бөлінгені, 2025: 18,8{N}млрд{N}₸" in text
    assert f"💰 бөлінгені, 2024: 15,5{N}млрд{N}₸" in text
    assert "2025, Түрксіб: 32" in text
    assert "2024 жыл" in text


async def test_sub_programmes_lead_down_and_up(resident: Resident) -> None:
    text = await open_programme(resident, "region_roadmap")
    assert "Алматы облысы" in text
    assert f"2,6{N}трлн{N}₸" in text
    below = await press(resident, "Кәсіпкерлікті дамыту")
    assert below.text.startswith("📋 Кәсіпкерлікті дамыту")
    assert (await press(resident, "⬅️ Артқа")).text == text


async def test_an_unknown_programme_shows_the_known_ones(resident: Resident) -> None:
    assert (await open_programme(resident, "atlantis")).startswith("📋 Бағдарламалар")
