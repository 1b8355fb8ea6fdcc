"""Sums of money in three languages, each with its exact bounds in tenge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.lexicon.tokens import tokenise
from handlers.understanding.numbers.amounts import find_amounts

M, B, T = 10**6, 10**9, 10**12

# A line: the phrase = least..most, in millions of tenge; an open end is blank.
KAZAKH = """
2,6 трлн = 2600000..2600000
2,6 трлн теңге = 2600000..2600000
500 миллионнан арзан = ..500
500 млн-нан арзан = ..500
500 миллионнан арзанырақ = ..500
500 миллионнан аспайтын = ..500
500 млн-ға дейін = ..500
500 миллион теңгеге дейінгі = ..500
1 миллиардтан асатын = 1000..
1 миллиардтан асқан = 1000..
1 миллиардтан қымбат = 1000..
1 миллиардтан көп = 1000..
1 миллиардтан астам = 1000..
1 млрд-тан астам = 1000..
1 миллиард теңгеден жоғары = 1000..
1 миллиардтан аз емес = 1000..
1 миллиардтан артық емес = ..1000
кемінде 1 млрд = 1000..
кем дегенде бес жүз миллион = 500..
көп дегенде 2 млрд = ..2000
миллиардтан қымбат = 1000..
жарты миллиард = 500..500
жарты миллиардтан арзан = ..500
бір жарым миллиард = 1500..1500
екі миллиард теңге = 2000..2000
2 миллиардтан 5 миллиардқа дейін = 2000..5000
2 мен 5 млрд арасында = 2000..5000
1 млрд пен 2 млрд арасындағы = 1000..2000
2-5 млрд = 2000..5000
шамамен 2 млрд = 1800..2200
1 млрд 200 млн = 1200..1200
500 миллионнан арзан емес = 500..
1 000 000 000 тг = 1000..1000
1 milliardtan qymbat = 1000..
500 millionnan arzan = ..500
"""

RUSSIAN = """
2,6 трлн = 2600000..2600000
2.6 трлн тенге = 2600000..2600000
больше миллиарда = 1000..
более 1 млрд = 1000..
свыше 100 млн = 100..
дороже 1,5 миллиардов тенге = 1500..
дороже полумиллиарда = 500..
от миллиарда = 1000..
от 2 до 5 млрд = 2000..5000
от 500 млн до 1 млрд = 500..1000
от миллиарда до двух = 1000..2000
между 1 и 2 млрд = 1000..2000
2-5 млрд = 2000..5000
2–5 млрд тенге = 2000..5000
500-700 млн = 500..700
до 500 млн тенге = ..500
дешевле 500 миллионов = ..500
меньше 500млн = ..500
не более чем 300 млн = ..300
не дороже 1 млрд = ..1000
не менее 1 млрд = 1000..
не дешевле 1 млрд = 1000..
менее ста миллионов = ..100
полмиллиарда = 500..500
полтора миллиарда = 1500..1500
два с половиной миллиарда = 2500..2500
пятьсот миллионов тенге = 500..500
1,5 млрд ₸ = 1500..1500
1 500 млн = 1500..1500
1 000 000 000 тг = 1000..1000
больше 1000000 = 1..
около 1 млрд = 900..1100
1 млрд 200 млн = 1200..1200
≥ 1 млрд = 1000..
≤1 млрд = ..1000
больше милиарда = 1000..
bolshe 1 mlrd = 1000..
bolshe milliarda = 1000..
"""

ENGLISH = """
2.6 trillion = 2600000..2600000
2.6 tn tenge = 2600000..2600000
over a billion = 1000..
over one billion = 1000..
more than 1.5 billion tenge = 1500..
above 500 million = 500..
exceeding 2 bn = 2000..
at least 200 million = 200..
no less than 1 billion = 1000..
costlier than 1 billion = 1000..
under 500 million = ..500
below 1 bn = ..1000
less than a billion = ..1000
cheaper than 100 million = ..100
up to 100 mln = ..100
at most 2 billion = ..2000
no more than 300 million = ..300
between 1 and 2 bn = 1000..2000
between 500 million and 1 billion = 500..1000
from 2 to 5 billion = 2000..5000
2 to 5 billion = 2000..5000
2-5 billion = 2000..5000
half a billion = 500..500
two and a half billion = 2500..2500
a billion = 1000..1000
five hundred million = 500..500
1,000,000 tenge = 1..1
KZT 3 billion = 3000..3000
1.5bn = 1500..1500
500k tenge over = 0.5..0.5
about 1 billion = 900..1100
> 500 million = 500..
<500 million = ..500
"""


def _rows(table: str) -> list[tuple[str, str]]:
    lines = (line.rpartition(" = ") for line in table.strip().splitlines())
    return [(phrase, expected) for phrase, _sign, expected in lines]


def _said(text: str) -> list[str]:
    found = (span.value for span in find_amounts(tokenise(text)))
    return [f"{_millions(each.minimum)}..{_millions(each.maximum)}" for each in found]


def _millions(tenge: int | None) -> str:
    return "" if tenge is None else f"{tenge / M:.12g}"


@pytest.mark.parametrize(("phrase", "expected"), _rows(KAZAKH))
def test_a_kazakh_phrase_gives_its_sum(phrase: str, expected: str) -> None:
    assert _said(phrase) == [expected]


@pytest.mark.parametrize(("phrase", "expected"), _rows(RUSSIAN))
def test_a_russian_phrase_gives_its_sum(phrase: str, expected: str) -> None:
    assert _said(phrase) == [expected]


@pytest.mark.parametrize(("phrase", "expected"), _rows(ENGLISH))
def test_an_english_phrase_gives_its_sum(phrase: str, expected: str) -> None:
    assert _said(phrase) == [expected]


@pytest.mark.parametrize(
    ("text", "tenge"),
    [("2,6 трлн", 2_600_000_000_000), ("1,234567 млрд", 1_234_567_000), ("0,1 млн", 100_000)],
)
def test_sums_are_whole_tenge(text: str, tenge: int) -> None:
    (span,) = find_amounts(tokenise(text))
    assert (span.value.minimum, span.value.maximum) == (tenge, tenge)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Алатауда 500 миллионнан арзан мектептер бар ма", "500 миллионнан арзан"),
        ("школы дороже 1,5 млрд тенге в Медеу", "дороже 1,5 млрд тенге"),
        ("roads over a billion in Turksib", "over a billion"),
    ],
)
def test_the_span_holds_the_words_of_the_sum(text: str, words: str) -> None:
    (span,) = find_amounts(tokenise(text))
    assert (span.slot, span.text) == ("amount", words)


@pytest.mark.parametrize(
    "text",
    [
        "1500 орындық мектеп",
        "27 км жол",
        "школа на 500 мест",
        "больше 500 мест",
        "500 метров",
        "миллион деревьев",
        "10 миллионов долларов",
        "5 млн евро",
        "сколько миллиардов потратили",
        "қанша миллион теңге",
        "how many millions were spent",
        "в 2025 году",
        "от 2023 до 2025 года",
        "2024-2025 жылдары",
        "№178 мектеп",
        "12 мкр",
        "178 школа",
        "топ-5",
        "больше 10 проектов",
        "10 000 деревьев",
        "100 тысяч жителей",
        "2 мың орын",
        "over there",
        "до сентября",
        "дороже",
    ],
)
def test_what_is_no_money_is_not_read_as_money(text: str) -> None:
    assert _said(text) == []


_PIECES = [phrase for table in (KAZAKH, RUSSIAN, ENGLISH) for phrase, _sum in _rows(table)]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=12), max_size=12))
def test_no_text_raises_and_bounds_stand_in_order(pieces: list[str]) -> None:
    for span in find_amounts(tokenise(" ".join(pieces))):
        least, most = span.value.minimum, span.value.maximum
        assert least is not None or most is not None
        if least is not None and most is not None:
            assert 0 <= least <= most


@given(st.text(alphabet="0123456789.,- млрдтенге₸мың"))
def test_any_digits_are_read(text: str) -> None:
    find_amounts(tokenise(text))
