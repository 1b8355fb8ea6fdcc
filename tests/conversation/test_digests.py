"""A digest in the chat: cards open beside it, "show all" pages, and it stays as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from handlers.frame.screens import inline_keyboard
from handlers.subscriptions.digests import compose
from storage.database.store import Store
from storage.digests.deliveries import claim
from storage.digests.planner import plan
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import add
from storage.tables.facts import Change, Import, Project
from storage.tables.subscriptions import Content, Delivery
from storage.values.city import AREA
from storage.vocabulary import STATUSES
from storage.vocabulary.codes import OPEN
from tests.conversation.asking import is_title, labels, press, titles
from tests.conversation.clock import BEGIN

ALL_NEWS = NewsFilter(news=NEWS_KINDS)
FRIDAY = BEGIN + timedelta(days=1, hours=2)


def complete(session: Session, how_many: int) -> list[int]:
    """So many of the city's projects are completed the day before the digest."""
    numbers = list(
        session.scalars(
            select(col(Project.id))
            .where(col(Project.status_no).in_(OPEN), col(Project.area) == AREA)
            .order_by(col(Project.id))
            .limit(how_many)
        )
    )
    import_id = session.scalar(select(col(Import.id)).limit(1)) or 0
    for number in numbers:
        project = session.get_one(Project, number)
        session.add(
            Change(
                project_id=number or 0,
                import_id=import_id,
                field="status",
                old="in_progress",
                new="completed",
                created_at=BEGIN,
            )
        )
        project.status_no = STATUSES["completed"].number
        project.completed_on, project.completed_last = "2025-11-20", BEGIN.date()
        project.completed_first = BEGIN.date()
        session.add(project)
    session.flush()
    return [number or 0 for number in numbers]


async def deliver(
    application: Qala, store: Store, chat: int, language: str, how_many: int = 12
) -> int:
    """Plan and send Friday's digest to a chat that follows the whole city; the content's number."""
    with store.writing() as session:
        add(session, chat, ALL_NEWS, Schedule(), language, BEGIN)
        complete(session, how_many)
        assert plan(session, FRIDAY).deliveries == 1
        [claimed] = claim(session, FRIDAY, 10, timedelta(minutes=5))
    screen = await compose(
        *(store, claimed.language, claimed.cadence, claimed.filters, claimed.items),
        *(claimed.content_id, FRIDAY),
        bot=application.bot.username,
    )
    assert screen is not None
    buttons = inline_keyboard(screen.buttons)
    await application.bot.send_message(chat, screen.text, reply_markup=buttons)
    return claimed.content_id


async def test_show_all_opens_beside_the_digest_and_pages_in_place(
    qala: Qala, resident: Resident, city_store: Store
) -> None:
    await deliver(qala, city_store, resident.id, "kk")
    digest = resident.last
    assert digest.text.startswith("📬 Апта жаңалықтары · 2025 жылғы 21 қараша\n12 жоба")
    assert [button.text for button in digest.buttons] == [
        *map(str, range(1, 11)),
        "📋 Барлығын көрсету: 12",
        "⚙️ Сирету · үзіліс · тоқтату",
    ]
    listing = await press(resident, "📋 Барлығын көрсету")
    assert listing.message_id != digest.message_id
    assert "Осы жаңалықтардағы барлық жоба" in listing.text
    assert "12 жоба · 1/3-бет" in listing.text
    assert labels(listing) == ["1", "2", "3", "4", "5", "▶️"]
    second = await press(resident, "▶️")
    assert second.message_id == listing.message_id
    assert "2/3-бет" in second.text
    assert unchanged(resident, digest)


def unchanged(who: Resident, message: Message) -> bool:
    """Whether the message still stands there as it was."""
    found = [each for each in who.history() if each.message_id == message.message_id]
    return [(each.text, labels(each)) for each in found] == [(message.text, labels(message))]


@pytest.mark.parametrize(
    ("name", "language", "back"),
    [("Айгерім", "kk", "⬅️ Тізімге"), ("Ольга", "ru", "⬅️ К списку"), ("Daniel", "en", "⬅️ Back")],
)
async def test_a_card_opens_beside_the_digest_and_leads_to_the_list(
    qala: Qala, sandbox: Sandbox, city_store: Store, name: str, language: str, back: str
) -> None:
    who = sandbox.resident(name)
    await deliver(qala, city_store, who.id, language)
    digest = who.last
    line = next(each for each in digest.text.splitlines() if each.startswith("1. "))
    card = await press(who, "1")
    assert card.message_id != digest.message_id
    assert line.split(" ", 2)[2] in card.text
    listing = await press(who, back)
    assert listing.message_id == card.message_id
    assert is_title(titles(listing)[0], line.split(" ", 2)[2])
    opened = await press(who, "2")
    assert opened.message_id == card.message_id, "from the list a card opens in place"
    assert unchanged(who, digest)


async def test_a_link_in_the_digest_opens_the_card(
    qala: Qala, resident: Resident, city_store: Store
) -> None:
    await deliver(qala, city_store, resident.id, "kk", 1)
    links = [each["url"] for each in resident.last.raw["entities"] if each["type"] == "text_link"]
    payload = links[0].partition("?start=")[2]
    first = next(each for each in resident.last.text.splitlines() if each.startswith("1. "))
    await resident.start(payload)
    await resident.wait_idle()
    assert first.split(" ", 2)[2] in resident.last.text


async def test_a_digest_that_is_no_longer_kept_leads_to_the_news(
    qala: Qala, resident: Resident, city_store: Store
) -> None:
    content = await deliver(qala, city_store, resident.id, "kk")
    digest = resident.last
    with city_store.writing() as session:
        session.execute(delete(Delivery))
        session.execute(delete(Content).where(col(Content.id) == content))
    gone = await press(resident, "📋 Барлығын көрсету")
    assert "енді сақталмайды" in gone.text
    assert (await press(resident, "🆕 Жаңалықтар")).message_id == gone.message_id
    assert unchanged(resident, digest)


async def test_another_chat_s_digest_is_not_shown(
    qala: Qala, resident: Resident, daniel: Resident, city_store: Store
) -> None:
    content = await deliver(qala, city_store, resident.id, "kk")
    await daniel.send("/help")
    await daniel.wait_idle()
    await daniel.press_data(daniel.last, f"e:{content}:0")
    await daniel.wait_idle()
    assert "no longer kept" in daniel.last.text
    assert titles(daniel.last) == []


async def test_a_page_that_no_longer_exists_is_the_last(
    qala: Qala, resident: Resident, city_store: Store
) -> None:
    content = await deliver(qala, city_store, resident.id, "kk")
    await resident.press_data(resident.last, f"e:{content}:77")
    await resident.wait_idle()
    assert "3/3-бет" in resident.last.text


async def test_what_was_withdrawn_since_is_gone_from_the_list(
    qala: Qala, resident: Resident, city_store: Store
) -> None:
    content = await deliver(qala, city_store, resident.id, "kk", 2)
    with city_store.writing() as session:
        for project in session.scalars(select(Project)):
            project.status_no = STATUSES["withdrawn"].number
    await resident.press_data(resident.last, f"e:{content}:0")
    await resident.wait_idle()
    assert "енді сақталмайды" in resident.last.text


async def test_in_a_group_the_buttons_open_the_private_chat(
    qala: Qala, sandbox: Sandbox, olga: Resident, city_store: Store
) -> None:
    group = sandbox.group
    content = await deliver(qala, city_store, group.id, "ru")
    digest = olga.history(group)[-1]
    for button, begins in (("1", "p_"), ("📋 Показать все: 12", f"e_{content}_{group.id}")):
        answer = await olga.answer_to(await olga.press(button, digest))
        assert answer.url is not None
        link, _, payload = answer.url.partition("?start=")
        assert link == f"https://t.me/{qala.bot.username}"
        assert payload.startswith(begins)
        await olga.start(payload)
        await olga.wait_idle()
    assert olga.history(group)[-1].message_id == digest.message_id, "nothing more in the group"
    assert "12 проектов · стр. 1 из 3" in olga.last.text
    assert "2" in (await press(olga, "▶️")).text
    await press(olga, "1")
    assert "12 проектов" in (await press(olga, "⬅️")).text


async def test_a_group_s_list_opens_for_who_never_wrote_before(
    qala: Qala, sandbox: Sandbox, olga: Resident, city_store: Store
) -> None:
    content = await deliver(qala, city_store, sandbox.group.id, "ru", 1)
    await olga.start(f"e_{content}_{sandbox.group.id}")
    await olga.wait_idle()
    assert "Здравствуйте" in olga.messages[0].text
    assert "1 проект" in olga.last.text
    await olga.start(f"e_{content}_-1")
    await olga.wait_idle()
    assert "больше не хранится" in olga.last.text
