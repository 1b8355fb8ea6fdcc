"""A source under several projects supports every one of them, or stands at each; else none does."""

import re
from collections import defaultdict

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from storage.database.store import Store
from storage.projects.card import Card
from storage.projects.listing import card
from storage.words.languages import Language
from tests.conversation.asking import button_of, is_title, press, press_behind, say, titles
from tests.conversation.counting import TODAY, everything
from tests.storage.datasets import dataset

SOURCE = {"kk": "Дереккөз", "ru": "Источник", "en": "Source"}
HEARD = {"kk": "Соңғы дерек", "ru": "Последние сведения", "en": "Last heard"}
SEVERAL: list[tuple[Language, str]] = [
    ("ru", "сколько денег идёт на школы?"),
    ("ru", "сколько тратится на парки в Бостандыкском районе"),
    ("ru", "в каком районе больше всего строек?"),
    ("ru", "сравни Алатауский и Медеуский районы"),
    ("ru", "сколько денег на одного жителя?"),
    ("ru", "самая дорогая школа"),
    ("ru", "что просрочено"),
    ("kk", "жолдарға қанша қаржы бөлінді?"),
    ("kk", "қай ауданда мектеп ең көп салынып жатыр?"),
    ("kk", "Медеу мен Алмалыны салыстыр"),
    ("kk", "Наурызбайда қандай мектептер салынып жатыр"),
    ("en", "how much money goes to hospitals?"),
    ("en", "which district gets most money?"),
    ("en", "compare schools and kindergartens"),
    ("en", "what is new this year"),
    ("en", "parks in Bostandyk"),
]


@pytest.fixture
def everybody(resident: Resident, olga: Resident, daniel: Resident) -> dict[str, Resident]:
    return {"kk": resident, "ru": olga, "en": daniel}


def links(message: Message) -> list[str]:
    """The addresses that the text leads to."""
    return [entity["url"] for entity in message.entities if entity["type"] == "text_link"]


@pytest.mark.parametrize(("language", "text"), SEVERAL)
async def test_no_source_stands_under_several_projects(
    everybody: dict[str, Resident], language: Language, text: str
) -> None:
    answer = await say(everybody[language], text)
    below = answer.text.split("\n\n")[-1]
    assert not below.startswith(f"{SOURCE[language]}:")
    assert f"\n{SOURCE[language]}:" not in answer.text, answer.text
    outside = [url for url in links(answer) if "t.me" not in url]
    residents = [row["source_url"] for row in dataset.INDICATORS if row["code"] == "population"]
    assert set(outside) <= set(residents), outside  # the residents' own, beside their number


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("ru", "сколько денег идёт на парки?", "park"),
        ("kk", "аулаларға қанша қаржы бөлінді?", "yard"),
        ("en", "how much money goes to roads?", "road"),
    ],
)
async def test_a_sum_says_until_when_of_what_it_counts(
    everybody: dict[str, Resident], city_store: Store, language: Language, text: str, kind: str
) -> None:
    counted = [each for each in everything(city_store) if each.kind == kind]
    newest = max(each.heard_on.text for each in counted if each.heard_on)
    answer = await say(everybody[language], text)
    line = next(row for row in answer.text.splitlines() if row.startswith(HEARD[language]))
    assert newest[:4] in line
    assert str(int(newest[8:] or 1)) in line


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("ru", "парки в Бостандыкском районе", "📚 Источники"),
        ("kk", "Алатаудағы мектептер", "📚 Дереккөздер"),
        ("en", "schools in Nauryzbay", "📚 Sources"),
        ("ru", "канализация", "📚 Источники"),
    ],
)
async def test_the_source_at_a_row_is_that_project_s_own(
    everybody: dict[str, Resident], city_store: Store, language: Language, text: str, key: str
) -> None:
    who = everybody[language]
    listed = titles(await say(who, text))
    sources = await press_behind(who, "⋯", key)
    assert len(titles(sources)) == len(listed)
    of_title = _named(city_store, language)
    units = sources.text.encode("utf-16-le")
    for entity in (each for each in sources.entities if each["type"] == "text_link"):
        before = units[: entity["offset"] * 2].decode("utf-16-le")
        row = [line for line in before.splitlines() if re.match(r"\d+\. ", line)][-1]
        as_listed = row.replace(". ", ". – ", 1)  # where an emoji stands in lists
        told = [urls for title, urls in of_title.items() if is_title(as_listed, title)]
        assert any(entity["url"] in urls for urls in told), row


def _named(store: Store, language: Language) -> dict[str, set[str]]:
    """The addresses of the sources of the projects of each title."""
    found: dict[str, set[str]] = defaultdict(set)
    with store.reading() as session:
        for each in everything(store):
            known = card(session, each.id, TODAY)
            assert known is not None
            found[f"{each.titles.shown(language)}"] |= _urls(known)
    return found


def _urls(known: Card) -> set[str]:
    return {fact.source.url for facts in known.facts.values() for fact in facts if fact.source}


async def test_one_project_has_its_sources_numbered(olga: Resident) -> None:
    answer = await say(olga, "когда откроют станцию метро Калкаман?")
    assert "[1]" in answer.text
    assert button_of(answer, "📄")
    assert any("http" in url for url in links(answer))


async def test_the_projects_of_a_sum_lead_to_their_sources(daniel: Resident) -> None:
    await say(daniel, "how much money goes to hospitals?")
    listed = await press(daniel, "📋 These projects")
    assert titles(listed)
    assert titles(await press_behind(daniel, "⋯", "📚 Sources"))
