"""/start, the keyboard, the menu, and links that lead here."""

import re
import sqlite3
from contextlib import closing

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from handlers.frame.dates import when
from handlers.frame.texts import texts_for
from storage.database.store import Store
from storage.geo.points import Point
from storage.nearby import within
from storage.news import recent
from storage.people import people
from storage.projects import listing
from storage.projects.about import about
from storage.projects.project_filter import CITY, ProjectFilter
from tests.conversation.asking import is_title, labels, press, say, whole
from tests.conversation.clock import BEGIN, Clock
from tests.conversation.conftest import serving

SHUGYLA = Point.of(43.2172, 76.7863)


async def test_start_greets_by_name_in_the_language_of_telegram(
    resident: Resident, olga: Resident, daniel: Resident
) -> None:
    await resident.start()
    assert "Сәлеметсіз бе, Айгерім!" in (await resident.next_message()).text
    await olga.start()
    assert "Здравствуйте, Ольга!" in (await olga.next_message()).text
    await daniel.start()
    assert "Hello, Daniel!" in (await daniel.next_message()).text


async def test_start_shows_four_keys_and_asks_nothing(resident: Resident) -> None:
    await resident.start()
    greeting = await resident.next_message()
    assert [[key.text for key in row] for row in resident.keys] == [
        ["📍 Маңайымда", "🆕 Не жаңалық"],
        ["🔔 Жазылымдар", "☰ Тағы"],
    ]
    assert [key.text for row in resident.keys for key in row if key.request_location] == [
        "📍 Маңайымда"
    ]
    assert greeting.keyboard == []
    assert "?" not in greeting.text
    assert "/language" not in greeting.text  # her language is known


async def test_three_real_projects_are_offered_with_the_day_of_the_data(
    olga: Resident, city_store: Store
) -> None:
    greeting, offered = await started(olga)
    assert len(re.findall(r"[.!?](?=\s|$)", greeting.text)) == 2  # the hello and one sentence
    with city_store.reading() as session:
        until = about(session).data_until
        assert f"📅 Данные по {when(texts_for('ru'), until)}." in offered.text
        done = recent.completed_within(session, BEGIN.date(), 365, CITY, limit=3)
    assert len(offered.button_texts) == 3
    for label, project in zip(offered.button_texts, done.items, strict=True):
        assert is_title(f"1. {label}", project.titles.ru)
    for label, project in zip(offered.button_texts, done.items, strict=True):
        await olga.press(label, offered)
        await olga.wait_idle()
        assert project.titles.ru in olga.last.text
        await press(olga, "☰ Меню")
        await started(olga)
        offered = olga.last


async def test_at_home_the_nearest_are_offered(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    home = await city_store.write(people.save_home, daniel.id, SHUGYLA, clock())
    _, offered = await started(daniel)
    assert "Near your home, for example:" in offered.text
    with city_store.reading() as session:
        nearest = within.nearby(session, home, 10_000, CITY, today=clock().date(), limit=3)
    for label, project in zip(offered.button_texts, nearest.items, strict=True):
        assert is_title(f"1. {label}", project.titles.en)


async def started(who: Resident) -> tuple[Message, Message]:
    """The greeting, and what is offered beside it."""
    before = len(who.messages)
    await who.start()
    await who.wait_idle()
    greeting, offered = who.messages[before:]
    return greeting, offered


async def test_the_rest_is_behind_the_fourth_key_and_the_keys_go_with_one_tap(
    resident: Resident,
) -> None:
    await started(resident)
    rest = await say(resident, "☰ Тағы")
    assert labels(rest) == [
        *("🏘 Аудандар", "💰 Бюджет"),
        *("📋 Бағдарламалар", "🔎 Іздеу"),
        *("⚙️ Баптаулар", "❓ Көмек"),
        *("ℹ️ Деректер туралы", "⌨️ Түймелерді жасыру"),
    ]
    assert "Не іздейін?" in (await press(resident, "🔎 Іздеу")).text
    await say(resident, "☰ Тағы")
    assert "/start" in (await press(resident, "⌨️")).text
    assert resident.keys == []


@pytest.mark.parametrize("text", ["/near", "/menu", "/news", "/help", "Абай даңғылы", "мектеп"])
async def test_keys_that_were_hidden_do_not_come_back_uninvited(
    resident: Resident, text: str
) -> None:
    await started(resident)
    await say(resident, "☰ Тағы")
    await press(resident, "⌨️")
    await say(resident, text)
    assert resident.keys == []
    await started(resident)
    assert len(resident.keys) == 2


async def test_a_word_without_the_sign_is_no_key(resident: Resident, olga: Resident) -> None:
    assert "Тағы нені" not in (await say(resident, "тағы")).text
    assert "Понял: что нового" in (await say(olga, "что нового?")).text
    assert (await say(olga, "🆕 Что нового")).text.startswith("🆕 Новости проектов")


async def test_who_has_no_language_gets_kazakh_and_a_hint(sandbox: Sandbox, qala: Qala) -> None:
    nurlan = sandbox.resident("Нұрлан")
    await nurlan.start()
    greeting = await nurlan.next_message()
    assert greeting.text.startswith("Сәлеметсіз бе, Нұрлан!")
    assert "Русский · English: /language" in greeting.text


@pytest.mark.parametrize(
    ("code", "hello"),
    [("kk-KZ", "Сәлеметсіз бе"), ("ru-RU", "Здравствуйте"), ("en-GB", "Hello"), ("de", "Сәлем")],
)
async def test_the_language_is_told_by_its_prefix(
    sandbox: Sandbox, qala: Qala, code: str, hello: str
) -> None:
    guest = sandbox.add_resident("Guest", code)
    await guest.start()
    assert (await guest.next_message()).text.startswith(hello)


async def test_a_name_is_no_html(sandbox: Sandbox, qala: Qala) -> None:
    guest = sandbox.add_resident("<b>Robert</b> & Co", "en")
    await guest.start()
    greeting = await guest.next_message()
    assert greeting.text.startswith("Hello, <b>Robert</b> & Co!")


async def test_the_first_contact_and_the_latest_are_kept(
    resident: Resident, city_store: Store, clock: Clock
) -> None:
    await resident.start()
    await resident.wait_idle()
    first = await city_store.read(people.person, resident.id)
    assert first is not None
    clock.advance(minutes=30)
    await resident.send("/help")
    await resident.wait_idle()
    assert await city_store.read(people.person, resident.id) == first  # at most once an hour
    clock.advance(hours=2)
    await resident.send("/help")
    await resident.wait_idle()
    later = await city_store.read(people.person, resident.id)
    assert later is not None
    assert later.created_at == first.created_at
    assert (later.last_seen_at - first.last_seen_at).total_seconds() > 2 * 3600


async def test_the_menu_as_buttons_opens_help_and_comes_back(resident: Resident) -> None:
    await resident.send("/menu")
    menu = await resident.next_message()
    assert menu.text == "Нені білгіңіз келеді?"
    await resident.press("❓ Көмек")
    helped = await resident.wait_for(lambda m: "Қалай сұрауға болады" in m.text)
    assert helped.message_id == menu.message_id  # edited in place
    await resident.press("☰ Мәзір")
    back = await resident.wait_for(lambda m: m.text == "Нені білгіңіз келеді?")
    assert back.message_id == menu.message_id
    assert len(resident.messages) == 1


@pytest.mark.parametrize("payload", ["p_999999999", "p_", "p_x", "p_" + "9" * 40, "whatever"])
async def test_a_link_that_leads_nowhere_greets(resident: Resident, payload: str) -> None:
    await resident.start(payload)
    assert (await resident.next_message()).text.startswith("Сәлеметсіз бе")


async def test_a_link_opens_the_card_and_greets_whoever_is_new(
    resident: Resident, city_store: Store
) -> None:
    page = await city_store.read(listing.listing, ProjectFilter(), limit=1)
    listed = page.items[0]
    await resident.start(f"p_{listed.key}")
    assert (await resident.next_message()).text.startswith("Сәлеметсіз бе")
    card = await resident.next_message()
    assert (listed.titles.kk or listed.titles.ru) in card.text
    assert resident.keys
    await resident.wait_idle()
    await resident.start(f"p_{listed.key}")  # no stranger any more
    assert (await resident.next_message()).text == card.text


async def test_an_import_that_holds_the_writer_delays_no_answer(
    resident: Resident, city_store: Store
) -> None:
    assert city_store.file is not None
    with closing(sqlite3.connect(city_store.file, isolation_level=None)) as importing:
        importing.execute("BEGIN IMMEDIATE")
        await resident.start()
        await resident.next_message(timeout=2)
        await resident.next_message(timeout=2)
        await resident.send("/help")
        await resident.next_message(timeout=2)
        assert await city_store.read(people.person, resident.id) is None
        importing.execute("ROLLBACK")
    # The one writer's next turn comes after the visit was noted.
    assert await city_store.write(people.person, resident.id) is not None


async def test_an_empty_store_says_so(sandbox: Sandbox, sqlite_store: Store, clock: Clock) -> None:
    async with serving(sandbox, sqlite_store, clock):
        aigerim = sandbox.resident("Айгерім")
        await aigerim.start()
        assert "Жобалар тізімі әлі жүктелмеген" in (await aigerim.next_message()).text
        await aigerim.send("/about")
        assert "Жобалар тізімі әлі жүктелмеген" in (await aigerim.next_message()).text


async def test_help_says_what_the_states_mean(daniel: Resident) -> None:
    text = await whole(daniel, "/help")
    assert "being built: in progress or at the final stage" in text
    assert "planned: announced or planned" in text
    assert "finished: completed" in text


async def test_about_counts_and_names_its_sources(daniel: Resident) -> None:
    told = await whole(daniel, "/about")
    assert "projects" in told
    assert "Loaded: 20 November 2025" in told
    assert "OpenStreetMap" in told
    assert daniel.last.covered("text_link")
    assert len(told) < 1500
