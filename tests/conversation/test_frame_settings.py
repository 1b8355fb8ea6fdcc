"""Language, radius, home; what is kept of a person, in a file, and none of it."""

import json

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.geo.points import Point
from storage.people import people
from tests.conversation.asking import whole
from tests.conversation.clock import Clock


async def test_language_changes_at_once_here_and_on_the_keyboard(
    resident: Resident, city_store: Store
) -> None:
    await resident.start()
    await resident.wait_idle()
    await resident.send("/language")
    await resident.wait_idle()
    question = resident.last
    assert question.button_texts == ["✓ Қазақша", "Русский", "English", "⬅️ Баптаулар"]
    await resident.press("Русский")
    said = await resident.wait_for(lambda m: m.text == "Теперь говорим по-русски.")
    assert said.reply_keyboard is not None
    assert resident.keys[0][0].text == "📍 Рядом со мной"
    edited = await resident.wait_for(lambda m: m.message_id == question.message_id)
    assert edited.text == "На каком языке поговорим?"
    assert edited.button_texts[:3] == ["Қазақша", "✓ Русский", "English"]
    await resident.send("/help")
    assert "Как спрашивать" in (await resident.wait_for(lambda m: "Как" in m.text)).text
    person = await city_store.read(people.person, resident.id)
    assert person is not None
    assert person.language == "ru"


async def test_a_first_word_may_be_the_choice_of_language(daniel: Resident) -> None:
    await daniel.send("/language")
    await daniel.next_message()
    await daniel.press("Қазақша")
    await daniel.wait_for(lambda m: m.text == "Енді қазақша сөйлесеміз.")
    await daniel.start()
    assert (await daniel.wait_for(lambda m: "Daniel" in m.text)).text.startswith("Сәлеметсіз бе")


async def test_the_chosen_language_again_changes_nothing(resident: Resident) -> None:
    await resident.send("/language")
    await resident.next_message()
    query = await resident.press("✓ Қазақша")
    await resident.answer_to(query)
    await resident.wait_for(lambda m: m.text == "Енді қазақша сөйлесеміз.")


async def test_the_radius_is_kept(daniel: Resident, city_store: Store) -> None:
    await daniel.send("⚙️ Settings")
    settings = await daniel.next_message()
    assert "Search radius: 2" in settings.text
    await daniel.press("📏 Radius")
    await daniel.wait_for(lambda m: "How far" in m.text)
    await daniel.press("o:radius:500")
    changed = await daniel.wait_for(lambda m: "500" in m.text)
    assert changed.message_id == settings.message_id
    person = await city_store.read(people.person, daniel.id)
    assert person is not None
    assert person.radius_m == 500


async def test_a_forged_radius_is_not_kept(daniel: Resident, city_store: Store) -> None:
    await daniel.send("/settings")
    settings = await daniel.next_message()
    await daniel.press_data(settings, "o:radius:999999")
    await daniel.wait_idle()
    person = await city_store.read(people.person, daniel.id)
    assert person is not None
    assert person.radius_m is None


async def test_home_is_shown_and_forgotten(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    await daniel.send("/settings")
    assert "Home: not saved" in (await daniel.next_message()).text
    await city_store.write(people.save_home, daniel.id, Point.of(43.23812, 76.94549), clock())
    await daniel.send("/settings")
    settings = await daniel.next_message()
    assert "Home: saved" in settings.text
    await daniel.press("🏠 Show home")
    shown = await daniel.next_message()
    assert shown.location is not None
    assert (shown.location.latitude, shown.location.longitude) == (43.238, 76.945)
    await daniel.press("🗑 Forget home")
    await daniel.wait_for(lambda m: m.message_id == settings.message_id and m.edited)
    person = await city_store.read(people.person, daniel.id)
    assert person is not None
    assert person.home is None


async def test_home_of_somebody_without_one(daniel: Resident) -> None:
    await daniel.send("/settings")
    settings = await daniel.next_message()
    await daniel.press_data(settings, "o:home")
    await daniel.press_data(settings, "o:forget")
    await daniel.wait_idle()
    assert "Home: not saved" in daniel.last.text


async def test_privacy_says_what_is_kept_and_how_long(resident: Resident, olga: Resident) -> None:
    text = await whole(resident, "/privacy")
    assert "таңдаған тіліңіз" in text
    assert "100\N{NO-BREAK SPACE}м" in text
    assert "24 айдан аспайды" in text
    assert "24 месяцев" in await whole(olga, "/privacy")


async def test_everything_kept_comes_as_a_file(resident: Resident, city_store: Store) -> None:
    await resident.send("/language")
    await resident.next_message()
    await resident.press("English")
    await resident.wait_for(lambda m: m.text == "Now I speak English.")
    await resident.press("✓ English")
    await resident.press_data(resident.messages[0], "l:kk")
    await resident.wait_for(lambda m: m.text == "Енді қазақша сөйлесеміз.")
    await resident.send("/privacy")
    await resident.wait_for(lambda m: "Сіз туралы не сақтаймын" in m.text)
    await resident.press("📄 Деректерімді жүктеп алу")
    sent = await resident.wait_for(lambda m: m.document is not None)
    assert sent.document is not None
    assert sent.document.name == "qala-деректерім.json"
    kept = json.loads(sent.document.content)
    licences = kept.pop("data_licences")  # a place that one follows comes with its point
    assert kept == await city_store.read(people.export_person, resident.id)
    assert kept["language"] == "kk"
    assert licences[0]["title"].startswith("Жер атаулары")
    assert "ODbL 1.0" in licences[0]["title"]
    assert "CC BY 4.0" in licences[1]["title"]
    assert all(each["url"].startswith("https://") for each in licences)


async def test_export_before_anything_is_kept(sandbox: Sandbox, resident: Resident) -> None:
    await resident.send("/privacy")
    privacy = await resident.next_message()
    await resident.press("🗑 Деректерімді жою")
    await resident.wait_for(lambda m: "жояйын ба" in m.text)
    await resident.press("🗑 Иә, жойыңыз")
    await resident.wait_for(lambda m: m.text.startswith("Жойылды"))
    await resident.press_data(privacy, "o:export")
    said = await resident.wait_for(lambda m: "ештеңе сақталмаған" in m.text)
    assert said.document is None


async def test_delete_asks_once_and_really_deletes(
    resident: Resident, city_store: Store, clock: Clock
) -> None:
    await resident.send("/language")
    await resident.next_message()
    await resident.press("Русский")
    await resident.wait_for(lambda m: m.text == "Теперь говорим по-русски.")
    await resident.send("/privacy")
    await resident.wait_for(lambda m: "Что я о вас храню" in m.text)
    clock.advance(hours=3)  # the press would be noted as a visit, were it not for what it asks
    await resident.press("🗑 Удалить мои данные")
    await resident.wait_for(lambda m: "Удалить всё" in m.text)
    await resident.press("Нет, оставить")
    await resident.wait_for(lambda m: "Что я о вас храню" in m.text)
    assert await city_store.read(people.person, resident.id) is not None
    await resident.press("🗑 Удалить мои данные")
    await resident.wait_for(lambda m: "Удалить всё" in m.text)
    clock.advance(hours=3)
    await resident.press("🗑 Да, удалить")
    await resident.wait_for(lambda m: m.text.startswith("Удалено"))
    await resident.wait_idle()
    assert await city_store.read(people.person, resident.id) is None
    await resident.send("/help")  # and all begins anew: her Telegram speaks Kazakh
    await resident.wait_for(lambda m: "Қалай сұрауға болады" in m.text)
    await resident.wait_idle()
    anew = await city_store.read(people.person, resident.id)
    assert anew is not None
    assert anew.language is None
    assert clock.now - anew.created_at < clock.now - clock.now.replace(hour=17)
