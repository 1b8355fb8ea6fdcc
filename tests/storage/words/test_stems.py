"""Stems: what people ask must be a beginning of what is stored, in every inflection."""

from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import query_terms, stem, stem_variants, stems
from storage.words.kazakh_endings import Case
from storage.words.kazakh_inflection import with_suffix
from storage.words.russian_stems import russian_stem

KAZAKH = """
мектеп мектептер мектебі мектептің мектептердің мектепке мектептерге мектепте мектебінде мектептен
    мектебінің мектептегі мектебіміз мектептеріміздің мектеппен мектепті мектебин мектептери
балабақша балабақшалар балабақшасы балабақшаға балабақшада балабақшадан балабақшаның
    балабақшасындағы балабақшалардың балабақшамен балабакшасы
аула ауласы аулалар ауласында ауламызда аулаларды ауланы аулаға ауладағы ауласынан аулаларын
көше көшесі көшесінде көшесіндегі көшелер көшелерді көшенің көшеге кошесинде көшелеріндегі
шағынаудан шағынауданы шағынауданында шағынауданындағы шағынаудандар шағынауданның шагынауданында
аудан ауданы ауданында ауданындағы ауданның аудандар аудандағы ауданына ауданынан
саябақ саябағы саябақта саябақтар саябағында саябақтың саябаққа саябагында саябақтағы
жол жолы жолдар жолдың жолдары жолда жолға жолдан жолдарын жолын жолдардың жолдарындағы
көпір көпірі көпірлер көпірдің көпірде көпірге көпірінің
емхана емханасы емханалар емханада емхананың емханаға емханасының
аурухана ауруханасы ауруханалар ауруханаға ауруханада ауруханасында
құрылыс құрылысы құрылысын құрылыстар құрылыстың құрылысына құрылыстары курылысы
желі желісі желілер желілері желілерін желінің желіні желилери
құбыр құбыры құбырлар құбырлары құбырының құбырын
су суы судың сумен суға суды
жағалау жағалауы жағалаулар жағалауында жағалаудың жағалаудағы
орталық орталығы орталықтар орталығында орталықта орталығының орталыктары
тұрғын тұрғындар тұрғындарға тұрғындардың тұрғыны
жоба жобасы жобалар жобаны жобалардың жобалары жобасының
халық халқы халықтың халыққа халқына
орын орны орында орынға орындар орнында
жылу жылуы жылудың
зауыт зауыты зауыттар зауытында зауыттың
алаң алаңы алаңдар алаңында алаңдары алаңға
айнабұлақ айнабұлақта айнабұлағы айнабұлаққа айнабулакта айнабұлақтағы айнабұлақтан
алмалы алмалыда алмалының алмалыға
медеу медеуде медеудің медеуге медеудегі
алатау алатауда алатаудың алатауға алатаудағы
сквер сквері скверлер скверде
парк паркі паркте парктің парктер паркінің
"""
RUSSIAN = """
школа школы школе школу школой школ школам школами школах
садик садика садики садиков садику садике садиках
сад сада сады садов саду садом садах
дорога дороги дороге дорогу дорогой дорог дорогам дорогами дорогах
набережная набережной набережную набережные набережных
поликлиника поликлиники поликлинике поликлинику поликлиник поликлиниках
больница больницы больнице больницу больниц больницами
сквер сквера сквере скверы скверов скверу скверах
парк парка парке парки парков паркам парках
улица улицы улице улицу улицей улиц улицам улицах
двор двора дворе дворы дворов дворам дворах
площадка площадки площадке площадку площадок площадкам площадках
пристройка пристройки пристройку пристроек пристройке
дворец дворца дворце дворцы дворцов
мост моста мосту мосты мостов мостам
развязка развязки развязку развязок развязке
вода воды воде воду водой
река реки реке реку рекой рек
сеть сети сетей сетям сетями
водопровод водопровода водопроводу водопроводе
канал канала каналу каналы каналов
район района районе району районы районов
микрорайон микрорайона микрорайоне микрорайоны микрорайонов
строительство строительства строительству строительстве
благоустройство благоустройства благоустройству
освещение освещения освещению
озеро озера озере озеру озёра озер
ёлка елка ёлки
абай абая абаю
райымбек райымбека райымбеку
"""
ENGLISH = """
school schools
kindergarten kindergartens
park parks
clinic clinics
hospital hospitals
road roads
bridge bridges
playground playgrounds
embankment embankments
"""
FAMILIES = [
    line.split() for line in (KAZAKH + RUSSIAN + ENGLISH).replace("\n    ", " ").splitlines()
]


def found(asked: str, stored: str) -> bool:
    """Tell whether a search for `asked` finds a text `stored`, as the search engines do it."""
    words = stems(stored).split()
    return all(
        any(word.startswith(term) for word in words for term in terms)
        for terms in query_terms(asked)
    )


def test_at_least_95_of_100_pairs_of_inflections_find_each_other() -> None:
    pairs = [(a, b) for family in FAMILIES for a in family for b in family if a != b]
    lost = [pair for pair in pairs if not found(*pair)]
    assert len(pairs) > 2_400
    assert len(lost) <= 0.05 * len(pairs), lost


@pytest.mark.parametrize("family", [family for family in FAMILIES if family], ids=lambda f: f[0])
def test_the_word_of_the_dictionary_finds_its_inflections(family: list[str]) -> None:
    assert [word for word in family if not found(family[0], word)] == []


# None of these stands in the word lists: only the rules for endings know them.
OTHER_NOUNS = [
    "кітапхана",
    "бағдаршам",
    "өткел",
    "жертөле",
    "мешіт",
    "құдық",
    "аялдама",
    "метрополитен",
    "қойма",
    "дүкен",
    "асхана",
    "шеберхана",
    "театр",
    "мұражай",
    "кітап",
    "терезе",
    "есік",
    "шатыр",
    "бекет",
    "жұмысшы",
    "көрме",
    "ескерткіш",
    "мұнара",
    "қорған",
    "бассейн",
]


@pytest.mark.parametrize("noun", OTHER_NOUNS)
def test_the_six_cases_of_words_in_no_list_find_each_other(noun: str) -> None:
    forms = [noun, *(with_suffix(noun, case, owned=False) for case in get_args(Case))]
    lost = [(asked, stored) for asked in forms for stored in forms if not found(asked, stored)]
    assert lost == []


@pytest.mark.parametrize("family", [family for family in FAMILIES if family], ids=lambda f: f[0])
def test_one_stem_is_a_beginning_of_the_other(family: list[str]) -> None:
    first = stem(family[0])
    apart = [
        word
        for word in family
        if not (stem(word).startswith(first) or first.startswith(stem(word)))
    ]
    assert apart == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("мектептердің", "мектеп"),
        ("көшесіндегі", "коше"),
        ("көшесіндегілердің", "коше"),
        ("саябағындағы", "саябак"),
        ("халқының", "халык"),
        ("аурухана", "аурухана"),  # -на is no ending here
        ("тұрғын", "тургын"),
        ("қала", "кала"),
        ("кала", "кала"),
        ("школами", "школ"),
        ("площадок", "площадк"),
        ("schools", "school"),
        ("178", "178"),
        ("3Б", "3б"),
        ("", ""),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_a_word_of_unclear_language_has_a_stem_of_each() -> None:
    assert stem_variants("көшесі") == ("коше",)
    assert stem_variants("набережной") == ("набережн",)
    assert stem_variants("скверлер") == ("сквер", "скверлер")


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("күн", "құны"),
        ("құны", "күндер"),
        ("көл", "қолы"),
        ("көл", "колледж"),
        ("көл", "Қалқаман"),
        ("река", "реконструкция"),
        ("сад", "улица Садвакасова"),
        ("двор", "дворец школьников"),
        ("қала", "Қалқаман"),
        ("кала", "калкан"),
        ("17", "мектеп №178"),
        ("3", "Ақсай-3Б"),
        ("су", "сурет"),
        ("ата", "аталған"),
        ("парк", "парковка"),
        ("мектеп", "мекеме"),
        ("школа", "школьник"),
        ("алма", "Алматы"),
        ("алмалы", "Алматы"),
        ("street", "стрела"),
    ],
)
def test_words_that_must_not_meet(asked: str, stored: str) -> None:
    assert not found(asked, stored)


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("178", "№178 мектеп"),
        ("3б", "Ақсай-3Б шағынауданы"),
        ("12 шагынаудан", "12-шағынаудандағы аула"),
        ("Калкаман", "Қалқаман-2"),
        ("Qalqaman", "Қалқаман-2"),
        ("ainabulaq", "мкр. Айнабулак-3"),
        ("balabaqshalar", "жаңа балабақша"),
        ("shkoly", "школа №5"),
        ("Шугыла", "Şuğyla"),
        ("проспект Абая", "Абай даңғылы"),
        ("Абай көшесі", "ул. Абая"),
        ("мкр Самал", "Самал-2 шағынауданы"),
        ("балабақша", "Детский сад на 260 мест"),
        ("школы рядом", "мектеп"),
        ("көлдер", "озеро Сайран"),
        ("кун", "күн сәулесі"),
        ("кун", "жоба құны"),
        ("күн", "кун"),
        ("кол", "Сайран көлі"),
        ("kol", "Сайран көлі"),
        ("9-й микрорайон", "9-шағынаудан"),
    ],
)
def test_ways_of_asking_for_one_thing(asked: str, stored: str) -> None:
    assert found(asked, stored)


@pytest.mark.parametrize("text", ["", "?!", "где что и", "what is near me"])
def test_nothing_to_look_for(text: str) -> None:
    assert query_terms(text) == []


def test_the_stems_column() -> None:
    assert stems("Айнабұлақ-3 шағынауданындағы №178 мектеп, мектептер") == (
        "айнабулак qqainabulak 3zz шагынаудан qqxaginaudan 178zz мектеп qqmektep"
    )
    assert stems("Schools and a park") == "school qqscols parkzz qqparkzz"
    assert stems("су, күн, құн, газ") == "суzz0 qqsuzz кунzz5 qqkunzz кунzz76 газzz0 qqgazzz"
    assert stems("және туралы") == ""


@given(st.text())
def test_terms_are_plain_words(text: str) -> None:
    column = stems(text)
    assert all(sign == " " or sign.isalnum() for sign in column)
    assert column == column.lower()
    assert len(column.split()) == len(set(column.split()))
    for terms in query_terms(text):
        assert terms
        assert all(term and term.isalnum() for term in terms)


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүіһ", min_size=1))
def test_a_word_finds_itself(word: str) -> None:
    assert found(word, word)
    assert stem_variants(word)
    assert all(len(variant) >= min(3, len(word) - 1) for variant in stem_variants(word))


def test_snowball_stems_are_safe_between_threads() -> None:
    russian_stem.cache_clear()
    words = [
        f"{start}{end}" for start in ("школ", "дорог", "больниц") for end in ("ами", "ах", "ы")
    ]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(russian_stem.__wrapped__, words * 200))
    assert results == [word.rstrip("амихы") for word in words] * 200
