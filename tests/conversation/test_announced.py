"""«New projects announced in …»: what was first told of then, and nothing that was completed."""

from datetime import date

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.projects.summary import Listed
from storage.values.states import STATES
from tests.conversation.asking import is_title, labels, press, say, titles
from tests.conversation.counting import of_the_city
from tests.storage.datasets.dataset import interval, of

OPEN = {None, *STATES["building"], *STATES["planned"]}
TELLING = ("status", "starts_on", "due_on", "completed_on", "kind", "district", "planned_kzt")


def first_told_in(each: Listed, first: date, last: date) -> bool:
    """Whether the earliest row of the data set that tells of it is of these days."""
    days = [
        interval(row["stated_on"]).first if row["stated_on"] else (0, 0, 0)
        for row in of(each.key)
        if any(value for name, value in row.items() if name in TELLING)
    ]
    return (first.year, first.month, first.day) <= min(days) <= (last.year, last.month, last.day)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Айгерім", "2025 жылы жарияланған жаңа жобалар", "Түсіндім: не жарияланды"),
        ("Ольга", "какие новые проекты объявили в 2025 году", "Понял: что объявлено"),
        ("Daniel", "new projects announced in 2025", "I understood: what was announced"),
    ],
)
async def test_only_what_is_to_come_is_announced(
    sandbox: Sandbox, resident: Resident, city_store: Store, name: str, text: str, said: str
) -> None:
    who = sandbox.resident(name)
    language = {"Айгерім": "kk", "Ольга": "ru", "Daniel": "en"}[name]
    expected = [
        str(getattr(each.titles, language))
        for each in of_the_city(city_store)
        if each.status in OPEN and first_told_in(each, date(2025, 1, 1), date(2025, 12, 31))
    ]
    answer = await say(who, text)
    assert said in answer.text
    shown = titles(answer)
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        shown += titles(answer)
    assert len(shown) == len(expected)
    assert all(any(is_title(line, title) for title in expected) for line in shown)
    assert "✅" not in answer.text


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Айгерім", "1999 жылы жарияланған жобалар", "жарияланған жоба туралы дерек жоқ"),
        ("Ольга", "что объявили в 1999 году", "Нет сведений о проектах, объявленных за это время"),
        ("Daniel", "what was announced in 1999", "No project is known to have been announced"),
    ],
)
async def test_where_none_was_it_says_so(
    sandbox: Sandbox, resident: Resident, name: str, text: str, said: str
) -> None:
    assert said in (await say(sandbox.resident(name), text)).text
