"""The eight districts, their counts by state and sector, and their lists."""

import re

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.places.districts import districts
from storage.projects.listing import listing
from storage.projects.project_filter import ProjectFilter
from storage.values.states import STATES
from tests.conversation.asking import are_titles, labels, press, press_behind, say, titles
from tests.conversation.counting import silent

MEDEU = ProjectFilter(districts=("medeu",), area=None)


async def test_the_eight_with_their_counts(resident: Resident, city_store: Store) -> None:
    answer = await say(resident, "/districts")
    facts = await city_store.read(districts)
    assert len(facts) == 8
    for each in facts:
        assert f"{each.names.kk}: {each.projects} ·" in answer.text
        assert f"🚧{each.by_state['building']}" in answer.text
    whole = await city_store.read(listing, ProjectFilter(), limit=1_000)
    nowhere = [each for each in whole.items if not each.districts]
    citywide = sum(each.precision == "city" for each in nowhere)
    assert 0 < citywide < len(nowhere)
    told = (
        f"Барлығы {whole.total} жоба: 8 ауданда – {whole.total - len(nowhere)}, "
        f"бүкіл қалаға ортақ – {citywide}, ауданы көрсетілмеген – {len(nowhere) - citywide}."
    )
    assert told in answer.text
    assert len(answer.buttons) == 9


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "Ольга",
            r"Всего \d+ проект\w*: 8 районов – \d+, весь город – \d+, район не назван – \d+\.",
        ),
        (
            "Daniel",
            r"\d+ projects in all: 8 districts \d+, the whole city \d+, district not stated \d+\.",
        ),
    ],
)
async def test_districts_add_up_in_each_language(
    sandbox: Sandbox, resident: Resident, name: str, told: str
) -> None:
    found = re.search(told, (await say(sandbox.resident(name), "/districts")).text)
    assert found
    whole, _, *parts = map(int, re.findall(r"\d+", found[0]))
    assert whole == sum(parts)


@pytest.mark.parametrize(
    ("name", "key", "district"),
    [
        ("Айгерім", "🏘 Аудандар", "Медеу ауданы"),
        ("Ольга", "🏘 Районы", "Медеуский район"),
        ("Daniel", "🏘 Districts", "Medeu district"),
    ],
)
async def test_from_the_keyboard_to_a_district(
    sandbox: Sandbox, resident: Resident, name: str, key: str, district: str
) -> None:
    who = sandbox.resident(name)
    assert district in (await say(who, key)).text
    assert (await press(who, district.split(maxsplit=1)[0])).text.startswith(f"🏘 {district}")
    assert len(who.messages) == 1


async def test_a_district_tells_counts_that_its_lists_have(
    resident: Resident, city_store: Store
) -> None:
    await say(resident, "/districts")
    page = (await press(resident, "Медеу")).text
    with city_store.reading() as session:
        building = listing(
            session, ProjectFilter(statuses=STATES["building"], districts=("medeu",), area=None)
        )
        social = listing(
            session, ProjectFilter(sectors=("social",), districts=("medeu",), area=None)
        )
    assert building.total
    assert social.total
    assert f"🚧 Салынып жатыр: {building.total}" in page
    assert f"🏫 Әлеуметтік сала: {social.total}" in page
    by_sector = await press_behind(resident, "🗂 Салалар", "🏫 Әлеуметтік сала")
    assert f"{social.total} жоба" in by_sector.text
    await press_behind(resident, "⋯", "🏘 Медеу ауданы")
    answer = await press(resident, "🚧 Салынып жатыр")
    assert f"{building.total} жоба" in answer.text
    assert are_titles(
        titles(answer),
        listing_titles(
            city_store, ProjectFilter(statuses=STATES["building"], districts=("medeu",))
        )[:5],
    )


def listing_titles(store: Store, filters: ProjectFilter) -> list[str]:
    """By the latest news; what is past due and for a year nobody told of comes last."""
    with store.reading() as session:
        found = listing(session, filters, order="newest", language="kk", limit=200)
    return [each.titles.kk for each in sorted(found.items, key=silent)]


async def test_the_whole_list_is_paged_through_in_place(
    resident: Resident, city_store: Store
) -> None:
    await say(resident, "/districts")
    await press(resident, "Медеу")
    answer = await press(resident, "📋 Бәрі")
    seen = titles(answer)
    assert "1/" in answer.text
    while "▶️" in labels(answer):
        answer = await press(resident, "▶️")
        assert len(titles(answer)) <= 5
        seen += titles(answer)
    expected = listing_titles(city_store, MEDEU)
    assert are_titles(seen, expected)
    assert len(resident.messages) == 1
    back = await press(resident, "◀️")
    assert len(titles(back)) == 5


async def test_the_way_back_leads_to_the_district_and_to_the_eight(resident: Resident) -> None:
    await say(resident, "/districts")
    await press(resident, "Медеу")
    await press(resident, "📋 Бәрі")
    back = await press_behind(resident, "⋯", "🏘 Медеу ауданы")
    assert back.text.startswith("🏘 Медеу ауданы")
    assert (await press(resident, "⬅️ Аудандар")).text.startswith("🏘 Алматы аудандары")
    whole = await press(resident, "🏙 Бүкіл қала")
    assert whole.text.startswith("🏙 Бүкіл қала")
    back = await press_behind(resident, "⋯", "🏘 Аудандар")
    assert back.text.startswith("🏘 Алматы аудандары")


async def test_what_opens_behind_a_key_keeps_the_page_and_the_filter(resident: Resident) -> None:
    await say(resident, "/districts")
    await press(resident, "🏙 Бүкіл қала")
    await press_behind(resident, "🎛", "🗂 Сала")
    await press(resident, "🏫 Әлеуметтік сала")
    second = await press(resident, "▶️")
    for key in ("✓ 🎛 Сүзгі", "⋯"):
        opened = await press(resident, key)
        assert opened.text == second.text
        assert "▶️" not in labels(opened)
        assert (await press(resident, "⬅️ Артқа")).raw == second.raw


async def test_menus_narrow_a_list(resident: Resident) -> None:
    await say(resident, "/districts")
    await press(resident, "🏙 Бүкіл қала")
    await press_behind(resident, "🎛 Сүзгі", "🗂 Сала")
    answer = await press(resident, "🏠 Тұрғын үй құрылысы")
    assert "🏠 Тұрғын үй құрылысы" in answer.text
    await press_behind(resident, "✓ 🎛 Сүзгі", "🚦 Күйі")
    answer = await press(resident, "❌ Бас тартылды")
    assert "🏠 Тұрғын үй құрылысы · ❌ Бас тартылды" in answer.text
    assert "Тізімде мұндай жоба жоқ." in answer.text


async def test_a_page_that_no_longer_exists_is_the_last(resident: Resident) -> None:
    message = await say(resident, "/districts")
    await resident.press_data(message, "d:l:medeu.0.0.900")
    await resident.wait_idle()
    assert titles(resident.last)
    assert "◀️" in labels(resident.last)
    await resident.press_data(message, "d:l:medeu.6.4.900")  # nothing at all
    await resident.wait_idle()
    assert "Тізімде мұндай жоба жоқ." in resident.last.text


async def test_an_unknown_district_shows_the_known_ones(resident: Resident) -> None:
    message = await say(resident, "/districts")
    await resident.press_data(message, "d:o:atlantis.0.0.0")
    await resident.wait_idle()
    assert resident.last.text.startswith("🏘 Алматы аудандары")
