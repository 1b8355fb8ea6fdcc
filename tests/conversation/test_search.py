"""Names of places and districts, and /search: typing errors, Latin letters; nothing found."""

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from tests.conversation.asking import button_of, labels, press, say, titles

LONG = " ".join(["школа"] * 8)  # too long for a button


@pytest.mark.parametrize("text", ["Қалқаман", "kalkaman", "Калкаман", "qalqaman", "ҚАЛҚАМАН"])
async def test_a_place_in_any_letters_is_its_surroundings(resident: Resident, text: str) -> None:
    answer = await say(resident, text)
    assert answer.text.startswith("📍 Қалқаман")
    assert "Шамасы, Наурызбай ауданы" in answer.text
    searched = await press(resident, f"🔎 {text}")
    assert f"🔎 {text}" in searched.text
    assert any("Қалқаман" in title for title in titles(searched))


async def test_a_numbered_place_without_a_point_is_found_among_the_projects(
    resident: Resident,
) -> None:
    answer = await say(resident, "/search калкаман 2")
    assert "Қалқаман-2" in titles(answer)[0]


@pytest.mark.parametrize(
    ("name", "text", "page"),
    [
        ("Айгерім", "Медеу", "🏘 Медеу ауданы"),
        ("Ольга", "медеуский район", "🏘 Медеуский район"),
        ("Daniel", "Medeu district", "🏘 Medeu district"),
    ],
)
async def test_a_district_is_its_page(
    sandbox: Sandbox, resident: Resident, name: str, text: str, page: str
) -> None:
    who = sandbox.resident(name)
    answer = await say(who, text)
    assert answer.text.startswith(page)
    assert button_of(answer, "🔎").callback_data == f"s:0:{text}"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("Айгерім", "/search мектеп", "мектеп"),
        ("Айгерім", "/search mektep", "мектеп"),
        ("Ольга", "/search школа", "школ"),
        ("Daniel", "/search park", "park"),
        ("Daniel", "/search school", "school"),
    ],
)
async def test_words_find_projects(
    sandbox: Sandbox, resident: Resident, name: str, text: str, kind: str
) -> None:
    answer = await say(sandbox.resident(name), text)
    assert f"🔎 {text.removeprefix('/search ')}" in answer.text
    found = titles(answer)
    assert len(found) == 5
    assert any(kind in title.casefold() for title in found)


async def test_a_name_without_its_number_shows_the_first_and_offers_the_rest(
    resident: Resident,
) -> None:
    answer = await say(resident, "Ақсай")
    first = answer.text.splitlines()[0]
    assert first.startswith("📍 Ақсай-")
    others = [label for label in labels(answer) if label.startswith("📍 Ақсай-")]
    assert others
    assert others[0] not in first
    other = await press(resident, others[0])
    assert other.text.startswith(f"{others[0]} маңы")


async def test_after_the_command_projects_are_searched(resident: Resident) -> None:
    answer = await say(resident, "/search Медеу")
    assert answer.text.startswith("🔎 Медеу")
    assert "🏘 Медеу" in labels(answer)


async def test_a_typing_error_is_mended_and_said(resident: Resident, olga: Resident) -> None:
    answer = await say(resident, "/search мектпе")
    assert "мектпе → мектеп деп түсіндім" in answer.text
    assert len(titles(answer)) == 5
    assert "Понимаю так: паликлиника → поликлиник" in (await say(olga, "/search паликлиника")).text


async def test_pages_turn_in_place(resident: Resident) -> None:
    first = titles(await say(resident, "/search мектеп"))
    second = await press(resident, "▶️")
    assert not set(first) & set(titles(second))
    assert titles(await press(resident, "◀️")) == first
    assert len(resident.messages) == 1


async def test_a_long_text_is_carried_by_the_message(olga: Resident) -> None:
    first = await say(olga, f"/search {LONG}")
    assert first.text.startswith(f"🔎 {LONG}")
    assert button_of(first, "▶️").callback_data == "s:1:"
    second = await press(olga, "▶️")
    assert second.text.startswith(f"🔎 {LONG}")
    assert titles(second)
    card = await press(olga, "1")
    assert card.text.endswith(f"🔎 {LONG}")
    back = await press(olga, "⬅️ К списку")
    assert back.text == second.text


@pytest.mark.parametrize(
    ("name", "said", "example"),
    [
        ("Айгерім", "Ештеңе табылмады.", "мектеп"),
        ("Ольга", "Ничего не нашлось.", "школа"),
        ("Daniel", "Nothing found.", "school"),
    ],
)
async def test_nothing_found_is_said_with_examples_that_find(
    sandbox: Sandbox, resident: Resident, name: str, said: str, example: str
) -> None:
    who = sandbox.resident(name)
    answer = await say(who, "ъъъъъ хххх")
    assert said in answer.text
    assert titles(answer) == []
    assert len(titles(await press(who, example))) == 5


async def test_search_without_words_asks_for_them(resident: Resident) -> None:
    answer = await say(resident, "/search")
    assert "Не іздейін?" in answer.text
    assert labels(answer)[:3] == ["мектеп", "саябақ", "Наурызбай"]
    assert titles(await press(resident, "саябақ"))


async def test_markup_in_a_text_is_only_text(daniel: Resident) -> None:
    answer = await say(daniel, "<b>zzzz</b> & qqqq")
    assert "🔎 <b>zzzz</b> & qqqq" in answer.text


async def test_a_page_that_no_longer_exists_is_the_last(resident: Resident) -> None:
    message = await say(resident, "/search мектеп")
    await resident.press_data(message, "s:900:мектеп")
    await resident.wait_idle()
    assert titles(resident.last)
    assert "▶️" not in labels(resident.last)
    await resident.press_data(message, "s:900:ъъъъъ")
    await resident.wait_idle()
    assert "Ештеңе табылмады." in resident.last.text


async def test_a_page_of_a_message_that_says_no_text_asks_again(resident: Resident) -> None:
    message = await say(resident, "/districts")
    await resident.press_data(message, "s:1:")
    await resident.wait_idle()
    assert "Не іздейін?" in resident.last.text
