"""Buttons under an answer change one slot; picks and follow-ups go on from what was shown."""

import re

import pytest
from sqlalchemy import text as sql

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from handlers.frame.gazetteer import NamesInMemory
from storage.database.store import Store
from storage.people import last_question
from storage.projects.edition import edition
from tests.conversation.asking import button_of, is_title, labels, press, press_behind, say, titles
from tests.conversation.clock import Clock
from tests.conversation.counting import chosen, everything, of_the_city

SCHOOLS = "Наурызбайдағы мектептер"


async def test_each_button_changes_one_slot(resident: Resident, city_store: Store) -> None:
    projects, city = everything(city_store), of_the_city(city_store)
    await say(resident, SCHOOLS)
    answer = await press_behind(resident, "🎛", "✅ Аяқталды")
    assert answer.text.startswith("Түсіндім: мектеп · Наурызбай · аяқталды")
    done = chosen(projects, kind="school", district="nauryzbay", state="completed")
    assert f"{len(done)} мектеп аяқталды" in answer.text
    answer = await press_behind(resident, "🎛", "🏙 Барлық аудан")
    assert answer.text.startswith("Түсіндім: мектеп · аяқталды")
    done = chosen(city, kind="school", state="completed")
    assert f"Алматыда {len(done)} мектеп аяқталды" in answer.text
    answer = await press_behind(resident, "🎛", "🗂 Барлық түрі")
    assert answer.text.startswith("Түсіндім: аяқталды")
    assert f"Алматыда {len(chosen(city, state='completed'))} жоба аяқталды" in answer.text
    answer = await press_behind(resident, "🎛", "🚦")
    assert answer.text.startswith("Түсіндім: тізімдегінің бәрі")
    assert f"Алматыда тізім бойынша {len(city)} жоба бар" in answer.text
    assert len(resident.messages) == 1  # all of it in place


async def test_pages_show_every_project_once(resident: Resident, city_store: Store) -> None:
    found = chosen(everything(city_store), kind="school", district="nauryzbay")
    assert len(found) > 5
    shown = titles(await say(resident, SCHOOLS))
    while "▶️" in labels(resident.last):
        shown += titles(await press(resident, "▶️"))
    assert len(shown) == len(found)
    for each in found:
        assert any(is_title(line, each.titles.kk) for line in shown)
    back = await press(resident, "◀️")
    assert "1/" in back.text


async def test_a_card_comes_back_to_its_answer(resident: Resident) -> None:
    answer = await say(resident, SCHOOLS)
    card = await press(resident, "3")
    assert is_title(titles(answer)[2], card.text.splitlines()[0].split(" ", 1)[1])
    assert (await press(resident, "⬅️ Тізімге")).text == answer.text


async def test_a_list_promises_no_map(resident: Resident) -> None:
    answer = await say(resident, SCHOOLS)
    behind = labels(await press(resident, "⋯"))
    assert not [label for label in (*labels(answer), *behind) if "🗺" in label or "арта" in label]


@pytest.mark.parametrize("pick", ["2", "2.", "№2"])
async def test_a_number_picks_from_the_list(resident: Resident, pick: str) -> None:
    listed = titles(await say(resident, SCHOOLS))
    understood, _, title, *_ = (await say(resident, pick)).text.splitlines()
    assert understood.startswith("Түсіндім: ")
    assert is_title(listed[1], title.split(" ", 1)[1])
    title = (await say(resident, "1")).text.splitlines()[2]  # still of the same list
    assert is_title(listed[0], title.split(" ", 1)[1])
    assert titles(await press(resident, "⬅️ Тізімге"))


async def test_which_of_several_is_asked(olga: Resident, city_store: Store) -> None:
    answer = await say(olga, "когда достроят школу на Кульджинском тракте")
    choices = titles(answer)
    assert len(choices) > 1
    assert f"{len(choices)} проекта" in answer.text
    assert labels(answer) == [str(n) for n in range(1, len(choices) + 1)]
    told = await press(olga, "2")
    (found,) = (e for e in everything(city_store) if is_title(choices[1], e.titles.ru))
    assert told.text.startswith(f"Понял: когда · {found.titles.ru[:20]}")
    dated = found.completed_on or found.due_on
    assert (str(dated.last.year) in told.text) if dated else ("неизвестно" in told.text)


async def test_follow_ups_change_the_last_question(resident: Resident, city_store: Store) -> None:
    projects = everything(city_store)
    await say(resident, "Алатауда қандай мектептер салынып жатыр?")
    answer = await say(resident, "ал Медеуде ше?")
    assert answer.text.startswith("Түсіндім: мектеп · Медеу · салынып жатыр")
    found = chosen(projects, kind="school", district="medeu", state="building")
    assert f"Медеу ауданында {len(found)} мектеп салынып жатыр." in answer.text
    answer = await say(resident, "а сколько из них сдали?")
    done = chosen(projects, kind="school", district="medeu", state="completed")
    assert answer.text.startswith("Понял: сколько · школа · Медеуский · завершено")
    assert f"в Медеуском районе: {len(done)} " in answer.text.splitlines()[1]


async def test_after_half_an_hour_nothing_is_followed(resident: Resident, clock: Clock) -> None:
    await say(resident, "Алатауда қандай мектептер салынып жатыр?")
    clock.advance(minutes=31)
    answer = await say(resident, "ал Медеуде ше?")
    assert "мектеп" not in answer.text.splitlines()[0]


async def test_a_button_of_yesterday_says_so(resident: Resident, clock: Clock) -> None:
    await say(resident, SCHOOLS)
    await press(resident, "🎛")
    clock.advance(hours=25)
    answer = await press(resident, "✅ Аяқталды")
    assert answer.text.startswith("Бұл сұрақ есімде жоқ")
    assert "🏘 Аудандар" in labels(answer)


async def test_another_chat_s_question_is_not_shown(
    resident: Resident, olga: Resident, city_store: Store
) -> None:
    await say(resident, SCHOOLS)
    data = button_of(await press(resident, "🎛"), "✅").callback_data or ""
    own = await say(olga, "/help")
    await olga.press_data(own, data)
    await olga.wait_idle()
    assert olga.last.text.startswith("Этого вопроса я уже не помню")


@pytest.mark.parametrize(
    "data", ["q:99999999999:p0", "q:1:p99", "q:1:s9", "q:1:i99", "q:1:j999999999"]
)
async def test_odd_buttons_do_no_harm(resident: Resident, data: str) -> None:
    message = await say(resident, SCHOOLS)
    await resident.press_data(message, data)
    await resident.wait_idle()
    assert resident.last.text


async def test_values_of_another_version_are_forgotten(
    resident: Resident, city_store: Store
) -> None:
    await say(resident, SCHOOLS)
    with city_store.writing() as session:
        session.execute(sql("UPDATE asked_question SET question = '{\"what\": 1}'"))
    assert "есімде жоқ" in (await press(resident, "🎛")).text
    assert await say(resident, SCHOOLS)


async def test_what_is_kept_is_what_was_understood_and_not_the_text(
    resident: Resident, city_store: Store
) -> None:
    await say(resident, f"апам айтты {SCHOOLS}")
    (kept,) = await city_store.read(last_question.asked_by, resident.id)
    assert "апам" not in str(kept.question)
    assert kept.question["districts"] == ["nauryzbay"]
    assert len(kept.shown) == 5


async def test_a_question_that_names_a_place_shows_what_is_near(
    resident: Resident, olga: Resident
) -> None:
    answer = await say(olga, "школы рядом с Калкаманом в радиусе 3 км")
    assert "📍 Калкаман" in answer.text.splitlines()[0]
    distances = re.findall(r"📍\s≈?([\d,]+)\s(к?м)", answer.text)
    metres = [float(n.replace(",", ".")) * (1000 if unit == "км" else 1) for n, unit in distances]
    assert metres == sorted(metres)
    assert all(each <= 3000 for each in metres)
    near = await press_behind(olga, "⋯", "📍 Всё рядом")
    assert near.text.startswith("📍 Рядом")


async def test_near_me_asks_where(olga: Resident) -> None:
    answer = await say(olga, "что строится рядом со мной?")
    assert "Где посмотреть?" in answer.text


async def test_an_import_that_comes_while_it_runs_is_seen(
    resident: Resident, qala: Qala, city_store: Store
) -> None:
    names = qala.bot_data.names
    assert isinstance(names, NamesInMemory)
    before = await names.of(city_store, await city_store.read(edition))
    assert await names.of(city_store, await city_store.read(edition)) is before
    with city_store.writing() as session:
        session.execute(
            sql(
                "INSERT INTO import SELECT id + 1000, state, title, package, started_at,"
                " finished_at, rows_read, rows_refused, projects_new, projects_changed,"
                " projects_unchanged, statements_added FROM import WHERE state = 'applied'"
            )
        )
    after = await names.of(city_store, await city_store.read(edition))
    assert after is not before
    assert after.names.import_id > before.names.import_id


async def test_in_a_group_only_what_is_addressed_is_answered(
    sandbox: Sandbox, olga: Resident
) -> None:
    question = "какие школы строятся в Алатауском районе?"
    await olga.send(question, chat=sandbox.group)
    await olga.wait_idle()
    assert [m for m in olga.history(sandbox.group) if m.from_bot] == []
    await olga.send(f"@qala_sandbox_bot {question}", chat=sandbox.group)
    answer = await olga.next_message(chat=sandbox.group)
    assert answer.text.startswith("Понял: школа · Алатауский · строится")
