"""Districts, budgets and news as they are drawn."""

from dataclasses import replace

import pytest

from handlers.frame.texts import Language, texts_for
from handlers.views import budgets, districts, news
from handlers.views.callbacks import ListState, NewsState
from handlers.views.names import Names
from storage.news.recent import Late
from storage.places.districts import DistrictFacts, Spread
from storage.projects.budgets import Population
from storage.values.pages import Page
from storage.values.titles import Titles
from tests.handlers.build import NEWSPAPER, TODAY, funds, listed, on, total

N = "\N{NO-BREAK SPACE}"
CITY = total("all", 65, (41, 12_980_000_000), (1, 0), private=funds(9, (5, 208_300_000_000)))
PEOPLE = Population(2_280_296, on("2024-11-01"), NEWSPAPER)
MEDEU = DistrictFacts(
    "medeu",
    "751710000",
    Titles("Медеу ауданы", "Медеуский район", "Medeu district"),
    "almaty",
    None,
    None,
    "",
    None,
    5,
    {"building": 3, "completed": 1, "unknown": 1},
    {"social": 4, "unknown": 1},
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "kk",
            (
                "💰 <b>Алматы жобаларының қаржысы</b>\n"
                "Тізімде 74 жоба бар; бұл – қала бюджеті емес.\n\n"
                f"💰 Жоспар: 65 жобаның 41-інде белгілі · <b>12,98{N}млрд{N}₸</b>\n"
                f"📄 Келісімшарт: 65 жобаның 1-інде белгілі · <b>0{N}₸</b>\n"
                "💸 Жұмсалғаны: белгісіз\n"
                "🏭 Жеке инвесторлар, бөлек: "
                f"жоспар – 9 жобаның 5-інде белгілі · <b>208,3{N}млрд{N}₸</b>\n\n"
                f"💰 Жоспар · бір тұрғынға шаққанда 5{N}692{N}₸\n"
                f"👥 Тұрғындар саны: 2{N}280{N}296 · 2024 жылғы 1 қараша · "
                '<a href="https://vecher.kz/1">Вечерний Алматы</a>\n\n'
                "Жоспарланған, келісімшарттағы және жұмсалған сома "
                "бөлек көрсетіледі, бір-біріне қосылмайды."
            ),
        ),
        (
            "en",
            (
                "💰 <b>Money in Almaty's projects</b>\n"
                "74 projects in the list; this is not the city's budget.\n\n"
                f"💰 Plan: known for 41 of 65 projects · <b>12.98{N}bn{N}₸</b>\n"
                f"📄 Contract: known for 1 of 65 projects · <b>0{N}₸</b>\n"
                "💸 Spent: not known\n"
                "🏭 Private investors, apart: "
                f"plan – known for 5 of 9 projects · <b>208.3{N}bn{N}₸</b>\n\n"
                f"💰 Plan · per resident: 5,692{N}₸\n"
                "👥 Residents: 2,280,296 · 1 November 2024 · "
                '<a href="https://vecher.kz/1">Вечерний Алматы</a>\n\n'
                "Planned, contracted and spent are shown separately and never added up."
            ),
        ),
    ],
)
def test_the_city_s_money(language: Language, text: str) -> None:
    assert budgets.budget_screen(texts_for(language), CITY, PEOPLE).text == text


def test_without_residents_nothing_is_divided() -> None:
    text = budgets.budget_screen(texts_for("ru"), CITY, None).text
    assert "на жителя" not in text
    assert "известно по 41 из 65 проектов" in text


def test_money_by_district() -> None:
    totals = [
        total("medeu", 12, (8, 3_200_000_000)),
        total("several", 2, (0, None), (0, None), (2, 900)),
        total("none", 1),
    ]
    first, second = (
        budgets.breakdown_screen(
            texts_for("kk"), Names(), "district", totals, page, {"medeu": 200_000}
        )
        for page in (0, 1)
    )
    spread = "1 ауданда – 14, ауданы көрсетілмеген – 1\n"
    once = "<i>Бірнеше ауданға ортақ жоба бір рет, бөлек жолда есептеледі.</i>\n"
    assert first.text == (
        f"💰 <b>Аудандар бойынша қаржы</b> · 1/2-бет\n{spread}{once}\n"
        f"<b>Медеу ауданы</b> · 12 жоба\n💰 Жоспар: 12 жобаның 8-інде белгілі · "
        f"<b>3,2{N}млрд{N}₸</b>\n📄 Келісімшарт, 💸 Жұмсалғаны: белгісіз\n"
        f"бір тұрғынға шаққанда 16{N}000{N}₸\n\n"
        f"<b>Бірнеше аудан</b> · 2 жоба\n💸 Жұмсалғаны: 2 жобаның 2-сінде белгілі · "
        f"<b>900{N}₸</b>\n💰 Жоспар, 📄 Келісімшарт: белгісіз"
    )
    assert second.text == (
        f"💰 <b>Аудандар бойынша қаржы</b> · 2/2-бет\n{spread}\n"
        "<b>Ауданы көрсетілмеген</b> · 1 жоба\n💰 Дереккөздерде сома айтылмаған"
    )


def test_what_falls_on_each_is_not_said_where_few_sums_are_known() -> None:
    few = total("all", 65, (32, 12_980_000_000))
    text = budgets.budget_screen(texts_for("ru"), few, PEOPLE).text
    assert "на жителя 5" not in text
    assert "2\N{NO-BREAK SPACE}280" not in text
    assert "Сумм известно слишком мало" in text


@pytest.mark.parametrize(
    ("by", "key", "shown"),
    [
        ("sector", "social", "🏫 Социальная сфера"),
        ("sector", "unknown", "❔ Сфера неизвестна"),
        ("programme", "republic_day", "Проекты ко Дню Республики"),
        ("programme", "none", "Без программы"),
        ("year", "2025", "2025"),
        ("year", "unknown", "Год неизвестен"),
    ],
)
def test_what_a_line_of_a_breakdown_is_called(by: budgets.By, key: str, shown: str) -> None:
    totals = [total(key, 21)]
    screen = budgets.breakdown_screen(texts_for("ru"), Names(), by, totals, 0, {})
    assert f"<b>{shown}</b> · 21 проект\n" in screen.text


def test_a_breakdown_s_page_that_is_gone_shows_the_last() -> None:
    totals = [total(str(year), 1) for year in range(2019, 2026)]
    screen = budgets.breakdown_screen(texts_for("en"), Names(), "year", totals, 99, {})
    assert "page 4 of 4" in screen.text
    assert "2025" in screen.text
    assert [button.data for button in screen.buttons[0]] == ["b:y.2"]


def test_the_districts() -> None:
    screen = districts.districts_screen(texts_for("kk"), Names(), [MEDEU], Spread(1, 5, 2, 58))
    assert screen.text == (
        "🏘 <b>Алматы аудандары</b>\n\n<b>Медеу ауданы</b>: 5 · 🚧3 ✅1 ❔1\n\n"
        "Барлығы 65 жоба: 1 ауданда – 5, бүкіл қалаға ортақ – 2, ауданы көрсетілмеген – 58.\n"
        "Екі ауданға ортақ жоба екеуінде де есептеледі."
    )
    assert screen.buttons[0][0].label == "Медеу · 5"


def test_a_district() -> None:
    screen = districts.district_screen(texts_for("en"), Names(), MEDEU)
    assert screen.text == (
        "🏘 <b>Medeu district</b>\n5 projects\n\n"
        "🚧 Being built: 3\n✅ Completed: 1\n❔ State not known: 1\n\n"
        "🏫 Social: 4\n❔ Sector not known: 1"
    )
    assert [[(b.label, b.data) for b in row] for row in screen.rows] == [
        [("📋 All · 5", "d:l:medeu.0.0.0"), ("🚧 Being built · 3", "d:l:medeu.0.1.0")],
        [("✅ Completed · 1", "d:l:medeu.0.3.0")],
        [("🗂 Sectors", "d:c:medeu.0.0.0"), ("⬅️ Districts", "d:")],
    ]
    opened = screen.opened(screen.narrow)
    assert opened.text == screen.text
    assert [[(b.label, b.data) for b in row] for row in opened.rows] == [
        [("🏫 Social · 4", "d:l:medeu.1.0.0")],
        [("⬅️ Back", "d:o:medeu.0.0.0")],
    ]


def test_a_district_s_residents_are_said_with_their_day() -> None:
    facts = replace(MEDEU, population=200_000, population_on=on("2024-11"))
    text = districts.district_screen(texts_for("kk"), Names(), facts).text
    assert f"Тұрғындар саны: 200{N}000 · 2024 жылғы қараша" in text


def test_an_empty_list_says_so() -> None:
    state = ListState(code="medeu", sector="housing", state="suspended")
    screen = districts.list_screen(texts_for("ru"), Names(), state, Page((), 0, 0), TODAY)
    assert screen.text == (
        "🏘 <b>Медеуский район</b>\n🏠 Жилищное строительство · ⏸ Приостановлено\n"
        "Таких проектов в списке нет."
    )


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "kk",
            [
                "⏰ Мерзімі өткеніне 12 күн болды",
                f"📍{N}Наурызбай",
            ],
        ),
        (
            "ru",
            [
                "⏰ Просрочено на 12 дней · 8 нояб. 2025",
                f"📍{N}Наурызбайский",
            ],
        ),
        (
            "en",
            [
                "⏰ 12 days late · due 8 Nov 2025",
                f"📍{N}Nauryzbay",
            ],
        ),
    ],
)
def test_overdue(language: Language, lines: list[str]) -> None:
    late = Late(listed(due_on="2025-11-08"), 12, on("2023-02"), on("2024"), on("2025-03-12"))
    page = Page((late,), 1, 0)
    screen = news.overdue_screen(texts_for(language), Names(), news.OVERDUE, page)
    assert screen.text.splitlines()[4:] == lines


def test_overdue_of_which_little_is_known() -> None:
    late = Late(listed(due_on="2024"), 324, None, None, None)
    text = news.overdue_screen(texts_for("kk"), Names(), news.OVERDUE, Page((late,), 1, 0)).text
    assert text.splitlines()[4:] == ["⏰ Мерзімі өткеніне 324 күн болды", f"📍{N}Наурызбай"]


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (NewsState("completed", 7), "✅ Завершено за последние 7 дней"),
        (NewsState("due", 30), "⏳ Срок в ближайшие 30 дней"),
        (NewsState("overdue"), "⏰ Просрочено"),
    ],
)
def test_no_news_is_said(state: NewsState, label: str) -> None:
    screen = news.projects_screen(texts_for("ru"), Names(), state, Page((), 0, 0), TODAY)
    title, said = screen.text.splitlines()
    assert title == f"<b>{label}</b>"
    assert said.endswith(".")
