"""Near me, by a location, a live location, a venue, a typed place, and from home."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from storage.database.store import Store
from storage.geo.points import Point
from storage.imports import load_shipped
from storage.nearby import within as nearby
from storage.people import people
from storage.projects.project_filter import ProjectFilter
from storage.values.states import STATES
from tests.conversation.asking import (
    are_titles,
    at,
    button_of,
    labels,
    press,
    press_behind,
    say,
    titles,
)
from tests.conversation.clock import Clock
from tests.conversation.conftest import serving
from tests.conversation.counting import silent

CENTRE = (43.2567, 76.9286)
SHUGYLA = (43.2172, 76.7863)  # in Nauryzbay
ASTANA = (51.1283, 71.4305)
N = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("name", "about", "within"),
    [
        ("Айгерім", "Шамасы, Наурызбай ауданы", f"2{N}км төңірегінде"),
        ("Ольга", "Ориентировочно: Наурызбайский район", f"в радиусе 2{N}км"),
        ("Daniel", "Roughly: Nauryzbay district", f"within 2{N}km"),
    ],
)
async def test_a_location_in_nauryzbay(
    sandbox: Sandbox, resident: Resident, name: str, about: str, within: str
) -> None:
    answer = await at(sandbox.resident(name), *SHUGYLA)
    assert about in answer.text
    assert within in answer.text
    assert len(titles(answer)) == 5


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("Айгерім", "Шамасы, Алмалы ауданы"),
        ("Ольга", "Ориентировочно: Алмалинский район"),
        ("Daniel", "Roughly: Almaly district"),
    ],
)
async def test_a_location_in_the_centre(
    sandbox: Sandbox, resident: Resident, name: str, about: str
) -> None:
    answer = await at(sandbox.resident(name), *CENTRE)
    assert about in answer.text
    assert 1 <= len(titles(answer)) <= 5


async def test_pages_show_every_project_by_distance_then_those_without_a_point(
    resident: Resident, city_store: Store
) -> None:
    """The alive ones; what is past due and for a year nobody told of comes after all of them."""
    point = Point.of(*SHUGYLA)
    with city_store.reading() as session:
        placed = nearby.nearby(session, point, 2000, limit=100)
        pointless = nearby.without_point(session, ("nauryzbay",), limit=100)
    everything = [*placed.items, *pointless.items]
    expected = [each.titles.kk for each in sorted(everything, key=silent)]  # which is stable
    alive = sum(not silent(each) for each in pointless.items)
    assert placed.total >= 5
    assert pointless.total >= 5

    answer = await at(resident, *SHUGYLA)
    seen, told = titles(answer), answer.text
    while "▶️" in labels(answer):
        assert answer.text.count("нақты орны белгісіз") <= 1
        answer = await press(resident, "▶️")
        seen, told = seen + titles(answer), told + answer.text
    assert len(resident.messages) == 1  # in place
    assert are_titles(seen, expected)
    assert f"Наурызбай ауданы, нақты орны белгісіз ({alive}):" in told


async def test_filters_narrow_in_place_and_the_radius_widens(
    resident: Resident, city_store: Store
) -> None:
    await at(resident, *SHUGYLA)
    assert "Қай саланы көрсетейін?" in (await press_behind(resident, "🎛", "🗂 Сала")).text
    await press(resident, "🏫 Әлеуметтік сала")
    await press_behind(resident, "✓ 🎛", "🚦 Күйі")
    await press(resident, "✅ Аяқталды")
    answer = await press_behind(resident, "✓ 🎛", f"10{N}км")
    filters = ProjectFilter(sectors=("social",), statuses=STATES["completed"])
    with city_store.reading() as session:
        total = nearby.nearby(session, Point.of(*SHUGYLA), 10_000, filters).total
    assert "🏫 Әлеуметтік сала · ✅ Аяқталды" in answer.text
    assert f"10{N}км төңірегінде {total} жоба" in answer.text
    assert f"✓ 10{N}км" in labels(await press(resident, "✓ 🎛"))
    assert len(resident.messages) == 1


async def test_a_page_that_no_longer_exists_is_the_last(resident: Resident) -> None:
    message = await at(resident, *SHUGYLA)
    data = button_of(message, "▶️").callback_data or ""
    await resident.press_data(message, data.removesuffix("1") + "900")
    await resident.wait_idle()
    assert titles(resident.last)
    assert "▶️" not in labels(resident.last)


async def test_a_small_radius_without_projects_says_so(resident: Resident) -> None:
    await at(resident, 43.2389, 76.9455)
    answer = await press_behind(resident, "🎛", f"200{N}м")
    assert f"200{N}м төңірегінде ештеңе табылмады" in answer.text


async def test_where_nothing_is_in_ones_radius_a_wider_one_is_shown(resident: Resident) -> None:
    answer = await at(resident, 43.1956, 76.9293)  # Yermensay
    assert f"2{N}км төңірегінде ештеңе табылмады\n5{N}км төңірегінде" in answer.text
    assert f"📍{N}≈2,4{N}км" in answer.text
    again = await press_behind(resident, "🎛", f"2{N}км")  # who asks for a radius gets it
    assert f"2{N}км төңірегінде ештеңе табылмады" in again.text
    assert f"5{N}км" not in again.text


async def test_a_long_page_of_what_is_near_keeps_how_far_it_is(resident: Resident) -> None:
    answer = await at(resident, 43.2737, 76.812)  # Gazhaiyp: three with a point, then others
    placed = answer.text.partition("нақты орны белгісіз")[0]
    assert len(re.findall(r"^\d\. ", placed, re.MULTILINE)) == placed.count(f"📍{N}") == 3


async def test_outside_almaty_the_districts_are_offered(resident: Resident) -> None:
    answer = await at(resident, *ASTANA)
    assert "Мен тек Алматының жобаларын білемін." in answer.text
    assert len(answer.buttons) == 8
    assert "Медеу ауданы" in (await press(resident, "Медеу")).text


async def test_a_live_location_is_answered_once(resident: Resident) -> None:
    sent = await resident.send_location(*SHUGYLA, live_period=900)
    await resident.wait_idle()
    await resident.move(sent, *CENTRE)
    await resident.wait_idle()
    assert [message.text.splitlines()[0] for message in resident.messages] == ["📍 Шұғыла маңы"]


async def test_a_venue_is_a_place_too(resident: Resident) -> None:
    await resident.send_venue(*SHUGYLA, "Мектеп", "Шұғыла")
    await resident.wait_idle()
    assert "Шамасы, Наурызбай ауданы" in resident.last.text
    assert len(resident.messages) == 1


async def test_near_without_a_home_asks_and_offers_the_key(resident: Resident) -> None:
    answer = await say(resident, "/near")
    assert "Қай жерді қарайын?" in answer.text
    assert any(key.request_location for row in resident.keys for key in row)
    await resident.press_key("📍 Маңайымда", SHUGYLA)
    await resident.wait_idle()
    assert "📍 Шұғыла маңы" in resident.last.text


async def test_near_with_a_place(resident: Resident, olga: Resident) -> None:
    assert "Калкаман" in (await say(olga, "/near Калкаман")).text.splitlines()[0]
    assert "Маңайымда" not in labels(await say(resident, "Маңайымда"))
    assert "Қай жерді қарайын?" in resident.last.text


async def test_home_is_saved_rounded_used_and_forgotten(
    resident: Resident, city_store: Store
) -> None:
    await at(resident, 43.21739, 76.78612)
    saved = await press_behind(resident, "⋯", "🏠 Үйім деп сақтау")
    assert saved.text.startswith("🏠 Үй маңы")
    told = resident.answers[-1].text
    assert told == "Сақталды. Үйіңізді шамамен 100 м дәлдікпен ғана сақтаймын."
    person = await city_store.read(people.person, resident.id)
    assert person is not None
    assert person.home == Point.of(43.217, 76.786)

    assert (await say(resident, "/near")).text.startswith("🏠 Үй маңы")
    forgotten = await press_behind(resident, "⋯", "🗑 Үйді өшіру")
    assert not forgotten.text.startswith("🏠 Үй маңы")
    assert "🏠 Үйім деп сақтау" in labels(await press(resident, "⋯"))
    assert "Қай жерді қарайын?" in (await say(resident, "/near")).text


async def test_the_radius_of_the_settings_is_used_first(
    resident: Resident, city_store: Store, clock: Clock
) -> None:
    await city_store.write(people.set_radius, resident.id, 5000, clock())
    assert f"5{N}км төңірегінде" in (await at(resident, *SHUGYLA)).text
    assert f"✓ 5{N}км" in labels(await press(resident, "🎛"))


async def test_in_a_group_no_home_is_kept(sandbox: Sandbox, resident: Resident, qala: Qala) -> None:
    group = sandbox.group
    await resident.send(f"/near@{qala.bot.username} Шұғыла", chat=group)
    await resident.wait_idle()
    answer = resident.history(group)[-1]
    assert "📍 Шұғыла маңы" in answer.text
    assert "⋯" not in labels(answer)  # nothing stands behind it
    near = button_of(answer, "🎛").callback_data or ""
    await resident.press_data(answer, near.replace("n:y:", "n:h:"))
    await resident.wait_idle()
    assert "Үй маңы" not in resident.history(group)[-1].text


async def test_a_group_is_asked_without_the_key(
    sandbox: Sandbox, resident: Resident, qala: Qala
) -> None:
    await resident.send(f"/near@{qala.bot.username}", chat=sandbox.group)
    await resident.wait_idle()
    assert "/near Қалқаман" in resident.history(sandbox.group)[-1].text


@pytest.fixture
async def shipped_store(store: Store, clock: Clock) -> AsyncIterator[Store]:
    """The shipped data set, once on each engine."""
    assert load_shipped(store, clock).exit_code == 0
    yield store
    await store.aclose()


async def test_the_same_answers_on_both_engines(
    sandbox: Sandbox, shipped_store: Store, clock: Clock
) -> None:
    async with serving(sandbox, shipped_store, clock):
        daniel = sandbox.resident("Daniel")
        assert len(titles(await at(daniel, *SHUGYLA))) == 5
        saved = await press_behind(daniel, "⋯", "🏠 Save as home")
        assert saved.text.startswith("🏠 Near home")
        await press(daniel, "1")
        assert "Timeline" in (await press(daniel, "🔽")).text
        assert len(titles(await say(daniel, "school"))) == 5
        assert "known for" in (await say(daniel, "/budget")).text
        assert "late" in (await press_all(daniel, "/news", "⏰")).text
        assert "Medeu district" in (await press_all(daniel, "/districts", "Medeu")).text
        assert "🎯" in (await press_all(daniel, "/programmes", "1", "📊")).text


async def press_all(who: Resident, command: str, *buttons: str) -> Message:
    await say(who, command)
    for button in buttons:
        await press(who, button)
    return who.last


async def test_an_empty_store_says_so(sandbox: Sandbox, sqlite_store: Store, clock: Clock) -> None:
    async with serving(sandbox, sqlite_store, clock):
        resident = sandbox.resident("Айгерім")
        for ask in ("/near", "/districts", "/budget", "/news", "/programmes", "мектеп"):
            assert "әлі жүктелмеген" in (await say(resident, ask)).text
        assert "әлі жүктелмеген" in (await at(resident, *SHUGYLA)).text
