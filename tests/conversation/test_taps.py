"""What residents come for is answered within two taps, from a key, a question or a location."""

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from tests.conversation.asking import labels, press, say, titles

SHUGYLA = (43.2172, 76.7863)
KEYS = {  # the keys of who speaks the language
    "Айгерім": {"near": "📍 Маңайымда", "new": "🆕 Не жаңалық", "more": "☰ Тағы"},
    "Ольга": {"near": "📍 Рядом со мной", "new": "🆕 Что нового", "more": "☰ Ещё"},
    "Daniel": {"near": "📍 Near me", "new": "🆕 What's new", "more": "☰ More"},
}
TYPED = {
    "Айгерім": {
        "late": ("Наурызбайда ненің мерзімі өтті?", "Наурызбай"),
        "programme": ("Жайлы мектеп бағдарламасы", "📋 Жобалар"),
    },
    "Ольга": {
        "late": ("Что просрочено в Наурызбайском районе?", "Наурызбайск"),
        "programme": ("программа Комфортная школа", "📋 Проекты"),
    },
    "Daniel": {
        "late": ("What is overdue in Nauryzbay?", "Nauryzbay"),
        "programme": ("Comfort School programme", "📋 Projects"),
    },
}
EVERYBODY = pytest.mark.parametrize("name", list(KEYS))


@pytest.fixture
async def who(sandbox: Sandbox, qala: Qala, name: str) -> Resident:
    """A resident who has seen the greeting and its keys."""
    resident = sandbox.resident(name)
    await resident.start()
    await resident.wait_idle()
    return resident


@EVERYBODY
async def test_what_is_overdue_in_a_district(who: Resident, name: str) -> None:
    text, district = TYPED[name]["late"]
    answer = await say(who, text)
    assert titles(answer)  # no tap at all
    assert district in answer.text
    card = await press(who, "1")
    assert "⏰" in card.text


@EVERYBODY
async def test_the_nearest_to_me_and_its_card(who: Resident, name: str) -> None:
    await who.press_key(KEYS[name]["near"], SHUGYLA)
    await who.wait_idle()
    assert len(titles(who.last)) == 5
    assert "📍" in (await press(who, "1")).text


@EVERYBODY
async def test_near_me_and_follow_it_with_a_preview(who: Resident, name: str) -> None:
    await who.send_location(*SHUGYLA)
    await who.wait_idle()
    draft = await press(who, "🔔")
    assert any(label.startswith("✅") for label in labels(draft))
    assert (await press(who, "✅")).text.startswith("✅")


@EVERYBODY
async def test_what_is_new(who: Resident, name: str) -> None:
    menu = await say(who, KEYS[name]["new"])
    assert menu.text.startswith("🆕")
    assert titles(await press(who, "⏳ 90"))


@EVERYBODY
async def test_the_money(who: Resident, name: str) -> None:
    await say(who, KEYS[name]["more"])
    assert "₸" in (await press(who, "💰")).text


@EVERYBODY
async def test_what_is_in_a_programme(who: Resident, name: str) -> None:
    text, projects = TYPED[name]["programme"]
    await say(who, text)
    assert titles(await press(who, projects))


@EVERYBODY
async def test_around_home(who: Resident, name: str) -> None:
    """Home is kept by two taps under the list around it, followed by two more."""
    await who.send_location(*SHUGYLA)
    await who.wait_idle()
    await press(who, "⋯")
    assert (await press(who, "🏠")).text.startswith("🏠")
    await press(who, "🔔")
    assert (await press(who, "✅")).text.startswith("✅")
