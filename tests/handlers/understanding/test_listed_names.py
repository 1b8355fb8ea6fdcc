"""Names that only titles and addresses have: of which projects a list is asked, of which one."""

import pytest

from tests.handlers.understanding.conftest import Ask, Shipped


def keys(shipped: Shipped, numbers: tuple[int, ...]) -> set[str]:
    by_number = {number: key for key, number in shipped[1].items()}
    return {by_number[number] for number in numbers}


@pytest.mark.parametrize(
    ("text", "person", "word", "among"),
    [
        ("что строится в Таусамалы?", "ru", "Таусамалы", "tausamaly"),
        ("what is being built in Tausamaly", "en", "Tausamaly", "tausamaly"),
        ("Алғабаста не салынып жатыр?", "kk", "Алғабаста", "algabas"),
        ("какие объекты есть на Шолохова?", "ru", "Шолохова", "sholokhov"),
        ("Құлагерде қандай жобалар жоспарланған", "kk", "Құлагерде", "kulager"),
    ],
)
def test_a_list_is_narrowed_to_a_name_of_the_list(
    ask: Ask, shipped: Shipped, text: str, person: str, word: str, among: str
) -> None:
    question = ask(text, person=person)
    if question.place is None:  # unless it is a known place by now
        assert question.intent in {"list", "count"}, question
        assert question.named == word
    bearers = shipped[0].titled(word)
    assert bearers
    assert set(question.among) == bearers, keys(shipped, question.among)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("школа 220 на Майлина готова?", "ru"),
        ("is school 220 ready", "en"),
    ],
)
def test_a_number_is_answered_beside_a_word_more(
    ask: Ask, shipped: Shipped, text: str, person: str
) -> None:
    assert keys(shipped, ask(text, person=person).projects) == {"school-220"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Батылда не салынып жатыр?", "kk"),
        ("Жұлдызбұлақта қандай мектеп салынып жатыр", "kk"),
        ("что строится в Ромашкове?", "ru"),
        ("what is being built in Rosefield", "en"),
    ],
)
def test_a_place_that_nobody_knows_is_not_passed_over(ask: Ask, text: str, person: str) -> None:
    question = ask(text, person=person)
    assert question.intent == "unclear"
    assert question.leftover


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("which three projects are the dearest", "en"),
        ("I can't find what is being built in Medeu", "en"),
        ("Назовите самые дорогие проекты в сфере транспорта", "ru"),
        ("это не стройка, а цирк какой-то", "ru"),
    ],
)
def test_everyday_words_name_nothing(ask: Ask, text: str, person: str) -> None:
    assert ask(text, person=person).among == ()


@pytest.mark.parametrize(
    ("text", "person"),
    [("is the car plant finished?", "en"), ("when will the car wash open", "en")],
)
def test_a_car_is_no_month(ask: Ask, text: str, person: str) -> None:
    assert ask(text, person=person).period is None
