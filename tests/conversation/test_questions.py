"""Questions in one's own words: every figure is what counting by hand gives."""

from collections import Counter

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.dates import late
from handlers.frame.texts import Language, texts_for
from handlers.views.money import short_money
from handlers.views.numbers import coverage
from storage.database.store import Store
from storage.projects.summary import Listed
from storage.vocabulary import DISTRICTS
from tests.conversation.asking import is_title, labels, press, press_behind, say, titles
from tests.conversation.counting import TODAY, chosen, cost, everything, of_the_city, overdue

NAMES: dict[Language, str] = {"kk": "Айгерім", "ru": "Ольга", "en": "Daniel"}
PLACES = {f"{n})" for n in range(1, 9)}


@pytest.fixture
def city(city_store: Store) -> list[Listed]:
    return of_the_city(city_store)


@pytest.fixture
def projects(city_store: Store) -> tuple[Listed, ...]:
    return everything(city_store)


@pytest.mark.parametrize(
    ("language", "text", "understood", "sentence"),
    [
        (
            "kk",
            "Алатауда қандай мектептер салынып жатыр?",
            "Түсіндім: мектеп · Алатау · салынып жатыр",
            "Алатау ауданында {n} мектеп салынып жатыр.",
        ),
        (
            "ru",
            "какие школы строятся в Алатауском районе?",
            "Понял: школа · Алатауский · строится",
            "Строится в Алатауском районе: {n} школы.",
        ),
        (
            "en",
            "Which schools are being built in Alatau?",
            "I understood: school · Alatau · being built",
            "Being built in Alatau district: {n} schools.",
        ),
    ],
)
async def test_what_is_being_built(
    sandbox: Sandbox,
    resident: Resident,
    projects: tuple[Listed, ...],
    language: Language,
    text: str,
    understood: str,
    sentence: str,
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), text)
    first, told, *_ = answer.text.splitlines()
    found = chosen(projects, kind="school", district="alatau", state="building")
    assert 1 < len(found) <= 4, "the Russian form in the sentence is for 2 to 4"
    assert first == understood
    assert told == sentence.format(n=len(found))
    t = texts_for(language)
    named = [each.titles.shown(t.language) for each in found]
    assert len(titles(answer)) == len(named)
    for line in titles(answer):
        assert sum(is_title(line, title) for title in named) == 1


async def test_as_of_which_day_and_who_says_so(
    resident: Resident, projects: tuple[Listed, ...]
) -> None:
    answer = await say(resident, "Алатауда қандай мектептер салынып жатыр?")
    found = chosen(projects, kind="school", district="alatau", state="building")
    latest = max(each.heard_on.text for each in found if each.heard_on)
    assert latest == "2025-04"
    sources = await press_behind(resident, "⋯", "📚 Дереккөздер")
    assert len(titles(sources)) == len(titles(answer))
    assert sum("2025 жылғы сәуір" in line for line in sources.text.splitlines()) >= 1
    links = [entity for entity in sources.entities if entity["type"] == "text_link"]
    assert len(links) >= len(titles(sources))  # one at each row
    assert (await press(resident, "⬅️ Тізімге")).text == answer.text


async def test_what_was_handed_over_last_year(
    resident: Resident, olga: Resident, projects: tuple[Listed, ...]
) -> None:
    answer = await say(olga, "скока садиков сдали в прошлом году в Наурызбае")
    done = chosen(
        projects,
        kind="kindergarten",
        district="nauryzbay",
        state="completed",
        also=lambda each: each.completed_on is not None and each.completed_on.text[:4] == "2024",
    )
    assert answer.text.startswith(
        "Понял: сколько · детский сад · Наурызбайский · завершено в 2024 году"
    )
    assert done == []
    assert "Такого проекта в списке нет." in answer.text
    assert "Это не значит, что его нет" in answer.text
    anytime = chosen(projects, kind="kindergarten", district="nauryzbay", state="completed")
    assert ("За всё время" in answer.text) == bool(anytime)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "2025 жылы қанша мектеп аяқталды?"),
        ("ru", "сколько школ завершили в 2025 году?"),
        ("en", "How many schools were completed in 2025?"),
    ],
)
async def test_how_many_in_a_year(
    sandbox: Sandbox, resident: Resident, city: list[Listed], language: Language, text: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), text)
    done = chosen(
        city,
        kind="school",
        state="completed",
        also=lambda each: each.completed_on is not None and each.completed_on.text[:4] == "2025",
    )
    unknown = chosen(
        city, kind="school", state="completed", also=lambda each: each.completed_on is None
    )
    told = answer.text.splitlines()[1]
    assert str(len(done)) in told.split()[1:] or f" {len(done)} " in told, told
    assert len(titles(answer)) == 5
    assert unknown == [] or str(len(unknown)) in answer.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "ең қымбат жоба қайсы?"),
        ("ru", "какой проект самый дорогой?"),
        ("en", "What is the most expensive project?"),
    ],
)
async def test_the_dearest(
    sandbox: Sandbox, resident: Resident, city: list[Listed], language: Language, text: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), text)
    t = texts_for(language)
    known = [(kzt, each) for each in city if (kzt := cost(each)) is not None]
    kzt, dearest = max(known, key=lambda pair: pair[0])
    told = answer.text.splitlines()[1]
    assert dearest.titles.shown(t.language) in told
    assert short_money(t, kzt) in told
    assert coverage(t, len(known), len(city)) in answer.text
    sums = sorted((kzt for kzt, _ in known), reverse=True)
    assert is_title(titles(answer)[0], dearest.titles.shown(t.language))
    assert sums[0] == kzt


async def test_the_dearest_of_what_is_not_there(daniel: Resident, city: list[Listed]) -> None:
    assert chosen(city, kind="hospital", district="zhetysu") == []
    answer = await say(daniel, "most expensive hospital project in Zhetysu?")
    assert answer.text.startswith("I understood: the most expensive · hospital · Zhetysu")
    assert "No such project is in the list." in answer.text
    assert titles(answer) == []


async def test_sums_say_for_how_many_they_are_known(
    resident: Resident, olga: Resident, city: list[Listed]
) -> None:
    answer = await say(olga, "сколько денег на дороги?")
    roads = chosen(city, kind="road")
    known = [each.planned_kzt for each in roads if each.planned_kzt is not None]
    t = texts_for("ru")
    assert 0 < len(known) < len(roads)
    assert (
        f"План: {coverage(t, len(known), len(roads))} · {short_money(t, sum(known))}" in answer.text
    )
    projects = await press(olga, "📋 Эти проекты")
    assert len(titles(projects)) == min(5, len(roads))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "қай ауданда мектеп ең көп?"),
        ("ru", "в каком районе больше всего школ?"),
        ("en", "Which district has the most schools?"),
    ],
)
async def test_which_district_has_most(
    sandbox: Sandbox, resident: Resident, city: list[Listed], language: Language, text: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), text)
    counts = Counter(slug for each in chosen(city, kind="school") for slug in each.districts)
    (slug, most), (_, second) = counts.most_common(2)
    assert most > second
    name = DISTRICTS[slug].names[language]
    told = answer.text.splitlines()[2]
    assert name in told
    assert f" {most} " in told
    assert sum(line.partition(") ")[2].startswith(name) for line in answer.text.splitlines()) == 1
    assert len([line for line in answer.text.splitlines() if line[:2] in PLACES]) == len(DISTRICTS)


async def test_two_districts_side_by_side(
    resident: Resident, olga: Resident, projects: tuple[Listed, ...]
) -> None:
    answer = await say(olga, "сравни Алатауский и Медеуский районы по школам")
    alatau, medeu = (
        len(chosen(projects, kind="school", district=slug)) for slug in ("alatau", "medeu")
    )
    assert alatau != medeu
    (more, most), (less, least) = sorted(
        (("Алатауский район", alatau), ("Медеуский район", medeu)), key=lambda each: -each[1]
    )
    told = answer.text.splitlines()[2]
    assert told.startswith(f"Больше всего: {more} – {most} ")
    assert f"{less} – {least} " in told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Наурызбайда ненің мерзімі өтті?"),
        ("ru", "Что просрочено в Наурызбайском районе?"),
        ("en", "What is overdue in Nauryzbay?"),
    ],
)
async def test_what_is_overdue_and_by_how_much(
    sandbox: Sandbox,
    resident: Resident,
    projects: tuple[Listed, ...],
    language: Language,
    text: str,
) -> None:
    t = texts_for(language)
    who = sandbox.resident(NAMES[language])
    answer = await say(who, text)
    found = chosen(projects, district="nauryzbay", also=overdue)
    assert found
    assert f" {len(found)} " in answer.text.splitlines()[1]
    shown, named = answer.text, titles(answer)
    while "▶️" in labels(who.last):
        shown += (await press(who, "▶️")).text
        named += titles(who.last)
    for each in found:
        assert each.due_on is not None
        days = (TODAY - each.due_on.last).days
        assert any(is_title(line, each.titles.shown(t.language)) for line in named)
        assert str(late(t, days)) in shown


async def test_what_one_project_costs_and_that_nobody_said(
    resident: Resident, projects: tuple[Listed, ...]
) -> None:
    await say(resident, "Наурызбайдағы мектептер")
    answer = await say(resident, "1")
    first = next(each for each in projects if each.titles.kk in answer.text.splitlines()[2])
    assert cost(first) is None
    answer = await say(resident, "оның құны қанша?")
    assert first.titles.kk in answer.text
    assert "Құны белгісіз: ешбір дереккөзде сомасы айтылмаған." in answer.text
    answer = await say(resident, "оны кім салып жатыр?")
    assert "Кім салатыны белгісіз" in answer.text


async def test_the_limits_of_the_participatory_budget(resident: Resident, olga: Resident) -> None:
    answer = await say(olga, "какой лимит БНУ в 2025 году?")
    t = texts_for("ru")
    name, figure = answer.text.splitlines()[2:4]
    assert name == "Предельная стоимость одного проекта"
    assert short_money(t, 92_300_000) in figure
    assert short_money(t, 86_200_000) not in answer.text
    assert "[1] almatydc.kz – 5 сентября 2024" in answer.text


async def test_money_per_resident(daniel: Resident, city: list[Listed]) -> None:
    """Few of the listed projects have a sum: nothing is divided, what is known is said."""
    answer = await say(daniel, "how much money per resident?")
    known = [each for each in city if each.planned_kzt is not None]
    assert 2 * len(known) < len(city)
    assert "too few projects to work out a figure for each resident" in answer.text
    assert "per resident:" not in answer.text
    assert "2,280,296" not in answer.text
    assert "Plan: known for" in answer.text


async def test_where_the_facts_come_from(daniel: Resident, projects: tuple[Listed, ...]) -> None:
    answer = await say(daniel, "where does your data come from?")
    assert "About the data" in answer.text
    assert f"{len(projects)} projects" in answer.text
