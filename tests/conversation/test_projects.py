"""A card: opened from a list or a link, its history, sources, map, and the way back."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import escape

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from handlers.frame.phone import lines_taken
from storage.database.store import Store
from storage.imports import ImportOptions, check_and_import
from storage.projects.listing import by_key
from tests.conversation.asking import (
    at,
    button_of,
    is_title,
    labels,
    press,
    press_behind,
    say,
    titles,
)
from tests.conversation.clock import Clock
from tests.conversation.conftest import serving

SHUGYLA = (43.2172, 76.7863)


async def open_by_key(who: Resident, key: str) -> str:
    await who.start(f"p_{key}")
    await who.wait_idle()
    return who.last.text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "Айгерім",
            [
                "Алғашқы уәде: 2024 жыл (берілген уақыты: 2023 жылғы ақпан)",
                "Алғашқы уәдеден 334 күн кеш",
                "• 2023 жылғы ақпан: мерзімі: 2024 жыл",
                "мерзімі: 2025 жылғы 25 қазан (+298 күн)",
                "✅ аяқталды: 2025 жылғы қараша",
                "💰 Дереккөздерде сома айтылмаған",
            ],
        ),
        (
            "Ольга",
            [
                "Первое обещание: 2024 год (дано: февраль 2023)",
                "На 334 дня позже первого обещания",
                "• Февраль 2023: срок: 2024 год",
                "срок: 25 октября 2025 (+298 дней)",
                "✅ завершено: ноябрь 2025",
                "💰 Суммы источники не называют",
            ],
        ),
        (
            "Daniel",
            [
                "First promise: 2024 (given: February 2023)",
                "334 days later than first promised",
                "• February 2023: due 2024",
                "due 25 October 2025 (+298 days)",
                "✅ completed: November 2025",
                "💰 No source names a sum",
            ],
        ),
    ],
)
async def test_promised_slipped_opened(
    sandbox: Sandbox, resident: Resident, name: str, told: list[str]
) -> None:
    who = sandbox.resident(name)
    card = await open_by_key(who, "square-nazarbayev-gandhi")
    more = (await press(who, "🔽")).text
    assert len(who.messages) == 2  # the greeting, and the card with more in its place
    for each in told:
        assert (each in more) if re.search("•|[(][+]|✅", each) else (each in card), each
    assert (await press(who, "🔼")).text == card


async def test_a_link_by_the_store_s_number_opens_the_same_card(
    resident: Resident, city_store: Store
) -> None:
    number = await city_store.read(by_key, "square-nazarbayev-gandhi")
    assert await open_by_key(resident, str(number)) == await open_by_key(
        resident, "square-nazarbayev-gandhi"
    )
    assert button_of(resident.last, "☰ Мәзір").callback_data == "m:"


async def test_the_shared_link_opens_the_card(resident: Resident, qala: Qala) -> None:
    text = await open_by_key(resident, "square-nazarbayev-gandhi")
    url = button_of(resident.last, "↗️ Бөлісу").url or ""
    link = parse_qs(urlsplit(url).query)["url"][0]
    assert link.startswith(f"https://t.me/{qala.bot.username}?start=")
    await resident.start(link.partition("start=")[2])
    await resident.wait_idle()
    assert resident.last.text == text


async def test_from_the_list_to_the_card_and_back_in_place(resident: Resident) -> None:
    await at(resident, *SHUGYLA)
    listed = await press(resident, "▶️")
    card = await press(resident, "2")
    assert is_title(titles(listed)[1], card.text.splitlines()[0].split(" ", 1)[1])
    assert (await press(resident, "⬅️ Тізімге")).text == listed.text
    assert len(resident.messages) == 1


async def test_history_and_sources_come_back_to_the_card_and_the_list(resident: Resident) -> None:
    listed = await say(resident, "/search сквер Ганди")
    card = await press(resident, "1")
    more = await press(resident, "🔽 Толығырақ")
    history = await press(resident, "🕓 Тарихы")
    assert "97%-ы дайын" in history.text
    assert (await press(resident, "⬅️ Жоба бетіне")).text == more.text
    sources = await press(resident, "📚 Дереккөздер")
    assert sources.text.count(" – 2025 жылғы ") == 5
    links = [entity["url"] for entity in sources.entities if entity["type"] == "text_link"]
    assert "https://vlast.kz/novosti/67124" in " ".join(links)
    await press(resident, "⬅️ Жоба бетіне")
    assert (await press(resident, "🔼 Қысқаша")).text == card.text
    assert (await press(resident, "⬅️ Тізімге")).text == listed.text


async def test_every_fact_is_linked_to_its_source(resident: Resident) -> None:
    await open_by_key(resident, "square-nazarbayev-gandhi")
    numbers = 0
    for screen in (resident.last, await press(resident, "🔽")):
        for line in screen.text.splitlines():
            if line.startswith(("📅", "📐", "📋", "•")):
                assert line.endswith("]"), line
        numbers += sum(entity["type"] == "text_link" for entity in screen.entities)
    assert numbers >= 8


async def test_the_map_sends_a_venue_that_says_how_exact_it_is(resident: Resident) -> None:
    listed = await at(resident, *SHUGYLA)
    title = (await press(resident, "1")).text.splitlines()[0].split(" ", 1)[1]
    assert is_title(titles(listed)[0], title)
    venue = (await press(resident, "🗺 Картада")).venue
    assert venue is not None
    assert venue.title == title
    assert "нүкте – осы маңның ортасы, нақты орны емес" in venue.address
    assert (venue.location.latitude, venue.location.longitude) == SHUGYLA
    assert len(resident.messages) == 2  # the card stays


async def test_a_place_nobody_knows_has_no_map(resident: Resident, city_store: Store) -> None:
    await open_by_key(resident, "water-intake-barlyk")
    assert "🗺 Картада" not in labels(resident.last)
    number = await city_store.read(by_key, "water-intake-barlyk")
    query = await resident.press_data(resident.last, f"p:{number}m:m:")
    assert (await resident.answer_to(query)).text == "нақты орны белгісіз"


async def test_a_project_that_is_gone_says_so(resident: Resident) -> None:
    message = await say(resident, "/districts")
    await resident.press_data(message, "p:999999999:d:l:medeu.0.0.0")
    await resident.wait_idle()
    assert resident.last.text == "Бұл жоба енді тізімде жоқ."
    assert "Медеу ауданы" in (await press(resident, "⬅️ Тізімге")).text


async def test_every_card_of_the_city_can_be_opened(resident: Resident, city_store: Store) -> None:
    message = await say(resident, "/districts")
    with city_store.reading() as session:
        numbers = [by_key(session, key) for key in SAMPLE]
    for number in numbers:
        await resident.press_data(message, f"p:{number}:m:")
        await resident.wait_idle()
        assert lines_taken(str(escape(resident.last.text))) <= 20
        assert "↗️ Бөлісу" in labels(resident.last)


OWN = {
    "districts.csv": "slug,name_kk,name_ru,name_en,area\nkarasai,Қарасай ауданы,,,almaty_region\n",
    "programmes.csv": "code,name_ru,summary_ru\nown_roads,Свои дороги,Пять дорог.\n",
    "projects.csv": (
        "id,title_ru,district,area,programme,planned_kzt,contractor\n"
        'own-1,"Дорога <b>& мост",karasai,almaty_region,own_roads,5,"<i>ТОО"\n'
    ),
}


async def test_names_that_only_the_store_knows(
    sandbox: Sandbox, sqlite_store: Store, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    for name, text in OWN.items():
        (folder / name).write_text(text, encoding="utf-8")
    report = check_and_import(sqlite_store, folder, options=ImportOptions(), clock=clock)
    assert report.exit_code == 0, report.problems
    async with serving(sandbox, sqlite_store, clock):
        resident = sandbox.resident("Айгерім")
        card = await open_by_key(resident, "own-1")
        assert "Дорога <b>& мост" in card  # as text, not as markup
        assert "📍 Қарасай ауданы" in card
        more = (await press(resident, "🔽")).text
        assert "📋 Бағдарлама: Свои дороги" in more
        assert "👷 Мердігер: <i>ТОО" in more
        await say(resident, "/search мост")
        assert "Қарасай" in resident.last.text
        await resident.press_data(resident.last, "g:l:own_roads.0.0.0")
        await resident.wait_idle()
        assert resident.last.text.startswith("📋 Свои дороги\n1 жоба")
        await press_behind(resident, "⋯", "📋 Свои дороги")
        assert "Пять дорог." in resident.last.text


SAMPLE = ("lake-sairan", "park-baum-grove", "school-nurly-dala", "sewer-western-collector")
