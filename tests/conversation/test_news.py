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

KK = texts_for("kk")
TODAY = BEGIN.date()
ENTRY = re.compile(r"\n+(?=\d+\. )")
FINISHED = {"completed", "suspended", "cancelled"}


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
    expected = {
        each.titles.kk: each
        for each in everything
        if each.due_on and each.status not in FINISHED and each.due_on.last < TODAY
    }
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
        ("Айгерім", "⏰ Мерзімі өткеніне 1 116 күн болды"),
        ("Ольга", "⏰ Просрочено на 1 116 дней"),
        ("Daniel", "⏰ 1,116 days late · due Oct 2022"),
    ],
)
async def test_overdue_in_three_languages(
    sandbox: Sandbox, resident: Resident, name: str, line: str
) -> None:
    who = sandbox.resident(name)
    await say(who, "/news")
    assert line in (await press(who, "⏰")).text.replace("\N{NO-BREAK SPACE}", " ")


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


async def test_tomorrow_one_more_is_overdue(resident: Resident, clock: Clock) -> None:
    before = overdue_line(await say(resident, "/news"))
    clock.advance(days=11)  # the first of December: what was due in November is late
    after = overdue_line(await say(resident, "/news"))
    assert int(after.rpartition(" ")[2]) > int(before.rpartition(" ")[2])


def overdue_line(menu: Message) -> str:
    (line,) = (line for line in menu.text.splitlines() if line.startswith("⏰"))
    return line
