"""How old the data is stands where it matters, and a time after its end is said to be that."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.commands.try_controls import finish_some
from bot.sandbox.resident import Resident
from handlers.frame.dates import when
from handlers.frame.texts import texts_for
from handlers.views.freshness import data_day
from storage.database.store import Store
from storage.news.recent import completed_within
from storage.projects import data_day as storage_day
from storage.projects.about import about
from storage.values.partial_dates import PartialDate
from storage.words.languages import Language
from tests.conversation.asking import at, button_of, labels, press, say, titles
from tests.conversation.clock import Clock
from tests.storage.datasets import dataset

LATER = datetime(2026, 12, 1, 6, tzinfo=UTC)
NO_DATA: dict[Language, str] = {"kk": "дерек жоқ", "ru": "нет данных", "en": "no data"}


@pytest.fixture
def everybody(resident: Resident, olga: Resident, daniel: Resident) -> dict[str, Resident]:
    return {"kk": resident, "ru": olga, "en": daniel}


def newest(store: Store) -> PartialDate:
    with store.reading() as session:
        found = storage_day.data_day(session)
    assert found is not None
    return found


def told(language: Language, store: Store) -> str:
    """The line as the person reads it, without the tags."""
    return str(data_day(texts_for(language), newest(store)))


def test_the_day_is_the_newest_that_a_source_bears(shipped_sqlite: Store) -> None:
    days = {row["stated_on"] for row in dataset.PROJECTS}
    assert str(newest(shipped_sqlite)) == max(days)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_it_stands_at_start_in_the_news_and_where_nothing_is(
    everybody: dict[str, Resident], city_store: Store, language: Language
) -> None:
    who, line = everybody[language], told(language, city_store)
    await say(who, "/start")
    assert any(line in each.text for each in who.messages)
    assert line in (await say(who, "/news")).text
    nowhere = {"kk": "Медеудегі метро", "ru": "метро в Медеуском районе", "en": "metro in Medeu"}
    assert line in (await say(who, nowhere[language])).text
    assert line in (await say(who, "/search 7777")).text
    found = await at(who, 43.1262, 77.0785)  # in the mountains
    if not titles(found):
        assert line in found.text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_news_that_can_only_be_empty_says_so_and_offers_the_newest(
    everybody: dict[str, Resident], city_store: Store, clock: Clock, language: Language
) -> None:
    who, line = everybody[language], told(language, city_store)
    clock.now = LATER
    menu = await say(who, "/news")
    assert line in menu.text
    rows = [row for row in menu.text.splitlines() if row.startswith("✅")]
    assert [row.endswith(f" · {NO_DATA[language]}") for row in rows] == [True, True, False]
    assert sum(label.startswith("✅") for label in labels(menu)) == 2  # the year, and the newest
    await press(who, labels(menu)[0])
    with city_store.reading() as session:
        done = completed_within(session, date(2026, 12, 1), 10_000)
    assert f"{done.total} " in who.last.text
    assert len(titles(who.last)) == min(5, done.total)
    assert re.search(r"2025|2026", who.last.text)


async def test_a_button_of_an_older_message_says_it_too(
    olga: Resident, city_store: Store, clock: Clock
) -> None:
    before = await say(olga, "/news")
    month = button_of(before, "✅ 30").callback_data or ""
    clock.now = LATER
    await olga.press_data(before, month)
    await olga.wait_idle()
    assert "Данные кончаются раньше" in olga.last.text
    assert told("ru", city_store) in olga.last.text
    assert titles(await press(olga, "✅ Последние завершённые"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "что сдали в этом месяце"),
        ("ru", "какие школы открыли в октябре 2026 года?"),
        ("ru", "что нового за последнюю неделю?"),
        ("ru", "что изменилось за месяц?"),
        ("kk", "осы айда не ашылды?"),
        ("kk", "соңғы аптада қандай жаңалық бар?"),
        ("kk", "2026 жылғы қыркүйекте қанша мектеп ашылды?"),
        ("en", "what was finished this month?"),
        ("en", "what is new in the last 30 days?"),
        ("en", "how many clinics were opened in November 2026?"),
    ],
)
async def test_a_question_about_a_time_after_the_data(
    everybody: dict[str, Resident], city_store: Store, clock: Clock, language: Language, text: str
) -> None:
    who = everybody[language]
    clock.now = LATER
    answer = await say(who, text)
    said = texts_for(language)("The data ends before this time; what came then I do not know.")
    assert said in answer.text, answer.text
    assert told(language, city_store) in answer.text
    button = str(texts_for(language)("✅ Completed last"))
    newest_done = await press(who, button)
    assert titles(newest_done)
    assert re.search(r"20\d\d", newest_done.text)


async def test_a_time_that_the_data_reaches_is_empty_without_that_word(
    olga: Resident, city_store: Store, clock: Clock
) -> None:
    clock.now = LATER
    answer = await say(olga, "какие больницы открыли в январе 2026 года?")
    assert "Данные кончаются раньше" not in answer.text
    assert told("ru", city_store) in answer.text
    future = await say(olga, "какие школы сдадут в 2031 году?")
    assert "Данные кончаются раньше" not in future.text


async def test_what_the_chat_page_makes_up_is_no_data(
    olga: Resident, city_store: Store, clock: Clock
) -> None:
    clock.now = LATER
    before = newest(city_store)
    assert finish_some(city_store, clock) > 0
    assert newest(city_store) == before
    with city_store.reading() as session:
        assert about(session).data_until == before
    assert when(texts_for("ru"), before) in (await say(olga, "/news")).text
