"""Lists begin with what is alive: what nobody told of for a year stands under a line of its own."""

import re
from collections.abc import Sequence

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.phone import MOST_LINES
from storage.database.store import Store
from storage.projects.summary import Listed
from tests.conversation.asking import at, labels, on_a_phone, press, say, titles
from tests.conversation.counting import everything, silent

CENTRE, AUEZOV, MEDEU = (43.2567, 76.9286), (43.2245, 76.8497), (43.2400, 76.9620)
LINES = {
    "Айгерім": "Мерзімі өтті, бір жылдан бері жаңа хабар жоқ:",
    "Ольга": "Срок прошёл, новостей нет год и дольше:",
    "Daniel": "Due date passed, no news for a year or more:",
}


async def pages(who: Resident, first: Message) -> list[Message]:
    found = [first]
    while "▶️" in labels(found[-1]):
        found.append(await press(who, "▶️"))
    return found


def check(shown: Sequence[Message], line: str, known: Sequence[Listed], language: str) -> None:
    """All alive ones stand before the line, all others after it; no page is longer than a phone."""
    dead = {str(getattr(each.titles, language)) for each in known if silent(each)}
    alive = {str(getattr(each.titles, language)) for each in known if not silent(each)} - dead
    told = [(each, after) for page in shown for each, after in rows(page, line)]
    assert [after for _, after in told] == sorted(after for _, after in told)
    assert {after for _, after in told} == {False, True}
    for title, after in told:
        whole = re.sub(r"^\d+\. \S+ ", "", title)
        if "…" not in whole:
            assert whole in (dead if after else alive), title
    for page in shown:
        assert page.text.count(line) <= 1
        assert on_a_phone(page) <= MOST_LINES


def rows(page: Message, line: str) -> list[tuple[str, bool]]:
    """The numbered lines of a page, and whether they stand below the line."""
    before, found, _ = page.text.partition(line)
    numbered = titles(page)
    above = sum(each in before.splitlines() for each in numbered) if found else len(numbered)
    return [(each, place >= above) for place, each in enumerate(numbered)]


@pytest.mark.parametrize("point", [CENTRE, AUEZOV, MEDEU])
@pytest.mark.parametrize(
    ("name", "language"), [("Айгерім", "kk"), ("Ольга", "ru"), ("Daniel", "en")]
)
async def test_near_a_location(
    sandbox: Sandbox,
    resident: Resident,
    city_store: Store,
    name: str,
    language: str,
    point: tuple[float, float],
) -> None:
    who = sandbox.resident(name)
    shown = await pages(who, await at(who, *point))
    check(shown, LINES[name], everything(city_store), language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Айгерім", "kk", "Медеу ауданында не салынып жатыр?"),
        ("Айгерім", "kk", "Орбита маңында не салынады?"),
        ("Ольга", "ru", "проекты в Ауэзовском районе"),
        ("Ольга", "ru", "что рядом с площадью Республики"),
        ("Daniel", "en", "what is being built in Almaly district"),
        ("Daniel", "en", "projects near Tastak"),
    ],
)
async def test_of_a_district_and_near_a_place_in_words(
    sandbox: Sandbox,
    resident: Resident,
    city_store: Store,
    name: str,
    language: str,
    text: str,
) -> None:
    who = sandbox.resident(name)
    shown = await pages(who, await say(who, text))
    check(shown, LINES[name], everything(city_store), language)


async def test_a_districts_own_list(
    sandbox: Sandbox, resident: Resident, city_store: Store
) -> None:
    olga = sandbox.resident("Ольга")
    await say(olga, "/districts")
    await press(olga, "Ауэзовский")
    shown = await pages(olga, await press(olga, "📋 Все"))
    check(shown, LINES["Ольга"], everything(city_store), "ru")
