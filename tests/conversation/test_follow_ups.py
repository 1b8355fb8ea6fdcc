"""What a text follows on: «it» of an order, another number or year; and what follows on nothing."""

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from tests.conversation.asking import press, say

LISTS = {
    "Айгерім": "Алатауда қандай мектептер салынып жатыр?",
    "Ольга": "какие школы строятся в Алатауском районе?",
    "Daniel": "which schools are being built in Alatau?",
}
KIND = {"Айгерім": "мектеп", "Ольга": "школ", "Daniel": "school"}


def first_line(text: str) -> str:
    return text.splitlines()[0]


@pytest.mark.parametrize(
    ("name", "order", "asked", "intent"),
    [
        ("Ольга", "какая самая дорогая дорога?", "а в каком она районе?", "где"),
        ("Ольга", "какая самая дешёвая дорога?", "её уже открыли?", "в каком состоянии"),
        ("Айгерім", "ең қымбат жол қайсы?", "ол қашан ашылады?", "қашан"),
        ("Daniel", "the most expensive road?", "when will it be done?", "when"),
        ("Daniel", "what is the cheapest road?", "where is it?", "where"),
    ],
)
async def test_it_is_the_first_of_an_order(
    sandbox: Sandbox, resident: Resident, name: str, order: str, asked: str, intent: str
) -> None:
    who = sandbox.resident(name)
    dearest = (await say(who, order)).text
    title = next(line for line in dearest.splitlines() if line.startswith("1. ")).split(" ", 2)[2]
    answer = (await say(who, asked)).text
    assert intent in first_line(answer)
    assert title.split("…")[0].strip() in answer.replace("\N{NO-BREAK SPACE}", " ")


async def test_another_number_and_another_year(sandbox: Sandbox, resident: Resident) -> None:
    who = sandbox.resident("Ольга")
    await say(who, "школа 220 готова?")
    assert "№174" in (await say(who, "а 174-я?")).text
    await say(who, "сколько школ открыли в 2024 году?")
    assert "в 2025 году" in (await say(who, "а в этом?")).text
    assert "в 2024 году" in (await say(who, "а в прошлом?")).text


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Ольга", "Что просрочено в Наурызбайском районе?"),
        ("Ольга", "что сдали в этом году"),
        ("Ольга", "что строят в Медеуском районе"),
        ("Айгерім", "Медеуде не салынып жатыр?"),
        ("Daniel", "what is being built in Medeu"),
        ("Айгерім", "Наурызбайда не кешігіп жатыр?"),
        ("Daniel", "What is overdue in Nauryzbay?"),
    ],
)
async def test_a_whole_sentence_follows_on_nothing(
    sandbox: Sandbox, resident: Resident, name: str, whole: str
) -> None:
    who = sandbox.resident(name)
    await say(who, LISTS[name])
    assert KIND[name] not in first_line((await say(who, whole)).text)


async def test_what_is_built_does_not_follow_on_a_figure(
    sandbox: Sandbox, resident: Resident
) -> None:
    who = sandbox.resident("Ольга")
    await say(who, "сколько социальных проектов ко Дню Республики?")
    assert "Республики" not in (await say(who, "строится в Медеуском районе")).text


@pytest.mark.parametrize("way", ["/start", "place"])
@pytest.mark.parametrize("name", ["Айгерім", "Ольга", "Daniel"])
async def test_nothing_outlives_a_new_beginning(
    sandbox: Sandbox, resident: Resident, name: str, way: str
) -> None:
    who = sandbox.resident(name)
    await say(who, LISTS[name])
    if way == "/start":
        await say(who, "/start")
    else:
        await who.send_location(43.238, 76.945)
        await who.wait_idle()
    fragment = {"Айгерім": "ал Медеуде ше?", "Ольга": "а в Медеуском?", "Daniel": "and in Medeu?"}
    assert KIND[name] not in first_line((await say(who, fragment[name])).text)


async def test_an_example_that_is_pressed_follows_on_nothing(
    sandbox: Sandbox, resident: Resident
) -> None:
    who = sandbox.resident("Ольга")
    await say(who, "какие больницы строятся?")
    await say(who, "какая завтра погода")
    shown = await press(who, "Что просрочено")
    assert "больниц" not in first_line(shown.text)


@pytest.mark.parametrize("nod", ["👍", "ок", "ясно", "лол", "+1", "...", "да", "ахаха", "😀😀"])
async def test_chatter_gets_a_sign_and_changes_nothing(
    sandbox: Sandbox, resident: Resident, nod: str
) -> None:
    who = sandbox.resident("Ольга")
    await say(who, "какие школы строятся в Алатауском районе?")
    assert (await say(who, nod)).text == "🙂"
    assert "школа" in first_line((await say(who, "а в Медеуском?")).text)


@pytest.mark.parametrize(
    ("name", "wish", "said"),
    [
        ("Ольга", "отпишите меня", "нет подписок"),
        ("Айгерім", "тоқтат", "жазылым"),
        ("Daniel", "unsubscribe", "no subscriptions"),
        ("Ольга", "Меню", "Что вы хотите узнать"),
        ("Айгерім", "көмектесші", "Қалай сұрауға болады"),
        ("Daniel", "what can you do", "How to ask"),
        ("Ольга", "English please!", "Now I speak English"),
        ("Daniel", "говори по-казахски", "қазақша сөйлесеміз"),
        ("Айгерім", "на русском, пожалуйста", "по-русски"),
    ],
)
async def test_a_wish_in_words_does_what_its_command_does(
    sandbox: Sandbox, resident: Resident, name: str, wish: str, said: str
) -> None:
    assert said in (await say(sandbox.resident(name), wish)).text


async def test_more_and_back_turn_the_pages(sandbox: Sandbox, resident: Resident) -> None:
    who = sandbox.resident("Ольга")
    assert "стр. 1 из" in (await say(who, "какие дороги есть в списке")).text
    assert "стр. 2 из" in (await say(who, "ещё")).text
    assert "стр. 1 из" in (await say(who, "назад")).text


@pytest.mark.parametrize(
    "sentence", ["стоп, а школу 220 достроили?", "помоги найти садик в Медеу", "ещё школы есть?"]
)
async def test_a_sentence_with_such_a_word_is_a_question(
    sandbox: Sandbox, resident: Resident, sentence: str
) -> None:
    answer = (await say(sandbox.resident("Ольга"), sentence)).text
    assert "подписок" not in answer
    assert "Что вы хотите узнать" not in answer


@pytest.mark.parametrize("talk", ["Ура!", "@aigerim смотри", "ну наконец-то", "👍", "и что теперь"])
async def test_talk_under_a_message_of_the_bot_is_left_alone(
    sandbox: Sandbox, resident: Resident, talk: str
) -> None:
    group = sandbox.group
    await resident.send("/districts@qala_sandbox_bot", chat=group)
    await sandbox.wait_idle()
    shown = [each for each in resident.history(group) if each.from_bot]
    await resident.send(talk, chat=group, reply_to=shown[-1])
    await sandbox.wait_idle()
    assert [each for each in resident.history(group) if each.from_bot] == shown


async def test_a_clear_question_under_it_is_answered(sandbox: Sandbox, resident: Resident) -> None:
    group = sandbox.group
    await resident.send("/districts@qala_sandbox_bot", chat=group)
    await sandbox.wait_idle()
    shown = [each for each in resident.history(group) if each.from_bot]
    await resident.send("какие школы строятся в Медеуском районе?", chat=group, reply_to=shown[-1])
    await sandbox.wait_idle()
    assert len([each for each in resident.history(group) if each.from_bot]) == len(shown) + 1
