"""Chatty texts: what asks is read, of the rest only where it plays and what it is about."""

import pytest

from handlers.understanding.question import Question
from tests.handlers.understanding.conftest import Ask
from tests.handlers.understanding.told import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Көршілерім қар жауады дейді. Әуезовте қандай мектептер салынып жатыр?",
            "list kk kinds=school states=building districts=auezov",
        ),
        (
            "Живу в Медеуском районе, двое детей. Какие садики там строятся?",
            "list ru kinds=kindergarten states=building districts=medeu",
        ),
        (
            "I moved here two years ago and love football. How many parks were opened in 2025?",
            (
                "count en kinds=park states=completed period=2025-01-01..2025-12-31 "
                "period_of=completed"
            ),
        ),
        (
            "Стою в пробке каждый день, какие развязки строятся в Алатауском районе?",
            "list ru kinds=interchange states=building districts=alatau",
        ),
        (
            "школы, садики и парки в Турксибе",
            "list ru kinds=school,kindergarten,park districts=turksib",
        ),
        (
            "Что строят на ул. Сатпаева?",
            "list ru states=building place=Улица_Сатпаева",
        ),
    ],
)
def test_the_part_that_asks(ask: Ask, text: str, expected: str) -> None:
    assert told(ask(text, person="ru")) == expected


def test_what_stands_before_says_what_it_is_about(ask: Ask) -> None:
    text = "Пишу статью про школы. Сколько их открыли в 2025 году?"
    question = ask(text, person="ru")
    assert (question.intent, question.kinds) == ("count", ("school",))


def test_a_question_before_says_it_better(ask: Ask) -> None:
    previous = Question("list", "ru", kinds=("park",), districts=("medeu",))
    question = ask("Мы в школе работаем. А сколько их сдали?", previous, person="ru")
    assert (question.intent, question.kinds) == ("count", ("park",))


def test_a_complaint_among_other_things_is_no_complaint(ask: Ask) -> None:
    text = "Сосед шумит, а скажите, какие парки строятся в Медеу?"
    assert ask(text, person="ru").intent == "list"
    assert ask("Сосед шумит по ночам, кому пожаловаться?", person="ru").topic == "complaint"
