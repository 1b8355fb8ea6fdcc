"""What residents typed in a trial is answered as the trial calls right, on the day of the trial."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from storage.database.store import Store
from storage.values.states import STATES
from tests.conversation.asking import at, is_title, labels, press, press_behind, say, titles
from tests.conversation.clock import Clock
from tests.conversation.counting import everything
from tests.storage.datasets.dataset import interval, of

TRIED = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NAMES = {"kk": "Айгерім", "ru": "Ольга", "en": "Daniel"}
LANGUAGES = pytest.mark.parametrize("language", list(NAMES))
SHUGYLA = (43.2172, 76.7863)


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = TRIED
    return clock


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [  # what worked well and must stay: typing-proof reading, «Понял» on top
        ("ru", "школв в алатускои рйоне", r"Понял: школа · Алатауский\n"),
        ("ru", "SHKOLY V ALATAU", r"Понял: школа · Алатауский\n"),
        ("kk", "mektep qashan bitedi shugylada", r"Түсіндім: қашан · мектеп · 📍 Шұғыла\n"),
        # a place in small letters beside a word of works
        ("ru", "реконструкция аль-фараби", r"Понял: 📍 Проспект Аль-Фараби\n(.*\n)+1\. "),
        ("ru", "ремонт толе би", r"Понял: 📍 Улица Толе би\n(.*\n)+1\. "),
        ("kk", "абай жөндеу", r"Түсіндім: 📍 Абай даңғылы\n(.*\n)+1\. "),
        ("en", "al-farabi reconstruction", r"I understood: 📍 Al-Farabi Avenue\n(.*\n)+1\. "),
        # water-and-sewer networks answer to each of their parts
        ("ru", "канализация в акжаре", r"В списке рядом с местом «Акжар»: \d+ "),
        ("ru", "водопровод в акжаре", r"В списке рядом с местом «Акжар»: \d+ "),
        ("en", "sewer in Akzhar", r"In the list near “Akzhar”: \d+ sewer networks"),
        ("kk", "Ақжарда кәріз бар ма", r"«Ақжар» маңында тізім бойынша \d+ кәріз"),
        ("kk", "Медеуде су құбыры қашан", r"Медеу ауданында тізім бойынша \d+ су құбыры бар\."),
        # what is there in another state is not called missing
        ("kk", "Ақжарда кәріз жүргізіле ме", r"бірде-біреуі жоқ\.\n📅 .*\nБасқа күйде: 🚧"),
        ("ru", "достроили ли поликлинику в шугыле", r"ни одного\.\n📅 .*\nВ других состояниях: 📝"),
        (
            "en",
            "was the polyclinic in Shugyla finished",
            r"in that state\.\n📅 .*\nIn other states: 📝",
        ),
        # the words of the bot's own keys
        ("ru", "что сдадут в ближайшие 30 дней", r"Понял: срок с 20 ноября 2026"),
        ("ru", "что откроют в ближайшие три месяца", r"Понял: срок с 20 ноября 2026"),
        # «0 жоба … аяқталды»: none is said in words
        ("kk", "биыл неше мектеп салынды?", r"Тізімде мұндай жоба жоқ\."),
        ("ru", "сколько школ построили в этом году", r"Такого проекта в списке нет\."),
        ("en", "how many schools were completed this year", r"No such project is in the list\."),
    ],
)
async def test_what_was_typed_reads_right(
    sandbox: Sandbox, qala: Qala, language: str, asked: str, said: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), asked)
    assert re.search(said, answer.text), answer.text
    assert not re.search(r"\b0 (жоба|мектеп|проект|школ|project|school)", answer.text)


UNHEARD = {
    "kk": "⌛ Мерзімі өтті: 2025 жылғы мамыр. Соңғы дерек: 2025 жылғы 20 наурыз, "
    "содан бері хабар жоқ – ашылып қойған болуы мүмкін",
    "ru": "⌛ Срок прошёл: май 2025. Последние сведения: 20 марта 2025, "
    "новостей с тех пор нет – возможно, уже открыто",
    "en": "⌛ Due date passed: May 2025. Last heard: 20 March 2025, "
    "no news since; it may be open already",
}


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("kk", "Шұғыладағы балабақша"),
        ("ru", "детский сад в шугыле"),
        ("en", "kindergarten in Shugyla"),
    ],
)
async def test_not_knowing_is_not_shown_as_being_late(
    sandbox: Sandbox, qala: Qala, language: str, asked: str
) -> None:
    who = sandbox.resident(NAMES[language])
    assert "⏰" not in (await say(who, asked)).text
    card = (await press(who, "1")).text.replace("\N{NO-BREAK SPACE}", " ")
    assert UNHEARD[language] in card, card
    assert "⏰" not in card


@pytest.mark.parametrize(
    ("language", "asked"),
    [("kk", "ненің мерзімі өтті?"), ("ru", "что просрочено"), ("en", "what is overdue")],
)
async def test_of_each_that_is_called_late_a_later_source_says_that_it_is_not_finished(
    sandbox: Sandbox, qala: Qala, city_store: Store, language: str, asked: str
) -> None:
    who = sandbox.resident(NAMES[language])
    shown = await through(who, await say(who, asked))
    assert shown
    for line in shown:
        bearing = [
            each
            for each in everything(city_store)
            if is_title(line, getattr(each.titles, language)) and each.due_on is not None
        ]
        assert any(each.due_on and told_after(each.key, each.due_on.last) for each in bearing), line


async def through(who: Resident, answer: Message) -> list[str]:
    """The numbered lines of all pages."""
    found = titles(answer)
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        found += titles(answer)
    return found


def told_after(project: str, due: date) -> bool:
    """Whether a row of the data set says after the day that the project is not finished."""
    unfinished = {*STATES["building"], *STATES["planned"]}
    return any(
        row["status"] in unfinished
        and row["stated_on"]
        and date(*interval(row["stated_on"]).first) > due
        for row in of(project)
    )


@LANGUAGES
async def test_the_map_is_offered_on_cards_and_not_under_lists(
    sandbox: Sandbox, qala: Qala, language: str
) -> None:
    who = sandbox.resident(NAMES[language])
    await at(who, *SHUGYLA)
    assert not on_a_map(labels(who.last))
    more = await press(who, "⋯")
    assert not on_a_map(labels(more))
    await at(who, *SHUGYLA)
    assert on_a_map(labels(await press(who, "1")))


def on_a_map(named: Sequence[str]) -> bool:
    return any("🗺" in each for each in named)


@LANGUAGES
async def test_five_projects_at_once_and_the_radius_behind_the_filter(
    sandbox: Sandbox, qala: Qala, language: str
) -> None:
    who = sandbox.resident(NAMES[language])
    answer = await at(who, *SHUGYLA)
    assert len(titles(answer)) == 5
    assert len(answer.keyboard) <= 3
    radius = re.compile(r"^(✅ ?|• ?)?\d+(,\d|\.\d)? (м|км|m|km)$")
    assert not any(radius.match(each) for each in labels(answer))
    behind = await press(who, "🎛")
    assert len([each for each in labels(behind) if each.endswith(("км", "km", " м", " m"))]) >= 4
    assert len(behind.keyboard) <= 4


@LANGUAGES
async def test_near_me_says_how_far_each_placed_project_is(
    sandbox: Sandbox, qala: Qala, language: str
) -> None:
    """Where lines have to go, the distance stands beside the state."""
    answer = await at(sandbox.resident(NAMES[language]), *SHUGYLA)
    first, *_ = re.split(r"\n(?=.*\(\d+\):)", answer.text)
    placed = re.findall(r"^\d+\. ", first, re.MULTILINE)
    assert placed
    assert len(re.findall(r"📍\s", first.partition("\n\n")[2])) == len(placed)


@pytest.mark.parametrize(
    ("language", "asked", "cut"),
    [
        ("ru", "продление улиц", "Продление"),
        ("ru", "дороги", "Продление"),
        ("ru", "водопровод и канализация", "Сети"),
        ("ru", "капитальный ремонт поликлиники", "Капитальный"),
    ],
)
async def test_a_cut_title_carries_what_tells_it_apart(
    sandbox: Sandbox, qala: Qala, language: str, asked: str, cut: str
) -> None:
    who = sandbox.resident(NAMES[language])
    answer = await say(who, asked)
    for line in titles(answer):
        head = line.split(" ", 2)[2]
        if "…" in head and head.startswith(cut):
            assert re.search(r"[ …][«№A-ZА-ЯЁ]", head), line


@LANGUAGES
async def test_what_a_chooser_offers_is_cut_with_a_sign_and_differs(
    sandbox: Sandbox, qala: Qala, language: str
) -> None:
    who = sandbox.resident(NAMES[language])
    await who.start()
    await who.wait_idle()
    offered = [each for each in labels(who.last) if not each.startswith(("☰", "📍"))]
    known = {
        getattr(each.titles, language) for each in everything(qala.bot_data.store) if each.titles
    }
    assert len(set(offered)) == len(offered) == 3
    for label in offered:
        name = label.partition(" ")[2]
        assert name in known or "…" in name, label


@pytest.mark.parametrize(
    ("language", "asked", "sign"),
    [
        ("kk", "аурухана", "🏥"),
        ("ru", "больницы", "🏥"),
        ("en", "hospitals", "🏥"),
        ("ru", "сети воды и канализации", "🚰"),
    ],
)
async def test_a_kind_has_the_sign_of_what_it_is(
    sandbox: Sandbox, qala: Qala, language: str, asked: str, sign: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), asked)
    assert all(line.split(" ")[1] == sign for line in titles(answer)), answer.text
    assert titles(answer)


@LANGUAGES
async def test_a_list_is_followed_from_its_last_row(
    sandbox: Sandbox, qala: Qala, language: str
) -> None:
    who = sandbox.resident(NAMES[language])
    answer = await at(who, *SHUGYLA)
    keys = [button.text for button in answer.keyboard[-1]]
    assert [key[0] for key in keys] == ["🎛", "🔔", "⋯"]
    await press_behind(who, "⋯", "🏠")
    assert "🏠" in who.last.text
