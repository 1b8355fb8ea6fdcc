"""`qala digest`: what a run would be, how it goes, what is told, and a run before its time."""

import asyncio
import re
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.commands.digest import deliver_now, print_forecast, print_status
from bot.commands.digest_preview import print_preview
from bot.commands.filter_text import parse_filter
from bot.digests.service import serving
from bot.running import RefusedError
from bot.settings import GivenSettings, Settings, SettingsError
from storage.database.store import Store
from storage.digests import leases
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NewsFilter
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.tables.subscriptions import Content, Delivery, StoredFilter
from tests.bot.digests.city import DAY, FIRST, START, City, received, soon
from tests.storage.digest_world import World

MONDAY = START
TOKEN = SecretStr("123456789:AAF-x7Qd_2Jk9LmNpRsTuVwYz0123456789")


def settings_of(city: City, rate: int = 0) -> Settings:
    return GivenSettings(
        telegram_bot_token=SecretStr(city.sandbox.token),
        telegram_api_url=city.sandbox.url,
        messages_per_second=rate,
    )


def rows(store: Store) -> list[int]:
    with store.reading() as session:
        counted = (
            session.scalar(select(func.count()).select_from(model))
            for model in (Delivery, Content, StoredFilter)
        )
        return [number or 0 for number in counted]


async def test_a_dry_run_counts_and_writes_nothing(city: City) -> None:
    city.people(90)
    city.completed()
    before, said = rows(city.store), list[str]()
    print_forecast(city.store, settings_of(city, 1), said.append, FIRST)
    text = "\n".join(said)
    assert "90 subscriptions" in text
    assert "90 messages to 90 chats (90 weekly)" in text
    assert "about 2 minutes for 90 messages at 1 a second" in text
    assert rows(city.store) == before
    said.clear()
    print_forecast(city.store, settings_of(city), said.append, MONDAY)
    assert "without any limit" in said[-1]
    assert "0 messages to 0 chats" in said[1]


async def test_status_before_during_and_after_a_run(city: City) -> None:
    people = city.people(40)
    city.completed()
    await people[0].block()
    said: list[str] = []
    print_status(city.store, settings_of(city), said.append, FIRST)
    assert "nothing is left" in said[-2]
    assert "nobody" in said[-1]
    city.sandbox.faults.add(method="sendMessage", delay=0.2, times=None)
    digests = city.digests(per_second=30)
    async with serving(digests):
        await soon(lambda: ("sent", "") in city.states().values())
        said.clear()
        print_status(city.store, settings_of(city), said.append, FIRST)
        during = "\n".join(said)
        city.sandbox.faults.clear()
        await soon(lambda: {state for state, _ in city.states().values()} <= {"sent", "failed"})
        await soon(lambda: not digests.delivery.progress.running)
    assert re.search(r"Planned in the last 7 days: 40\n", during)
    assert re.search(r"waiting    [1-9]", during)
    assert re.search(r"sent       [1-9]", during)
    assert re.search(r"[1-9]\d* are left, about 1 min", during)
    assert digests.delivery.holder in during
    said.clear()
    print_status(city.store, settings_of(city), said.append, FIRST + timedelta(seconds=5))
    after = "\n".join(said)
    assert "sent       39" in after
    assert "failed     1 (blocked 1)" in after


async def test_what_cannot_be_sent_now_is_held_back(city: City) -> None:
    people = city.people(2)
    city.completed()
    await city.digests().plan()
    with city.store.writing() as session:
        subscribers.rest(session, people[0].id, "blocked", FIRST)
    said: list[str] = []
    print_status(city.store, settings_of(city), said.append, FIRST)
    assert "waiting    1" in said[1]
    assert "held back  1" in said[2]
    assert "1 are left, and nobody sends them" in said[-2]


@pytest.mark.parametrize("language", ["kk", "ru", "en", ""])
async def test_a_chat_reads_its_digest_beforehand(city: City, language: str) -> None:
    (person,) = city.people(1)
    city.follow([person.id], schedule=Schedule("daily", 0, 9))
    city.completed()
    before, said = rows(city.store), list[str]()
    await asyncio.to_thread(
        print_preview, city.store, str(person.id), language, said.append, START + 2 * DAY
    )
    assert said[0].startswith("--- daily, due on 2026-02-16 at 09:00")
    assert "school жобасы" in said[1]
    assert "<" not in said[1]
    assert said[2].startswith("--- weekly, due on 2026-02-20 at 18:00")
    assert said[3].startswith("Nothing to tell yet")
    assert rows(city.store) == before


async def test_a_filter_shows_what_it_would_have_brought(city: City) -> None:
    with city.store.writing() as session:
        World(session).done("school", START, kind="school")
    before, said = rows(city.store), list[str]()
    await asyncio.to_thread(
        print_preview, city.store, "kinds=school", "ru", said.append, START + DAY
    )
    assert said[0] == "--- the last four weeks: 1 news, by week [0, 0, 0, 1]"
    assert "school жобасы" in said[1]
    said.clear()
    print_preview(city.store, "kinds=kindergarten", "ru", said.append, START + DAY)
    assert said[1].startswith("Nothing to tell")
    assert rows(city.store) == before


@pytest.mark.parametrize("wanted", ["{chat}", "kinds=kindergarten"])
def test_a_preview_looks_without_holding_the_writer(sqlite_city: City, wanted: str) -> None:
    sqlite_city.follow([7], schedule=Schedule())
    sqlite_city.completed()
    said: list[str] = []
    with (
        Store(str(sqlite_city.store.url), busy_timeout_s=0.1) as other,
        sqlite_city.store.writing() as held,
    ):
        held.connection()  # it writes now
        print_preview(other, wanted.format(chat=7), "ru", said.append, START + 2 * DAY)
    assert said


async def test_a_chat_without_subscriptions(city: City) -> None:
    with pytest.raises(RefusedError, match="chat -100 has no subscriptions"):
        print_preview(city.store, "-100", "", print, FIRST)


async def test_filters_as_they_are_typed(city: City) -> None:
    with city.store.writing() as session:
        world = World(session)
        world.builder.district("medeu")
        world.builder.district("bostandyk")
        number = world.builder.project("school-1")
        text = "news=completed|slipped, districts=medeu|bostandyk kinds=school near=43.24;76.95"
        wanted = parse_filter(session, text)
        assert wanted == NewsFilter(
            news=("completed", "slipped"),
            districts=("bostandyk", "medeu"),
            kinds=("school",),
            near=Circle(Point.of(43.24, 76.95), 2_000),
        )
        assert parse_filter(session, "near=43.24,76.95,radius=500").near == Circle(
            Point.of(43.24, 76.95), 500
        )
        assert parse_filter(session, "project=school-1").project == number
        assert parse_filter(session, f"project={number}").project == number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "neither a chat's number nor a part of a filter"),
        ("near", "districts=medeu"),
        ("colour=red", "fields are news, districts"),
        ("kinds=school kinds=road", "each field once"),
        ("news=gossip", "some of completed, announced, slipped, state, budget"),
        ("sectors=", "sectors has no value: it is some of"),
        ("districts=atlantis", "districts has no atlantis"),
        ("near=here", "a latitude and a longitude"),
        ("near=0,0", "in Kazakhstan"),
        ("radius=500", "goes with near"),
        ("near=43.2,76.9 radius=1", "200 to 10000 metres"),
        ("project=nothing", "There is no project 'nothing'"),
    ],
)
def test_wrong_filters_get_a_sentence(sqlite_store: Store, text: str, sentence: str) -> None:
    with sqlite_store.reading() as session, pytest.raises(RefusedError) as refused:
        parse_filter(session, text)
    assert sentence in str(refused.value)


async def run_now(city: City, said: list[str]) -> None:
    """The command, in a process's own store and loop but for the signals."""
    with Store(city.store.url.render_as_string(hide_password=False)) as store:
        await asyncio.to_thread(
            deliver_now, store, lambda: settings_of(city), said.append, city.clock
        )


async def test_now_delivers_by_itself_where_no_bot_runs(city: City, without_signals: None) -> None:
    people = city.people(5)
    city.completed()
    city.clock.now = START + 2 * DAY  # Wednesday
    said: list[str] = []
    await run_now(city, said)
    assert received(people) == [1] * 5
    assert said == [
        "Planned: 5",
        "Sent 5, failed 0, unknown 0, left 0 (of the last 7 days)",
    ]
    assert "school жобасы" in people[0].messages[0].text
    city.clock.now = FIRST
    await city.run()
    assert received(people) == [1] * 5  # what came early does not come again


async def test_now_leaves_it_to_a_running_bot(city: City, without_signals: None) -> None:
    people = city.people(5)
    city.completed()
    city.clock.now = START + 2 * DAY
    said: list[str] = []
    digests = city.digests()
    async with serving(digests):
        await soon(lambda: digests.delivery.holds)
        await run_now(city, said)
    assert received(people) == [1] * 5
    assert said[0] == "Planned: 5"
    assert digests.delivery.holder in said[1]
    assert said[-1] == "Sent 5, failed 0, unknown 0, left 0 (of the last 7 days)"


async def test_now_without_a_token_plans_nothing(city: City, without_signals: None) -> None:
    city.people(1)
    city.completed()

    def none() -> Settings:
        raise SettingsError(["TELEGRAM_BOT_TOKEN is not set"])

    url = city.store.url.render_as_string(hide_password=False)
    with pytest.raises(SettingsError), Store(url) as store:
        await asyncio.to_thread(deliver_now, store, none, print, city.clock)
    assert city.states() == {}


async def test_now_beside_a_sandbox_that_moved_its_time_on_says_so(
    city: City, without_signals: None
) -> None:
    def none() -> Settings:
        raise SettingsError(["TELEGRAM_BOT_TOKEN is not set"])

    later = city.clock.now + 14 * DAY
    await city.store.write(leases.take, "delivery", "qala try", later, DAY / 1440)
    url = city.store.url.render_as_string(hide_password=False)
    with (
        pytest.raises(RefusedError, match="2026-03-06 18:01: the page of qala try"),
        Store(url) as s,
    ):
        await asyncio.to_thread(deliver_now, s, none, print, city.clock)
