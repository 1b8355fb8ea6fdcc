"""Programmes: the announcement, and targets beside what was reached."""

from handlers.frame.texts import texts_for
from handlers.views import programmes
from handlers.views.names import Names
from storage.programmes.programmes import Figure, IndicatorFacts, ProgrammeCard, ProgrammeFacts
from storage.values.titles import Titles
from tests.handlers.build import AKIMAT, NEWSPAPER, on

N = "\N{NO-BREAK SPACE}"

SHARE = IndicatorFacts(
    "smb",
    Titles("ШОБ үлесі", "Доля МСБ", "Share of small business"),
    "percent",
    (Figure("target", 37.8, 2025, None, AKIMAT, None),),
    (Figure("actual", 46.3, 2025, "medeu", NEWSPAPER, on("2025-11-27")),),
    (),
)
ROADMAP = ProgrammeFacts(
    "region_business",
    "region_roadmap",
    1,
    "almaty_region",
    Titles("Кәсіпкерлікті дамыту", "Развитие предпринимательства", "Business"),
    on("2021"),
    on("2025"),
    2_600_000_000_000,
    0,
    1,
)


def programme(**given: object) -> ProgrammeCard:
    usual = {
        "facts": ROADMAP,
        "summaries": Titles("37,8 %-ға жеткізу.", "До 37,8 %.", "Up to 37.8 %."),
        "source": AKIMAT,
        "stated_on": None,
        "children": (),
        "by_state": {},
        "indicators": (SHARE,),
    }
    return ProgrammeCard(**usual | given)  # type: ignore[arg-type]


def test_a_programme() -> None:
    screen = programmes.programme_screen(texts_for("kk"), Names(), programme())
    assert screen.text == (
        "📋 <b>Кәсіпкерлікті дамыту</b>\nАлматы облысы\n📅 2021–2025 жылдар\n"
        f"💰 Жоспар: 2,6{N}трлн{N}₸\n\n"
        "<b>Не жарияланды</b>\n37,8 %-ға жеткізу.\n"
        '<i><a href="https://almaty.gov.kz/?a=1&amp;b=2">Әкімдік</a> – күні көрсетілмеген</i>\n\n'
        "Тізімде бұл бағдарламаның жобасы әзірге жоқ.\n\n📊 1 көрсеткіш"
    )
    assert [button.data for row in screen.rows for button in row] == [
        "g:i:region_business.0.0.0",
        "g:o:region_roadmap.0.0.0",
    ]


def test_target_and_actual_stand_side_by_side() -> None:
    screen = programmes.indicators_screen(texts_for("ru"), Names(), programme(), 0)
    assert screen.text == (
        "📋 <b>Развитие предпринимательства</b>\n📊 Показатели\n\n<b>Доля МСБ</b>\n"
        f"🎯 цель, 2025: 37,8{N}% "
        '<a href="https://almaty.gov.kz/?a=1&amp;b=2">[1]</a>\n'
        f'✅ факт, 2025, Медеуский: 46,3{N}% <a href="https://vecher.kz/1">[2]</a>\n\n'
        "<b>Источники</b>\n"
        '[1] <a href="https://almaty.gov.kz/?a=1&amp;b=2">Әкімдік</a> – без даты\n'
        '[2] <a href="https://vecher.kz/1">Вечерний Алматы</a> – 27 ноября 2025'
    )
