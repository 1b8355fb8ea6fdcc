"""News: completed, due soon, overdue with the promise and the last word heard."""

import re

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.dates import late, when
from handlers.frame.texts import texts_for
from storage.database.store import Store
from storage.projects.listing import listing
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from tests.conversation.asking import is_title, labels, press, say, titles
from tests.conversation.clock import BEGIN, Clock
from tests.conversation.counting import overdue, unheard

KK = texts_for("kk")
TODAY = BEGIN.date()
ENTRY = re.compile(r"\n+(?=\d+\. )")


async def through(who: Resident) -> list[str]:
    """The items of all pages, from the one that stands last on."""
    answer = who.last
    items = ENTRY.split(answer.text)[1:]
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        assert len(titles(answer)) <= 5
        items += ENTRY.split(answer.text)[1:]
    return items


async def test_the_overdue_list(resident: Resident, city_store: Store) -> None:
    with city_store.reading() as session:
        everything = listing(session, ProjectFilter(), limit=10_000).items
    expected = {each.titles.kk: each for each in everything if overdue(each)}
    assert expected
    menu = await say(resident, "/news")
    assert f"⏰ Мерзімі өткендер · {len(expected)}" in menu.text.splitlines()
    await press(resident, "⏰ Мерзімі өткендер")
    items = await through(resident)
    assert len(items) == len(expected)
    days = []
    for told in items:
        first, below, *_ = told.splitlines()
        (project,) = (
            each
            for title, each in expected.items()
            if is_title(first, title) and below.startswith(f"⏰ {late(KK, days_late(each))}")
        )
        days.append(days_late(project))
    assert days == sorted(days, reverse=True)
    last = next(each for each in everything if is_title(titles(resident.last)[-1], each.titles.kk))
    card = (await press(resident, str(len(titles(resident.last))))).text
    assert last.due_on is not None
    assert f"Мерзімі: {when(KK, last.due_on)}" in card
    heard = "дереккөздің күні көрсетілмеген"
    if last.heard_on:
        heard = f"соңғы дерек: {when(KK, last.heard_on)}"
    assert heard in card
    if last.first_due_on and last.first_due_on != last.due_on:
        assert f"Алғашқы уәде: {when(KK, last.first_due_on)}" in card


def days_late(project: Listed) -> int:
    assert project.due_on is not None
    return (TODAY - project.due_on.last).days


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Айгерім", "⏰ Мерзімі өткеніне {n} күн болды"),
        ("Ольга", "⏰ Просрочено на {n} д"),  # дня, дней
        ("Daniel", "⏰ {n} days late · due "),
    ],
)
async def test_overdue_in_three_languages(
    sandbox: Sandbox, resident: Resident, city_store: Store, name: str, line: str
) -> None:
    with city_store.reading() as session:
        everything = listing(session, ProjectFilter(), limit=10_000).items
    latest = sorted((days_late(each) for each in everything if overdue(each)), reverse=True)[:5]
    who = sandbox.resident(name)
    await say(who, "/news")
    text = (await press(who, "⏰")).text.replace("\N{NO-BREAK SPACE}", " ")
    assert len(latest) == 5
    for days in latest:
        assert line.format(n=days) in text


@pytest.mark.parametrize("days", [7, 30, 365])
async def test_completed(resident: Resident, city_store: Store, days: int) -> None:
    with city_store.reading() as session:
        everything = listing(session, ProjectFilter(), limit=10_000).items
    expected = {
        each.titles.kk
        for each in everything
        if each.status == "completed"
        and each.completed_on
        and (TODAY - each.completed_on.first).days < days
        and each.completed_on.last <= TODAY
    }
    menu = await say(resident, "/news")
    label = f"✅ Соңғы {days} күнде аяқталғандар"
    assert f"{label} · {len(expected)}" in menu.text.splitlines()
    answer = await press(resident, f"✅ {days} күн")
    assert answer.text.startswith(label)
    if not expected:
        assert "Бұл кезеңде аяқталған жоба туралы дерек жоқ." in answer.text
        return
    items = await through(resident)
    assert len(items) == len(expected)
    for told in items:
        assert any(is_title(told.partition("\n")[0], title) for title in expected)


async def test_due_soon_and_back(resident: Resident) -> None:
    await say(resident, "🆕 Жаңалықтар")
    answer = await press(resident, "⏳ 90 күн")
    assert answer.text.startswith("⏳ Алдағы 90 күнде бітуі тиіс")
    assert len(re.findall(r"· (мерзімі: )?202", answer.text)) == len(titles(answer)) == 5
    assert "Мерзімі өткен" not in answer.text
    card = await press(resident, "1")
    assert is_title(titles(answer)[0], card.text.splitlines()[0].split(" ", 1)[1])
    assert (await press(resident, "⬅️ Тізімге")).text == answer.text
    assert (await press(resident, "⬅️ Жаңалықтар")).text.startswith("🆕 Жобалар жаңалықтары")
    assert len(resident.messages) == 1


@pytest.mark.parametrize("data", ["w:2.0.900", "w:0.365.900"])
async def test_a_page_that_no_longer_exists_is_the_last(resident: Resident, data: str) -> None:
    message = await say(resident, "/news")
    await resident.press_data(message, data)
    await resident.wait_idle()
    assert titles(resident.last)
    assert "▶️" not in labels(resident.last)


async def test_tomorrow_one_more_may_be_open_already(resident: Resident, clock: Clock) -> None:
    """What was due in November is past due on the first of December, but nobody said it is late."""
    before = await say(resident, "/news")
    clock.advance(days=11)
    after = await say(resident, "/news")
    assert counted(after, "⌛") > counted(before, "⌛")
    assert counted(after, "⏰") == counted(before, "⏰")


def counted(menu: Message, sign: str) -> int:
    (line,) = (line for line in menu.text.splitlines() if line.startswith(sign))
    return int(line.rpartition(" ")[2])


@pytest.mark.parametrize(
    ("name", "key", "line", "sentence"),
    [
        (
            *("Айгерім", "⌛ Мерзімі өтті, жаңа хабар жоқ", "⌛ Мерзімі өтті, жаңа хабар жоқ"),
            "содан бері хабар жоқ – ашылып қойған болуы мүмкін",
        ),
        (
            *("Ольга", "⌛ Срок прошёл, новостей нет", "⌛ Срок прошёл, новостей нет"),
            "новостей с тех пор нет – возможно, уже открыто",
        ),
        (
            *("Daniel", "⌛ Due date passed, no news since", "⌛ Due date passed, no news since"),
            "no news since; it may be open already",
        ),
    ],
)
async def test_what_nobody_has_told_of_since_is_not_called_late(
    sandbox: Sandbox,
    resident: Resident,
    city_store: Store,
    name: str,
    key: str,
    line: str,
    sentence: str,
) -> None:
    with city_store.reading() as session:
        everything = listing(session, ProjectFilter(), limit=10_000).items
    who = sandbox.resident(name)
    menu = await say(who, "/news")
    expected = sum(unheard(each) for each in everything)
    assert f"{key} · {expected}" in menu.text.splitlines()
    await press(who, key)
    items = await through(who)
    assert len(items) == expected
    for told in items:
        assert told.splitlines()[1].startswith(line)
        assert "⏰" not in told
    card = (await press(who, "1")).text
    assert sentence in card
    assert "⏰" not in card
