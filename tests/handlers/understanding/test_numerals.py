"""Numbers of facilities, limits and radii; numbers in words; the senses of single words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.lexicon.tokens import tokenise
from handlers.understanding.numbers.cardinals import number_at
from handlers.understanding.numbers.roles import find_limits, find_numbers, find_radii
from handlers.understanding.numbers.senses import senses_of, words_of
from storage.vocabulary.senses import forms

FACILITIES = [
    ("№178 мектеп", 178),
    ("№ 99 мектептің жөндеуі", 99),
    ("178 мектеп", 178),
    ("178-мектеп", 178),
    ("12-ші мектеп", 12),
    ("25-мектептің құрылысы", 25),
    ("178 нөмірлі мектеп", 178),
    ("нөмірі 178 мектеп", 178),
    ("мектеп 12", 12),
    ("№45 балабақша", 45),
    ("45-балабақша қашан ашылады", 45),
    ("ЖЭО-3", 3),
    ("178 mektep", 178),
    ("школа 220", 220),
    ("школа №220", 220),
    ("школа номер 220", 220),
    ("220 школа", 220),
    ("220-я школа", 220),
    ("220-й школы", 220),
    ("12 школы", 12),
    ("когда сдадут 220 школу", 220),
    ("садик 45", 45),
    ("детский сад №45", 45),
    ("лицей №28", 28),
    ("больница 7", 7),
    ("ТЭЦ-2", 2),
    ("shkola 220", 220),
    ("school No. 178", 178),
    ("school 178", 178),
    ("178th school", 178),
    ("school number 178", 178),
    ("kindergarten #45", 45),
]
LIMITS = [
    ("топ-5", 5),
    ("топ 10 мектеп", 10),
    ("ең қымбат 5 жоба", 5),
    ("ең қымбат үш мектеп", 3),
    ("ең қымбат 12 мектеп", 12),
    ("5 ірі жоба", 5),
    ("ең жақын 3 мектеп", 3),
    ("3 самых дорогих", 3),
    ("три самых дорогих проекта", 3),
    ("самые дорогие 5 проектов", 5),
    ("5 крупнейших строек", 5),
    ("первые 10 проектов", 10),
    ("5 ближайших школ", 5),
    ("top 3", 3),
    ("top five schools", 5),
    ("the 5 cheapest schools", 5),
    ("three most expensive roads", 3),
    ("most expensive 3 schools", 3),
    ("nearest 3 schools", 3),
    ("first 10 projects", 10),
]
RADII = [
    ("2 км радиуста", 2000),
    ("2 км радиусында", 2000),
    ("500 метр жерде", 500),
    ("1 шақырым қашықтықта", 1000),
    ("1,5 км радиуста", 1500),
    ("в радиусе километра", 1000),
    ("в радиусе 2 км", 2000),
    ("в радиусе двух километров", 2000),
    ("в 500 метрах", 500),
    ("500 метров от дома", 500),
    ("не дальше 1 км", 1000),
    ("ближе 1 км", 1000),
    ("within 500 m", 500),
    ("within a kilometre", 1000),
    ("within 2 km of Mega", 2000),
    ("within a radius of 2 km", 2000),
    ("2 km radius", 2000),
    ("500 m from my home", 500),
]
NEITHER = [
    "12 мкр",
    "12-шағынаудан",
    "12 мкр-дағы мектеп",
    "школа в 12 мкр",
    "мкр 12 школа",
    "мкр №12",
    "Ақсай-4",
    "Ақсай-4 мектептері",
    "школы в Аксай-4",
    "Мамыр 4",
    "2025 жылы ашылған мектептер",
    "школа 2025",
    "школа на 1500 мест",
    "школа 1500 мест",
    "школа 5 млн",
    "1500 орындық мектеп",
    "500 мест",
    "27 км жол",
    "12 школ",
    "2 школы",
    "23 школы",
    "12 schools",
    "в 3 микрорайоне",
    "2,6 трлн",
    "5 млрд",
    "соңғы 30 күнде",
    "за последние 3 месяца",
    "3 этажа",
    "28 гвардейцев",
    "самая дорогая школа",
    "most expensive school",
    "0",
    "Сквер в 12-м микрорайоне",
    "Reconstruction of 39 km of mains",
]


@pytest.mark.parametrize(("text", "number"), FACILITIES)
def test_the_number_of_a_facility(text: str, number: int) -> None:
    (span,) = find_numbers(tokenise(text))
    assert (span.value.role, span.value.value) == ("facility", number)
    assert span.slot == "facility"
    assert str(number) in span.text


@pytest.mark.parametrize(("text", "number"), LIMITS)
def test_how_many_are_wanted(text: str, number: int) -> None:
    assert [span.value.value for span in find_limits(tokenise(text))] == [number]
    assert len(find_numbers(tokenise(text))) == 1


@pytest.mark.parametrize(("text", "metres"), RADII)
def test_a_radius_in_metres(text: str, metres: int) -> None:
    assert [span.value.value for span in find_radii(tokenise(text))] == [metres]
    assert len(find_numbers(tokenise(text))) == 1


@pytest.mark.parametrize("text", NEITHER)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_numbers(tokenise(text)) == []


def test_the_noun_stays_outside_the_span_so_that_it_tells_the_kind() -> None:
    (span,) = find_numbers(tokenise("Алатаудағы №178 мектеп"))
    assert (span.text, span.end - span.start) == ("№178", 2)


KAZAKH_TENS = ["жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]
KAZAKH_ONES = ["бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
RUSSIAN_TENS = [
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
]
RUSSIAN_ONES = ["один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ENGLISH_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def _value(text: str) -> Fraction | None:
    words = words_of(tokenise(text))
    found = number_at(words, 0)
    return found[1] if found is not None and found[0] == len(words) else None


@pytest.mark.parametrize(
    ("tens", "ones"),
    [
        (KAZAKH_TENS, KAZAKH_ONES),
        (RUSSIAN_TENS, RUSSIAN_ONES),
        (ENGLISH_TENS, ENGLISH_ONES),
    ],
    ids=["kk", "ru", "en"],
)
def test_numbers_in_words_up_to_a_hundred(tens: list[str], ones: list[str]) -> None:
    for ten, ten_word in enumerate(tens, start=2):
        assert _value(ten_word) == ten * 10
        for one, one_word in enumerate(ones, start=1):
            assert _value(one_word) == one
            assert _value(f"{ten_word} {one_word}") == ten * 10 + one


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("он екі", 12),
        ("жүз", 100),
        ("екі жүз жиырма бес", 225),
        ("сто двадцать", 120),
        ("двести двадцать", 220),
        ("девятнадцать", 19),
        ("two hundred five", 205),
        ("1 000 000", 1_000_000),
        ("1.000.000", 1_000_000),
        ("1,000,000", 1_000_000),
        ("178", 178),
    ],
)
def test_longer_numbers(text: str, value: int) -> None:
    assert _value(text) == value


def test_a_fraction_stays_exact() -> None:
    assert _value("2,6") == Fraction(13, 5)


@pytest.mark.parametrize("text", ["бес он", "два двадцать", "twenty thirty"])
def test_numbers_that_do_not_add_up_are_two(text: str) -> None:
    assert _value(text) is None


def test_every_listed_form_has_its_sense() -> None:
    single = [form for form in forms() if " " not in form.text]
    missing = [form for form in single if form.sense not in senses_of(form.text)]
    assert missing == []


def test_a_form_has_one_value_for_a_sense() -> None:
    values: dict[tuple[str, str], set[int]] = {}
    for form in forms():
        values.setdefault((form.text, form.sense), set()).add(form.value)
    assert {form: each for form, each in values.items() if len(each) > 1} == {}


def test_a_kazakh_letter_that_was_typed_counts() -> None:
    assert "unit" in senses_of("күн")
    assert "unit" in senses_of("кун")
    assert "unit" not in senses_of("құн")


@pytest.mark.parametrize(
    ("typed", "sense"),
    [
        ("былтр", "relative_year"),
        ("сентибря", "month"),
        ("миллиардов", "scale"),
        ("мильярд", "scale"),
        ("qyrkuiek", "month"),
        ("proshlom", "rel"),
    ],
)
def test_slips_and_latin_letters_are_mended(typed: str, sense: str) -> None:
    assert sense in senses_of(typed)


@pytest.mark.parametrize(
    "word",
    [
        "наурызбай",
        "наурызбае",
        "кешені",
        "жанында",
        "қазына",
        "южнее",
        "жаңа",
        "жылу",
        "очень",
        "мектеп",
        "метро",
        "школа",
        "алатау",
    ],
)
def test_words_of_other_things_are_not_mended(word: str) -> None:
    found = senses_of(word)
    assert not {"month", "rel", "unit", "season", "length", "relative_year"} & set(found)


_PIECES = [text for text, _number in (*FACILITIES, *LIMITS, *RADII)] + NEITHER


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=12), max_size=12))
def test_no_text_raises_and_numbers_are_positive(pieces: list[str]) -> None:
    for span in find_numbers(tokenise(" ".join(pieces))):
        assert span.value.value > 0


@given(st.text(alphabet="0123456789²٣.,№#-кмmшкола "))
def test_any_digits_are_read(text: str) -> None:
    find_numbers(tokenise(text))
