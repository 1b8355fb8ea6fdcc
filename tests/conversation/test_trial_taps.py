"""Every question of the trial is answered within two taps, in the language of who asks."""

import re

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from handlers.frame.phone import MOST_LINES
from tests.conversation.asking import at, labels, on_a_phone, press, say
from tests.conversation.clock import Clock
from tests.conversation.test_trial import NAMES, SHUGYLA, TRIED

MOST_TAPS, MOST_ROWS = 2, 4

Row = tuple[str, str, tuple[str, ...], str]

ASKED: tuple[Row, ...] = (  # language, what was typed, the taps, what stands there
    ("ru", "что просрочено в Наурызбайском районе?", ("1",), r"⏰ Просрочено на \d+ д"),
    ("kk", "Наурызбайда ненің мерзімі өтті?", ("1",), r"⏰ Мерзімі өткеніне \d+ күн болды"),
    ("en", "What is overdue in Nauryzbay?", ("1",), r"⏰ \d+ days late"),
    ("ru", "какие школы строятся в алатау", (), r"\n1\. 🏫 "),
    ("ru", "школв в алатускои рйоне", ("1",), r"Школа · "),
    ("en", "SHKOLY V ALATAU", ("1",), r"School · |Школа · "),
    ("kk", "mektep qashan bitedi shugylada", ("1",), r"🏫 .*мектеп\n(.*\n)?📅 "),
    ("ru", "достроили ли поликлинику в шугыле", ("🎛", "📝"), r"1\. 🩺 Поликлиника .*Шугыл"),
    ("kk", "Шұғылада емхана бола ма", ("1", "🔽"), r"Жоба барысы"),
    ("ru", "что сдали в этом месяце", ("🎛", "📅"), r"\n1\. "),
    ("kk", "осы айда не бітті", ("🎛", "📅"), r"\n1\. "),
    ("en", "what was finished this month", ("🎛", "📅"), r"\n1\. "),
    ("ru", "реконструкция аль-фараби", ("1",), r"🏞 Набережная Есентая от проспекта Аль-Фараби"),
    ("kk", "әл-фараби жөндеу", ("1",), r"Есентай"),
    ("en", "reconstruction of Al-Farabi avenue", ("1",), r"Yesentay embankment from Al-Farabi"),
    ("ru", "улица Ауэзова", ("1",), r"📍 "),
    ("ru", "метро", ("1",), r"🚇 Станция метро «Калкаман»"),
    ("kk", "метро", ("1",), r"🚇 «Қалқаман» метро бекеті"),
    ("en", "BRT", ("1",), r"Bus rapid transit \(BRT\)"),
    ("ru", "рядом с метро Алатау", ("1",), r"📍 .* район"),
    ("en", "is there a hospital near Orbita", ("1",), r"Hospital · "),
    ("en", "compare alatau and medeu schools", ("📋",), r"\n1\. 🏫 "),
    ("en", "which district has the most schools", (), r"Most: \w+ district – \d+ schools"),
    ("ru", "почему перекопали Толе би", (), r"🛣 Продление улицы Толе би"),
    ("en", "most expensive road in Turksib", ("📋",), r"\n1\. 🛣 "),
    ("ru", "самый дорогой детский сад в Наурызбае", ("📋",), r"\n1\. 🧸 "),
    ("ru", "когда откроют поликлинику", ("1",), r"Поликлиника · "),
    ("ru", "сколько потратили на дороги", ("📋",), r"\n1\. 🛣 "),
    ("kk", "№178 мектеп қашан ашылады", ("📋",), r"\n1\. 🏫 "),
    ("ru", "канализация", ("1",), r"Сети|Канализация|Водопровод|коллектор"),
    ("kk", "Қалқаман", ("1",), r"📍 "),
    ("ru", "/budget", ("🏘",), r"₸"),
    ("kk", "/programmes", ("1", "📋"), r"\n1\. "),
    ("en", "/news", ("⏳ 90",), r"\n1\. "),
    ("ru", "/districts", ("Алатау", "📋"), r"\n1\. "),
)


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = TRIED
    return clock


@pytest.mark.parametrize(("language", "asked", "taps", "found"), ASKED)
async def test_it_is_answered_within_two_taps(
    sandbox: Sandbox,
    qala: Qala,
    language: str,
    asked: str,
    taps: tuple[str, ...],
    found: str,
) -> None:
    assert len(taps) <= MOST_TAPS
    answer = await tapped(sandbox.resident(NAMES[language]), asked, taps)
    assert re.search(found, answer.text.replace("\N{NO-BREAK SPACE}", " ")), answer.text


async def tapped(who: Resident, asked: str, taps: tuple[str, ...]) -> Message:
    """What stands after the taps; no screen on the way is longer than a phone."""
    answer = await say(who, asked)
    for tap in taps:
        fits(answer)
        answer = await press(who, tap)
    fits(answer)
    return answer


def fits(answer: Message) -> None:
    assert on_a_phone(answer) <= MOST_LINES, answer.text
    assert len(answer.keyboard) <= MOST_ROWS, labels(answer)


@pytest.mark.parametrize("language", list(NAMES))
async def test_near_me_to_the_timeline_of_the_nearest(
    sandbox: Sandbox, qala: Qala, language: str
) -> None:
    who = sandbox.resident(NAMES[language])
    await at(who, *SHUGYLA)
    card = await press(who, "1")
    assert "📍" in card.text
    more = await press(who, "🔽")
    assert "[1]" in more.text
