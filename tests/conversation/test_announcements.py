"""What the two announcements say is answered, however it is asked: figures, programmes, plants."""

import json
import re
from pathlib import Path

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from tests.conversation.asking import labels, press, say

FILE = Path(__file__).parents[1] / "questions/announcements.jsonl"
QUESTIONS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
WHO = {"kk": "Айгерім", "ru": "Ольга", "en": "Daniel"}


def told(text: str) -> str:
    """An answer without its first line, which only says what was understood."""
    return text.replace("\N{NO-BREAK SPACE}", " ").partition("\n")[2]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["id"])
async def test_a_question_about_an_announcement(
    sandbox: Sandbox, resident: Resident, asked: dict[str, str]
) -> None:
    answer = await say(sandbox.resident(WHO[asked["lang"]]), asked["text"])
    assert re.search(asked["must"], told(answer.text)), answer.text


@pytest.mark.parametrize(
    ("name", "text", "figure", "listed"),
    [
        ("Айгерім", "Республика күніне неше әлеуметтік жоба бар?", "20 әлеуметтік жоба", "1 жоба"),
        ("Ольга", "сколько промышленных объектов ко Дню Республики", "9 промышленных", "есть: 3"),
        ("Daniel", "how many projects for Republic Day", "60 projects", "5 are in the list"),
    ],
)
async def test_what_was_announced_stands_beside_what_is_listed(
    sandbox: Sandbox, resident: Resident, name: str, text: str, figure: str, listed: str
) -> None:
    who = sandbox.resident(name)
    answer = told((await say(who, text)).text)
    assert figure in answer
    assert listed in answer
    assert any(label.startswith("📋") for label in labels(who.last))
    count = re.search(r"\d+", listed)
    shown = await press(who, "📋")
    assert count is not None
    assert count[0] in told(shown.text)


@pytest.mark.parametrize(
    ("name", "text", "not_said"),
    [
        ("Ольга", "сколько школ строится в Алатауском районе", "цель"),
        ("Ольга", "сколько парков ко Дню Республики", "60"),
        ("Daniel", "how much money goes to roads?", "2.6"),
        ("Айгерім", "Алматыда қанша тұрғын үй кешені салынып жатыр?", "5 400 000"),
        ("Ольга", "сколько дорог ремонтируют в Медеуском районе", "4 000"),
        ("Daniel", "how many people live in Almaty", "1,200,000"),
    ],
)
async def test_the_list_is_counted_where_no_figure_says_just_that(
    sandbox: Sandbox, resident: Resident, name: str, text: str, not_said: str
) -> None:
    answer = await say(sandbox.resident(name), text)
    assert not_said not in told(answer.text)
