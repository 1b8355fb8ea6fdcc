"""What was announced in a time is asked apart from all that is new, and from a state."""

from datetime import date

import pytest

from storage.values.ranges import Period
from tests.handlers.understanding.conftest import Ask

SEPTEMBER = Period(date(2025, 9, 1), date(2025, 9, 30))
OCTOBER = Period(date(2025, 10, 1), date(2025, 10, 31))
NOVEMBER = Period(date(2025, 11, 1), date(2025, 11, 30))
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("new projects announced in November", NOVEMBER),
        ("what new projects did they announce in September 2025", SEPTEMBER),
        ("announcements in October", OCTOBER),
        ("projects first announced in 2025", YEAR),
        ("what got announced in September", SEPTEMBER),
        ("list everything announced last month", OCTOBER),
        ("recently announced projects", None),
        ("какие новые проекты объявили в ноябре", NOVEMBER),
        ("о каких проектах объявили в сентябре", SEPTEMBER),
        ("что нового объявили в Медеуском районе за октябрь", OCTOBER),
        ("объявляли ли новые парки в сентябре", SEPTEMBER),
        ("какие стройки были объявлены в 2025 году", YEAR),
        ("недавно объявленные проекты", None),
        ("қарашада жарияланған жаңа жобалар", NOVEMBER),
        ("қыркүйекте қандай жаңа жобалар жарияланды", SEPTEMBER),
        ("Медеу ауданында қыркүйекте не жарияланды", SEPTEMBER),
        ("өткен айда жарияланған жобаларды көрсет", OCTOBER),
        ("биыл жарияланған мектептер", YEAR),
        ("жақында жарияланған жобалар", None),
    ],
)
def test_what_was_announced(ask: Ask, text: str, period: Period | None) -> None:
    question = ask(text)
    assert (question.intent, question.announced) == ("new", True)
    assert (question.period, question.states, question.leftover) == (period, (), ())


@pytest.mark.parametrize(
    "text", ["what's new in November", "что нового в ноябре", "қарашада не жаңалық"]
)
def test_what_is_new_takes_in_what_was_completed(ask: Ask, text: str) -> None:
    question = ask(text)
    assert (question.intent, question.announced) == ("new", False)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("announced projects in Medeu", None),
        ("объявленные проекты в Медеуском районе", None),
        ("Медеу ауданындағы жарияланған жобалар", None),
        ("schools announced for 2027", 2027),
        ("какие школы объявлены на 2027 год", 2027),
        ("2027 жылға жарияланған мектептер", 2027),
    ],
)
def test_what_is_to_come_is_a_state(ask: Ask, text: str, year: int | None) -> None:
    question = ask(text)
    assert (question.intent, question.states, question.announced) == ("list", ("planned",), False)
    assert (question.period and question.period.first and question.period.first.year) == year
    assert question.period_of == ("due" if year else None)


def test_another_month_asks_the_same(ask: Ask) -> None:
    before = ask("какие новые проекты объявили в ноябре")
    after = ask("а в октябре?", before)
    assert (after.intent, after.announced, after.period) == ("new", True, OCTOBER)
    assert not ask("а что сдали?", before).announced
