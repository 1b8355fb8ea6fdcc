"""Kinds of faults that exams from outside found, each with other words than it was found with."""

import pytest

from storage.values.ranges import Amount
from tests.handlers.understanding.conftest import Ask


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("какие школы уже должны были открыть", "ru"),
        ("садики, которые так и не достроили", "ru"),
        ("мерзімінде бітпеген мектептер бар ма", "kk"),
        ("қай балабақшалар ашылуы керек еді", "kk"),
        ("roads that should have been finished", "en"),
        ("which clinics missed their deadline", "en"),
    ],
)
def test_late_in_other_words(ask: Ask, text: str, person: str) -> None:
    question = ask(text, person=person)
    assert question.intent == "overdue"
    assert question.kinds


@pytest.mark.parametrize(
    ("text", "person", "states"),
    [
        ("какие поликлиники ещё не начали строить", "ru", ("planned",)),
        ("құрылысы басталмаған мектептер", "kk", ("planned",)),
        ("bridges that have not started", "en", ("planned",)),
        ("Медеуде жолды ремонттап жатыр ма", "kk", ("building",)),
        ("идут ли работы по теплотрассе в Медеуском районе", "ru", ("building",)),
    ],
)
def test_states_in_other_words(ask: Ask, text: str, person: str, states: tuple[str, ...]) -> None:
    assert ask(text, person=person).states == states


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("какие мосты были построены с 2023 года", "ru"),
        ("сколько скверов было открыто с 2024 года", "ru"),
        ("поликлиника была сдана в 2024 году?", "ru"),
    ],
)
def test_what_was_opened_is_completed(ask: Ask, text: str, person: str) -> None:
    question = ask(text, person=person)
    assert (question.period_of, question.states) == ("completed", ("completed",))


@pytest.mark.parametrize(
    ("text", "person", "number"),
    [
        ("школа двести двадцать когда откроется", "ru", 220),
        ("двести двадцатая школа готова?", "ru", 220),
        ("екі жүз жиырмасыншы мектеп қашан ашылды", "kk", 220),
        ("when did school number two hundred twenty open", "en", 220),
        ("сколько стоит школа сто семьдесят четыре", "ru", 174),
    ],
)
def test_a_number_in_words_names_a_facility(ask: Ask, text: str, person: str, number: int) -> None:
    assert ask(text, person=person).number == number


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("три школы строятся", "ru"),
        ("первая школа в списке", "ru"),
        ("үш мектеп салынып жатыр ма", "kk"),
        ("two schools in Medeu", "en"),
    ],
)
def test_a_small_number_in_words_counts(ask: Ask, text: str, person: str) -> None:
    assert ask(text, person=person).number is None


@pytest.mark.parametrize(
    ("tenge", "least", "most"),
    [
        (4_600_000_000, 4_550_000_000, 4_650_000_000),
        (18_000_000_000, 17_500_000_000, 18_500_000_000),
        (250_000_000, 249_500_000, 250_500_000),
        (1_234_567_890, 1_234_567_890, 1_234_567_890),
    ],
)
def test_a_sum_in_words_is_rounded(tenge: int, least: int, most: int) -> None:
    assert Amount(tenge, tenge).as_typed == Amount(least, most)
    assert Amount(None, tenge).as_typed == Amount(None, tenge)


@pytest.mark.parametrize(
    ("text", "person", "order", "states"),
    [
        ("какую школу сдали последней", "ru", "newest", ("completed",)),
        ("which park was the last to be finished", "en", "newest", ("completed",)),
        ("ең соңғы болып ашылған балабақша", "kk", "newest", ("completed",)),
        ("какую больницу построили самой первой", "ru", "oldest", ("completed",)),
        ("which school was first to open", "en", "oldest", ("completed",)),
        ("какой садик откроется первым", "ru", "soonest", ()),
        ("which clinic opens next", "en", "soonest", ()),
        ("келесі ашылатын мектеп қайсы", "kk", "soonest", ()),
        ("самая новая поликлиника", "ru", "newest", ("completed",)),
    ],
)
def test_first_and_last_by_date(
    ask: Ask, text: str, person: str, order: str, states: tuple[str, ...]
) -> None:
    question = ask(text, person=person)
    assert (question.intent, question.order, question.states) == ("top", order, states)


@pytest.mark.parametrize(
    ("text", "person", "direction"),
    [
        ("в каком районе самый большой бюджет на парки", "ru", "most"),
        ("мектептерге ең көп ақша бөлінген аудан қайсы", "kk", "most"),
        ("which district has the smallest budget for schools", "en", "fewest"),
    ],
)
def test_which_district_has_most_money(ask: Ask, text: str, person: str, direction: str) -> None:
    question = ask(text, person=person)
    assert (question.intent, question.by, question.measure) == ("rank", "district", "money")
    assert question.direction == direction


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("в каком районе самая дорогая школа", "ru"),
        ("ең қымбат мектеп қайсы", "kk"),
        ("the most expensive road in Medeu district", "en"),
    ],
)
def test_the_dearest_is_still_a_project(ask: Ask, text: str, person: str) -> None:
    assert ask(text, person=person).intent == "top"


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("сколько садиков финансируется по БНУ", "ru"),
        ("барлығы қанша мектеп бар", "kk"),
        ("how many parks were funded this year", "en"),
    ],
)
def test_projects_are_counted_and_not_their_money(ask: Ask, text: str, person: str) -> None:
    assert ask(text, person=person).intent == "count"


@pytest.mark.parametrize(
    ("text", "person", "topic"),
    [
        ("мектепке қандай құжаттар керек", "kk", "service"),
        ("как записать ребёнка в садик", "ru", "service"),
        ("how do I register my child at a kindergarten", "en", "service"),
    ],
)
def test_how_to_get_a_place_is_no_project(ask: Ask, text: str, person: str, topic: str) -> None:
    question = ask(text, person=person)
    assert (question.intent, question.topic) == ("other", topic)


@pytest.mark.parametrize(
    "text", ["3 очередь жилого комплекса когда сдадут", "вторая очередь ЖК строится?"]
)
def test_a_stage_is_no_queue(ask: Ask, text: str) -> None:
    assert ask(text, person="ru").intent != "other"


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("прошу вас сообщить, какие школы строятся в Медеуском районе", "ru"),
        ("уточните пожалуйста какие парки строятся", "ru"),
    ],
)
def test_a_polite_request_asks_for_no_news(ask: Ask, text: str, person: str) -> None:
    question = ask(text, person=person)
    assert (question.intent, question.states) == ("list", ("building",))


def test_examples_in_brackets_do_not_narrow_a_sector(ask: Ask) -> None:
    question = ask("какие социальные объекты (школы, садики и т.д.) строятся", person="ru")
    assert (question.sectors, question.kinds) == (("social",), ())
    question = ask("which parks (and squares) were finished", person="en")
    assert set(question.kinds) == {"park", "square"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("с какого числа можно водить ребёнка в школу 220", "ru"),
        ("№220 мектепке қашаннан бастап барамыз", "kk"),
        ("from when can we use school 220", "en"),
    ],
)
def test_from_when_it_can_be_used_is_when_it_opens(ask: Ask, text: str, person: str) -> None:
    question = ask(text, person=person)
    assert (question.intent, question.period_of) in {("when", None), ("when", "due")}


def test_a_sum_of_a_question_finds_what_it_rounds(ask: Ask) -> None:
    question = ask("какой парк стоит 2,6 млрд", person="ru")
    assert question.filter.amount == Amount(2_550_000_000, 2_650_000_000)


@pytest.mark.parametrize(
    ("text", "person", "kind", "number"),
    [
        ("когда откроют д/с 12", "ru", "kindergarten", 12),
        ("СШ 220 готова?", "ru", "school", 220),
        ("№12 б/б бітті ме", "kk", "kindergarten", 12),
        ("д.с. № 12 строится?", "ru", "kindergarten", 12),
    ],
)
def test_short_forms_with_signs(ask: Ask, text: str, person: str, kind: str, number: int) -> None:
    question = ask(text, person=person)
    assert (question.kinds, question.number) == ((kind,), number)


def test_a_district_is_written_short(ask: Ask) -> None:
    assert ask("школы в Медеуском р-не", person="ru").districts == ("medeu",)
