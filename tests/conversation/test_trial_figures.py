"""What the trial said of sums, counts, sources and the age of the data, as conversations."""

import re

import pytest

from bot.sandbox.message import Message
from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from storage.database.store import Store
from storage.projects.summary import Listed
from tests.conversation.asking import at, labels, press, press_behind, say, titles
from tests.conversation.clock import Clock
from tests.conversation.counting import of_the_city
from tests.conversation.test_trial import LANGUAGES, NAMES, SHUGYLA, TRIED
from tests.storage.datasets.dataset import latest


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = TRIED
    return clock


@pytest.fixture
def city(city_store: Store) -> list[Listed]:
    return of_the_city(city_store)


def plain(answer: Message) -> str:
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "public", "private"),
    [
        (
            "kk",
            r"💰 Жоспар: (?P<of>\d+) жобаның (?P<known>\d+)-\w+ белгілі · [\d,]+ млрд ₸",
            r"🏭 Жеке инвесторлар, бөлек: .* ₸",
        ),
        (
            "ru",
            r"💰 План: известно по (?P<known>\d+) из (?P<of>\d+) проектов · [\d,]+ млрд ₸",
            r"🏭 Проекты частных инвесторов, отдельно: .* ₸",
        ),
        (
            "en",
            r"💰 Plan: known for (?P<known>\d+) of (?P<of>\d+) projects · [\d.]+ bn ₸",
            r"🏭 Private investors.* apart: .* ₸",
        ),
    ],
)
async def test_public_money_its_coverage_first_and_private_investors_apart(
    sandbox: Sandbox,
    qala: Qala,
    city: list[Listed],
    language: str,
    public: str,
    private: str,
) -> None:
    answer = plain(await say(sandbox.resident(NAMES[language]), "/budget"))
    found = re.search(public, answer)
    assert found, answer
    assert re.search(private, answer), answer
    of_public = [each for each in city if latest(each.key, "funding") != "private"]
    known = [each for each in of_public if each.planned_kzt is not None]
    assert (int(found["known"]), int(found["of"])) == (len(known), len(of_public))
    assert 2 * len(known) < len(of_public)
    assert not re.search(r"(на одного жителя|per resident:|бір тұрғынға шаққанда) [\d ,]+₸", answer)


@pytest.mark.parametrize(
    ("language", "sum_of_all"),
    [
        ("kk", r"8 аудан\w* \D*(\d+), бүкіл қала\w* \D*(\d+), \D*(\d+)"),
        ("ru", r"8 районов – (\d+), весь город – (\d+), район не назван – (\d+)"),
        ("en", r"8 districts (\d+), the whole city (\d+), district not stated (\d+)"),
    ],
)
async def test_where_the_others_are_is_said_where_districts_are_added_up(
    sandbox: Sandbox, qala: Qala, city: list[Listed], language: str, sum_of_all: str
) -> None:
    answer = plain(await say(sandbox.resident(NAMES[language]), "/districts"))
    found = re.search(sum_of_all, answer)
    assert found, answer
    assert sum(map(int, found.groups())) == len(city)


@pytest.mark.parametrize(
    ("language", "day", "none"),
    [
        ("kk", "📅 Соңғы дерек: 2026 жылғы 13 наурыз", r"✅ Соңғы 30 күнде .* · дерек жоқ"),
        ("ru", "📅 Данные по 13 марта 2026", r"✅ Завершено за последние 30 дней · нет данных"),
        ("en", "📅 Data up to 13 March 2026", r"✅ Completed in the last 30 days · no data"),
    ],
)
async def test_news_that_can_only_be_empty_say_so_and_offer_the_newest(
    sandbox: Sandbox, qala: Qala, language: str, day: str, none: str
) -> None:
    who = sandbox.resident(NAMES[language])
    answer = await say(who, "/news")
    assert day in plain(answer)
    assert re.search(none, plain(answer)), plain(answer)
    newest = await press(who, labels(answer)[0])
    assert titles(newest)
    assert all("✅" in each for each in newest.text.split("\n") if each.startswith("✅"))


@pytest.mark.parametrize(
    ("language", "asked", "list_of"),
    [
        ("kk", "мерзімі өтіп, хабар жоқ жобалар", "⌛ Мерзімі өтті, жаңа хабар жоқ"),
        ("ru", "срок прошёл, новостей нет", "⌛ Срок прошёл, новостей нет"),
        ("ru", "о чём давно нет новостей", "⌛ Срок прошёл, новостей нет"),
        ("en", "what has nobody told about", "⌛ Due date passed, no news since"),
    ],
)
async def test_what_nobody_told_of_since_is_asked_for_in_words(
    sandbox: Sandbox, qala: Qala, language: str, asked: str, list_of: str
) -> None:
    answer = plain(await say(sandbox.resident(NAMES[language]), asked))
    assert len(re.findall(f"^{list_of}", answer, re.MULTILINE)) == 5, answer
    assert "⏰" not in answer


@pytest.mark.parametrize(
    ("language", "asked"),
    [("kk", "кәріз"), ("ru", "канализация"), ("en", "sewers"), ("ru", "какие школы строятся")],
)
async def test_the_sources_of_a_list_stand_at_their_rows(
    sandbox: Sandbox, qala: Qala, language: str, asked: str
) -> None:
    who = sandbox.resident(NAMES[language])
    answer = await say(who, asked)
    rows = len(titles(answer))
    assert rows > 1
    assert not answer.covered("text_link")  # no source under the list, which would be of some rows
    sources = await press_behind(who, "⋯", "📚")
    assert len(titles(sources)) == rows
    below = re.split(r"^\d+\. .*\n", sources.text, flags=re.MULTILINE)[1:]
    assert all(each.strip() for each in below), sources.text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("kk", "💰 Дереккөздерде сома айтылмаған"),
        ("ru", "💰 Суммы источники не называют"),
        ("en", "💰 No source names a sum"),
    ],
)
async def test_three_unknown_sums_are_one_line(
    sandbox: Sandbox, qala: Qala, language: str, line: str
) -> None:
    who = sandbox.resident(NAMES[language])
    await at(who, *SHUGYLA)
    card = plain(await press(who, "1"))
    assert line in card.splitlines()
    assert "📄" not in card
    assert "💸" not in card


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", r"Наурызбай ауданы: .*\d+ жоба"),
        ("ru", r"Наурызбайский район: у \d+ проектов нет точки на карте"),
        ("en", r"Nauryzbay district: \d+ projects? ha(ve|s) no point"),
    ],
)
async def test_a_circle_says_what_it_leaves_out_and_offers_it_in_one_tap(
    sandbox: Sandbox, qala: Qala, language: str, said: str
) -> None:
    who = sandbox.resident(NAMES[language])
    await at(who, *SHUGYLA)
    draft = await press(who, "🔔")
    assert re.search(said, plain(draft)), plain(draft)
    with_district = [each for each in labels(draft) if each.startswith("✅ +")]
    assert len(with_district) == 1
    assert (await press(who, with_district[0])).text.startswith("✅")


@LANGUAGES
async def test_the_city_s_programmes_come_first_and_the_region_s_behind_a_button(
    sandbox: Sandbox, qala: Qala, language: str
) -> None:
    who = sandbox.resident(NAMES[language])
    answer = await say(who, "/programmes")
    with_projects = [
        each for each in titles(answer) if re.search(r"\d+ (жоба|проект|project)", each)
    ]
    assert len(with_projects) > len(titles(answer)) / 2
    assert "🗺" in labels(answer)[-1]
    assert titles(await press(who, "🗺"))
