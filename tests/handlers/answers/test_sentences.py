"""What, where and when in a sentence: endings, numerals, the first line of an answer."""

from datetime import date

import pytest

from handlers.answers.views.sentences import counted_sentence
from handlers.answers.views.understood import understood
from handlers.frame.texts import LANGUAGES, Language, texts_for
from handlers.understanding.question import PlaceName, Question
from handlers.views.names import Names
from handlers.views.phrases import counted, during, quoted, span, where
from storage.values.ranges import Amount, Period
from storage.vocabulary import DISTRICTS, KINDS
from storage.words.russian_inflection import counted_form, genitive, in_district, in_month

KK, RU, EN = (texts_for(language) for language in ("kk", "ru", "en"))
ORBITA = PlaceName("Орбита-1", "Орбита-1", "Orbita-1", 43.2, 76.88)
Y2024 = Period(date(2024, 1, 1), date(2024, 12, 31))


def asked(language: Language, **slots: object) -> Question:
    return Question("list", language, **slots)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "two", "five"),
    [
        ("школа", "школы", "школ"),
        ("детский сад", "детских сада", "детских садов"),
        ("детская площадка", "детские площадки", "детских площадок"),
        (
            "центр активного долголетия",
            "центра активного долголетия",
            "центров активного долголетия",
        ),
        ("пристройка к школе", "пристройки к школе", "пристроек к школе"),
        ("набережная", "набережные", "набережных"),
        ("спорткомплекс", "спорткомплекса", "спорткомплексов"),
        ("мост", "моста", "мостов"),
        ("общественное пространство", "общественных пространства", "общественных пространств"),
    ],
)
def test_russian_words_after_a_number(label: str, two: str, five: str) -> None:
    assert [counted_form(label, n) for n in (1, 2, 5, 11, 21, 102)] == [
        label,
        two,
        five,
        five,
        label,
        two,
    ]


def test_every_kind_can_be_counted_in_every_language() -> None:
    for language in LANGUAGES:
        t = texts_for(language)
        for code, kind in KINDS.items():
            one, many = (str(counted(t, asked(language, kinds=(code,)), n)) for n in (1, 7))
            assert one.startswith("1 "), (one, code)
            assert many.startswith("7 "), (many, code)
            if language == "kk":
                assert many.removeprefix("7 ") == one.removeprefix("1 ")
            elif language == "ru" and "(" not in many:
                assert many.removeprefix("7 ") != kind.labels["ru"], code


def test_what_cannot_be_counted_stands_in_brackets() -> None:
    lighting = asked("ru", kinds=("street_lighting",))
    assert counted(RU, lighting, 3) == "3 проекта (уличное освещение)"
    several = asked("kk", kinds=("school", "kindergarten"))
    assert counted(KK, several, 3) == "3 жоба (мектептер, балабақшалар)"
    assert counted(EN, asked("en", sectors=("transport",)), 1).startswith("1 project (")


def test_districts_take_their_endings() -> None:
    for slug, district in DISTRICTS.items():
        assert in_district(district.names["ru"]) is not None, slug
    names = Names()
    said = {slug: where(KK, names, asked("kk", districts=(slug,))) for slug in ("alatau", "medeu")}
    assert said == {"alatau": "Алатау ауданында", "medeu": "Медеу ауданында"}
    assert where(RU, names, asked("ru", districts=("zhetysu",))) == "в Жетысуском районе"
    assert where(EN, names, asked("en", districts=("turksib",))) == "in Turksib district"
    both = asked("kk", districts=("alatau", "medeu"))
    assert where(KK, names, both) == "Алатау және Медеу аудандарында"
    assert where(KK, names, asked("kk")) == "Алматыда"
    assert where(RU, names, asked("ru", area="almaty_region")) == "в Алматинской области"


def test_a_place_keeps_its_name_as_it_is() -> None:
    near = asked("ru", place=ORBITA, radius_m=1500)
    assert where(RU, Names(), near) == "в радиусе 1,5\N{NO-BREAK SPACE}км от места «Орбита-1»"
    assert where(KK, Names(), asked("kk", place=ORBITA)) == "«Орбита-1» маңында"


@pytest.mark.parametrize(
    ("period", "kk", "ru", "en"),
    [
        (Y2024, "2024 жылы", "в 2024 году", "in 2024"),
        (
            Period(date(2025, 10, 1), date(2025, 10, 31)),
            "2025 жылғы қазанда",
            "в октябре 2025",
            "in October 2025",
        ),
        (
            Period(date(2025, 1, 1), None),
            "2025 жылғы 1 қаңтардан бастап",
            "с 1 января 2025",
            "since 1 January 2025",
        ),
        (
            Period(None, date(2025, 12, 31)),
            "2025 жылғы 31 желтоқсанға дейін",
            "до 31 декабря 2025",
            "by 31 December 2025",
        ),
        (
            Period(date(2024, 2, 1), date(2024, 2, 28)),  # not the whole of a leap year's month
            "2024 жылғы 1 ақпан – 2024 жылғы 28 ақпан аралығында",
            "с 1 февраля 2024 по 28 февраля 2024",
            "from 1 February 2024 to 28 February 2024",
        ),
        (
            Period(date(2025, 11, 19), date(2025, 11, 19)),
            "2025 жылғы 19 қарашада",
            "19 ноября 2025",
            "19 November 2025",
        ),
    ],
)
def test_periods_by_their_names(period: Period, kk: str, ru: str, en: str) -> None:
    assert [str(during(t, period)) for t in (KK, RU, EN)] == [kk, ru, en]


def test_a_whole_year_and_a_whole_leap_month_have_names() -> None:
    assert span(KK, Y2024) == "2024 жыл"
    assert span(RU, Period(date(2024, 2, 1), date(2024, 2, 29))) == "февраль 2024"


@pytest.mark.parametrize(
    ("state", "kk", "ru", "en"),
    [
        (
            "building",
            "Алатау ауданында 4 мектеп салынып жатыр.",
            "Строится в Алатауском районе: 4 школы.",
            "Being built in Alatau district: 4 schools.",
        ),
        (
            "planned",
            "Алатау ауданында 4 мектеп жоспарда тұр.",
            "В планах в Алатауском районе: 4 школы.",
            "Planned in Alatau district: 4 schools.",
        ),
        (
            "completed",
            "Алатау ауданында 4 мектеп аяқталды.",
            "Завершено в Алатауском районе: 4 школы.",
            "Completed in Alatau district: 4 schools.",
        ),
    ],
)
def test_one_sentence_with_the_figure(state: str, kk: str, ru: str, en: str) -> None:
    told = [
        counted_sentence(
            texts_for(language),
            Names(),
            asked(language, kinds=("school",), states=(state,), districts=("alatau",)),
            4,
        ).striptags()
        for language in LANGUAGES
    ]
    assert told == [kk, ru, en]


def test_none_in_the_list_is_not_no() -> None:
    for language in LANGUAGES:
        t = texts_for(language)
        told = counted_sentence(t, Names(), asked(language, kinds=("school",)), 0)
        assert told == "\n".join(
            (
                str(t("<b>No such project is in the list.</b>")),
                str(t("That does not mean there is none: I know only what sources have said.")),
            )
        )


def test_what_was_understood_is_the_issue_s_line() -> None:
    question = asked("kk", kinds=("school",), districts=("alatau",), states=("building",))
    said = understood(KK, Names(), question).striptags()
    assert said == "Түсіндім: мектеп · Алатау · салынып жатыр"


def test_every_slot_is_said() -> None:
    question = Question(
        "count",
        "ru",
        kinds=("kindergarten",),
        states=("completed",),
        districts=("nauryzbay",),
        place=ORBITA,
        radius_m=500,
        programme="comfort_school",
        contractor="ТОО «Мост»",
        period=Y2024,
        period_of="completed",
        amount=Amount(None, 2_500_000_000),
    )
    said = understood(RU, Names(), question).striptags()
    for words in (
        "сколько",
        "детский сад",
        "Наурызбайский",
        "📍 Орбита-1",
        "500",
        "Комфортная школа",
        "завершено",
        "завершено в 2024",
        "ТОО «Мост»",
        "до 2,5 млрд",
    ):
        assert words in said, words


def test_a_name_is_escaped() -> None:
    question = asked("en", contractor="<b>Bolat & Co</b>")
    assert "&lt;b&gt;Bolat &amp; Co&lt;/b&gt;" in understood(EN, Names(), question)


@pytest.mark.parametrize(
    ("month", "inside"),
    [
        ("январь 2025", "январе 2025"),
        ("март 2026", "марте 2026"),
        ("май 2026", "мае 2026"),
        ("август 2024", "августе 2024"),
    ],
)
def test_a_month_after_a_preposition(month: str, inside: str) -> None:
    assert in_month(month) == inside


@pytest.mark.parametrize(
    ("label", "none_of_it"),
    [
        ("школа", "школы"),
        ("детский сад", "детского сада"),
        ("насосная станция", "насосной станции"),
        ("пристройка к школе", "пристройки к школе"),
        ("водопровод и канализация", "водопровода и канализации"),
    ],
)
def test_a_kind_of_which_there_is_none(label: str, none_of_it: str) -> None:
    assert genitive(label) == none_of_it


@pytest.mark.parametrize(
    ("language", "asked_for", "said"),
    [
        ("ru", {"kinds": ("road",), "money": "spent"}, "Понял: сколько потрачено на дороги"),
        ("ru", {"kinds": ("park",)}, "Понял: сколько денег на парки"),
        (
            "ru",
            {"kinds": ("school", "kindergarten"), "money": "contracted"},
            "Понял: сколько в контрактах на школы и детские сады",
        ),
        ("kk", {"kinds": ("road",), "money": "spent"}, "Түсіндім: жолдарға қанша жұмсалғаны"),
        ("kk", {"kinds": ("clinic",)}, "Түсіндім: емханаларға қанша қаржы"),
        (
            "en",
            {"kinds": ("road",), "money": "planned"},
            "I understood: how much is planned for roads",
        ),
        ("en", {"districts": ("medeu",)}, "I understood: how much money · Medeu"),
    ],
)
def test_a_sum_is_asked_in_a_sentence(
    language: Language, asked_for: dict[str, object], said: str
) -> None:
    question = Question("total", language, **asked_for)  # type: ignore[arg-type]
    assert understood(texts_for(language), Names(), question).striptags() == said


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("kk", "Орбита-1", "«Орбита-1»"),
        ("kk", "«Келешек мектептері»", "«Келешек мектептері»"),
        ("kk", "«Нұрлы жер» бағдарламасы", "«„Нұрлы жер“ бағдарламасы»"),
        (
            "ru",
            "Национальный проект «Комфортная школа»",
            "«Национальный проект „Комфортная школа“»",
        ),
        ("ru", "«Алтын Сити» и «Акбулак»", "«„Алтын Сити“ и „Акбулак“»"),
        ("en", "Orbita-1", "“Orbita-1”"),
    ],
)
def test_a_name_in_quotation_marks(language: Language, name: str, said: str) -> None:
    assert quoted(texts_for(language), name) == said
