"""What is no question for the facts, and what was not understood: never a guess."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.people import missed_questions
from tests.conversation.asking import labels, press, say, titles

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
UNKNOWN = "школа фывапролд йцукенгш"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Айгерім", "рахмет", "Оқасы жоқ"),
        ("Ольга", "какая сегодня погода?", "О погоде я не знаю"),
        ("Ольга", "кто ты?", "Я Qala"),
        ("Daniel", "hello", "Hello!"),
    ],
)
async def test_what_is_not_about_projects(
    sandbox: Sandbox, resident: Resident, name: str, text: str, said: str
) -> None:
    answer = await say(sandbox.resident(name), text)
    assert said in answer.text.splitlines()[0]
    assert titles(answer) == []
    assert "❓" in "".join(labels(answer))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Айгерім", "шағым айтқым келеді: ауламызда жарық жоқ"),
        ("Ольга", "хочу пожаловаться на мусор во дворе"),
        ("Daniel", "I want to complain about the garbage in my yard"),
    ],
)
async def test_complaints_go_to_109(
    sandbox: Sandbox, resident: Resident, name: str, text: str
) -> None:
    answer = await say(sandbox.resident(name), text)
    assert "109" in answer.text.splitlines()[0]
    assert titles(answer) == []


async def test_an_example_is_asked_with_one_press(olga: Resident) -> None:
    await say(olga, "спасибо")
    answer = await press(olga, "Какие школы строятся")
    assert answer.text.startswith("Понял: школа · Алатауский · строится")
    assert len(olga.messages) == 2  # the greeting stays


async def test_not_understood_is_no_answer(olga: Resident, city_store: Store) -> None:
    answer = await say(olga, UNKNOWN)
    assert answer.text.startswith("Я не понял вопроса.")
    assert "фывапролд" in answer.text
    assert "Это не ответ." in answer.text
    readings = [label for label in labels(answer) if " · школа" in label]
    assert len(readings) == 2
    read = await press(olga, readings[1])
    assert read.text.startswith("Понял: сколько · школа")
    (kept,) = await city_store.read(missed_questions.top, SINCE)
    assert kept.text == UNKNOWN
    assert kept.languages == ("ru",)


async def test_nonsense_after_a_question_offers_nothing_of_that_question(olga: Resident) -> None:
    await say(olga, "какие школы строятся в Алатауском районе?")
    answer = await say(olga, "ывапр йцукен")
    assert "Я не понял вопроса" in answer.text
    assert not any("школа" in label and "Алатауский" in label for label in labels(answer))


async def test_who_does_not_want_it_leaves_nothing(olga: Resident, city_store: Store) -> None:
    settings = await say(olga, "/settings")
    assert "Вопросы, которых я не понял: хранятся 90 дней" in settings.text
    settings = await press(olga, "🚫 Не хранить")
    assert "Вопросы, которых я не понял: не хранятся" in settings.text
    await say(olga, UNKNOWN)
    assert await city_store.read(missed_questions.top, SINCE) == []
    await say(olga, "/settings")
    assert "хранятся 90 дней" in (await press(olga, "📝 Хранить")).text
    await say(olga, UNKNOWN)
    assert len(await city_store.read(missed_questions.top, SINCE)) == 1


async def test_nothing_is_kept_of_a_group(
    sandbox: Sandbox, olga: Resident, city_store: Store
) -> None:
    await olga.send(f"@qala_sandbox_bot {UNKNOWN}", chat=sandbox.group)
    answer = await olga.next_message(chat=sandbox.group)
    await olga.wait_idle()
    assert "Я не понял вопроса." in answer.text
    assert await city_store.read(missed_questions.top, SINCE) == []
    await olga.press_data(answer, "o:missed:0")  # settings are for the private chat
    await olga.wait_idle()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Айгерім", "№987 мектеп қашан бітеді?"),
        ("Ольга", "когда достроят школу №987?"),
        ("Daniel", "when will school 987 be finished?"),
    ],
)
async def test_a_number_that_nobody_bears(
    sandbox: Sandbox, resident: Resident, name: str, text: str
) -> None:
    who = sandbox.resident(name)
    answer = await say(who, text)
    assert "987" in answer.text.splitlines()[2]
    assert titles(answer) == []
    assert titles(await press(who, "📋"))


async def test_a_district_s_name_alone_is_its_page(resident: Resident, daniel: Resident) -> None:
    assert (await say(resident, "Медеу")).text.startswith("🏘 Медеу ауданы")
    assert (await say(daniel, "Qalqaman")).text.startswith("📍 Near: ")


@pytest.mark.parametrize(
    "text", ["?", "…", "😀😀", "\u202eالعربية", "\u0000\u0001x", "%s %d {x} <b>", "a" * 400]
)
async def test_odd_texts_get_an_answer(resident: Resident, text: str) -> None:
    answer = await say(resident, text)
    assert answer.from_bot
    assert answer.text.strip()
