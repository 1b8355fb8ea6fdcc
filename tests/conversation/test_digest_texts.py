"""What `compose` makes of a content: the note, nothing, names that only the store knows, much."""

from datetime import timedelta

import pytest

from handlers.frame.messages import LONGEST, shown_length
from handlers.frame.screens import Screen
from handlers.subscriptions.digests import MANY, compose
from handlers.views.callbacks import FEWER
from storage.database.store import Store
from storage.digests.deliveries import Item
from storage.news.filters import NEWS_KINDS, NewsFilter, store_filter
from tests.storage.digest_world import World, almaty

NOW = almaty("2026-02-20 18:00")
WHOLE_CITY = NewsFilter(news=NEWS_KINDS)


async def composed(
    store: Store,
    items: list[Item],
    *wanted: NewsFilter,
    language: str = "kk",
    cadence: str = "weekly",
) -> Screen | None:
    with store.writing() as session:
        filters = tuple(store_filter(session, each) for each in wanted or (WHOLE_CITY,))
    return await compose(store, language, cadence, filters, tuple(items), 77, NOW, bot="qala_bot")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("kk", "Соңғы дерек: 2026 жылғы 13 ақпан\n\n<i>Жазылым: Бүкіл қала"),
        ("ru", "Последние сведения: 13 февраля 2026\n\n<i>Подписка: Весь город"),
        ("en", "Last heard: 13 February 2026\n\n<i>Subscription: Whole city"),
    ],
)
async def test_the_note_says_until_when_the_data_reach(
    sqlite_store: Store, language: str, told: str
) -> None:
    with sqlite_store.writing() as session:
        World(session).builder.project("school", heard_on="2026-02-13")
    screen = await composed(sqlite_store, [], language=language, cadence="note")
    assert screen is not None
    assert told in screen.text
    assert [button.data for row in screen.buttons for button in row] == [FEWER]


async def test_the_note_counts_the_subscriptions_it_does_not_name(sqlite_store: Store) -> None:
    wanted = [NewsFilter(kinds=(kind,)) for kind in ("school", "park", "clinic", "road", "bridge")]
    screen = await composed(sqlite_store, [], *wanted, cadence="note")
    assert screen is not None
    assert "жолдар" not in screen.text
    assert screen.text.endswith("және тағы 2</i>")
    assert "Соңғы дерек: белгісіз" in screen.text


async def test_nothing_is_said_when_nothing_is_left(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        number = World(session).builder.project("gone", status="withdrawn")
    assert await composed(sqlite_store, [Item(number, "completed", 1)]) is None
    assert await composed(sqlite_store, []) is None


async def test_a_language_nobody_speaks_is_kazakh(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        number = World(session).done("school", NOW - timedelta(days=1))
    screen = await composed(sqlite_store, [Item(number, "completed", 1)], language="de")
    assert screen is not None
    assert "Апта жаңалықтары" in screen.text


async def test_names_that_only_the_store_knows(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        world = World(session)
        world.builder.district("talgar", name_kk="Талғар ауданы", area="almaty_region")
        world.builder.programme("wells", name_kk="Құдықтар")
        number = world.done("well", NOW, districts=("talgar",), programmes=("wells",))
    wanted = NewsFilter(districts=("talgar",), programmes=("wells",))
    screen = await composed(sqlite_store, [Item(number, "completed", 1)], wanted)
    assert screen is not None
    assert "<b>🏘 Талғар ауданы</b>" in screen.text
    assert "Жазылым: Талғар ауданы · Құдықтар" in screen.text


async def test_much_news_is_one_message_too(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        world = World(session)
        items = [
            Item(world.done(f"school-{number}", NOW), "completed", number)
            for number in range(MANY + 1)
        ]
    screen = await composed(sqlite_store, items)
    assert screen is not None
    assert f"{MANY + 1} жоба · көрсетілгені: 10" in screen.text
    assert shown_length(screen.text) < LONGEST
