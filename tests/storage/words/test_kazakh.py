"""Kazakh endings of the names and numbers that the bot writes."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.vocabulary import DISTRICTS
from storage.words.kazakh_endings import Case
from storage.words.kazakh_inflection import with_suffix

# word: genitive dative accusative locative ablative instrumental
TABLE = """
Алатау: Алатаудың Алатауға Алатауды Алатауда Алатаудан Алатаумен
Алмалы: Алмалының Алмалыға Алмалыны Алмалыда Алмалыдан Алмалымен
Әуезов: Әуезовтің Әуезовке Әуезовті Әуезовте Әуезовтен Әуезовпен
Бостандық: Бостандықтың Бостандыққа Бостандықты Бостандықта Бостандықтан Бостандықпен
Жетісу: Жетісудың Жетісуға Жетісуды Жетісуда Жетісудан Жетісумен
Медеу: Медеудің Медеуге Медеуді Медеуде Медеуден Медеумен
Наурызбай: Наурызбайдың Наурызбайға Наурызбайды Наурызбайда Наурызбайдан Наурызбаймен
Түрксіб: Түрксібтің Түрксібке Түрксібті Түрксібте Түрксібтен Түрксібпен
Алматы: Алматының Алматыға Алматыны Алматыда Алматыдан Алматымен
ауданы: ауданының ауданына ауданын ауданында ауданынан ауданымен
көшесі: көшесінің көшесіне көшесін көшесінде көшесінен көшесімен
даңғылы: даңғылының даңғылына даңғылын даңғылында даңғылынан даңғылымен
аудан: ауданның ауданға ауданды ауданда ауданнан ауданмен
мектеп: мектептің мектепке мектепті мектепте мектептен мектеппен
саябақ: саябақтың саябаққа саябақты саябақта саябақтан саябақпен
көл: көлдің көлге көлді көлде көлден көлмен
су: судың суға суды суда судан сумен
жөндеу: жөндеудің жөндеуге жөндеуді жөндеуде жөндеуден жөндеумен
тоқсан: тоқсанның тоқсанға тоқсанды тоқсанда тоқсаннан тоқсанмен
күз: күздің күзге күзді күзде күзден күзбен
парк: парктің паркке паркті паркте парктен паркпен
Төле_би: Төле_бидің Төле_биге Төле_биді Төле_биде Төле_биден Төле_бимен
Гоголь: Гогольдің Гогольге Гогольді Гогольде Гогольден Гогольмен
Таугүл-3: Таугүл-3-тің Таугүл-3-ке Таугүл-3-ті Таугүл-3-те Таугүл-3-тен Таугүл-3-пен
Самал-2: Самал-2-нің Самал-2-ге Самал-2-ні Самал-2-де Самал-2-ден Самал-2-мен
ЖЭО: ЖЭО-ның ЖЭО-ға ЖЭО-ны ЖЭО-да ЖЭО-дан ЖЭО-мен
"""
ROWS = [line.split(": ") for line in TABLE.strip().splitlines()]
CASES: tuple[Case, ...] = get_args(Case)

LOCATIVES = """
Айнабұлақта Ақбұлақта Ақжарда Аккентте Ақсайда Алғабаста Алмагүлде Алтайда Астанада Боралдайда
Ботакөзде Дарабозда Достықта Думанда Ерменсайда Жайлауда Зерделіде Қайратта Қалқаманда
Қарағайлыда Кемелде
Көктөбеде Көкжиекте Көкмайсада Көктемде Құлагерде Құрамыста Мамырда Маякта Мираста Нұркентте
Нұрлытауда Өжетте Орбитада Пятилеткада Рахатта Сайранда Самалда Самғауда Саялыда Тастақта
Тастыбұлақта Таугүлде Таусамалыда Теректіде Ұлжанда Шаңырақта Шұғылада Қазақфильмде
Абайда Райымбекте Рысқұловта Сейфуллинде Сәтбаевта Гагаринде Жандосовта Назарбаевта Есеновте
"""


@pytest.mark.parametrize(("word", "forms"), ROWS, ids=[row[0] for row in ROWS])
def test_six_cases(word: str, forms: str) -> None:
    written = [with_suffix(word.replace("_", " "), case) for case in CASES]
    assert written == [form.replace("_", " ") for form in forms.split()]


@pytest.mark.parametrize("expected", LOCATIVES.split())
def test_in_places(expected: str) -> None:
    assert with_suffix(expected[:-2], "locative") == expected


@pytest.mark.parametrize("slug", DISTRICTS)
def test_in_a_district(slug: str) -> None:
    name = DISTRICTS[slug].names["kk"]
    assert with_suffix(name, "locative") == name + "нда"
    assert with_suffix(name, "genitive") == name + "ның"
    assert with_suffix(name, "dative") == name + "на"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Алматы қаласы", "Алматы қаласында"),
        ("Алматы облысы", "Алматы облысында"),
        ("Абай даңғылы", "Абай даңғылында"),
        ("Жібек Жолы", "Жібек Жолында"),
        ("Таужолы", "Таужолында"),
        ("Орталық саябағы", "Орталық саябағында"),
        ("Алмалы", "Алмалыда"),
    ],
)
def test_possessed_names(name: str, expected: str) -> None:
    assert with_suffix(name, "locative") == expected


def test_the_caller_may_say_whether_a_name_is_possessed() -> None:
    assert with_suffix("Үлкен Алмалы", "locative", owned=False) == "Үлкен Алмалыда"
    assert with_suffix("жары", "locative", owned=True) == "жарында"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("«Alem City»", "«Alem City»-де"),
        ("Alma City-3", "Alma City-3-те"),
        ("«Нұрлы Дала»", "«Нұрлы Дала»-да"),
        ("Ақсай-3Б", "Ақсай-3Б-де"),
        ("Ақсай-1А", "Ақсай-1А-да"),
        ("КНС", "КНС-те"),
        ("ЦУМ", "ЦУМ-да"),
        ("ТЭЦ", "ТЭЦ-те"),
        ("Медеу ", "Медеуде"),
    ],
)
def test_foreign_quoted_and_short_names(name: str, expected: str) -> None:
    assert with_suffix(name, "locative") == expected


def test_numbers_as_they_are_read() -> None:
    locative = ["де", "де", "те", "те", "те", "да", "де", "де", "да", "да"]  # 1 to 10
    tens = {
        10: "да",
        20: "да",
        30: "да",
        40: "та",
        50: "де",
        60: "та",
        70: "те",
        80: "де",
        90: "да",
    }
    for number in range(1, 100):
        expected = tens[number] if number % 10 == 0 else locative[number % 10 - 1]
        assert with_suffix(str(number), "locative") == f"{number}-{expected}"
    assert with_suffix("100", "locative") == "100-де"
    assert with_suffix("1000", "locative") == "1000-да"
    assert with_suffix("2000000", "locative") == "2000000-да"
    assert with_suffix("0", "locative") == "0-де"
    assert with_suffix("40", "dative") == "40-қа"
    assert with_suffix("10", "ablative") == "10-нан"


@pytest.mark.parametrize("text", ["", "  ", "«»", "—"])
def test_a_text_without_a_word_is_left_alone(text: str) -> None:
    assert with_suffix(text, "dative") == text


@given(st.text(), st.sampled_from(CASES))
def test_any_text_keeps_itself_and_gets_an_ending(text: str, case: Case) -> None:
    written = with_suffix(text, case)
    assert written.startswith(text.rstrip())
