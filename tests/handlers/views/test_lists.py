"""A list's lines, in three languages."""

import pytest

from handlers.frame.phone import MOST_LINES, lines_taken
from handlers.frame.texts import Language, Markup, texts_for
from handlers.views.callbacks import ListState
from handlers.views.entries import entry, listing
from handlers.views.lists import card_buttons, page_buttons, pages, position
from handlers.views.names import Names
from storage.values.titles import Titles
from tests.handlers.build import TODAY, listed

N = "\N{NO-BREAK SPACE}"


def shown(language: Language, **given: object) -> str:
    t = texts_for(language)
    return listing(t, Markup(), [entry(t, Names(), listed(**given), TODAY)])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "kk",
            (
                f"<b>1. 🏫 Мектеп</b>\n"
                f"⏰ Мерзімі өткеніне 12 күн болды\n"
                f"📍{N}≈1,2{N}км · жоспар: 12,98{N}млрд{N}₸"
            ),
        ),
        (
            "ru",
            (
                f"<b>1. 🏫 Школа</b>\n"
                f"⏰ Просрочено на 12 дней · 8 нояб. 2025\n"
                f"📍{N}≈1,2{N}км · план: 12,98{N}млрд{N}₸"
            ),
        ),
        (
            "en",
            (
                f"<b>1. 🏫 School</b>\n"
                f"⏰ 12 days late · due 8 Nov 2025\n"
                f"📍{N}≈1.2{N}km · Nauryzbay · plan 12.98{N}bn{N}₸"
            ),
        ),
    ],
)
def test_an_overdue_project(language: Language, text: str) -> None:
    money = {"planned_kzt": 12_980_000_000, "contracted_kzt": 1}
    assert (
        shown(language, due_on="2025-11-08", heard_on="2025-03-12", distance_m=1234.0, **money)
        == text
    )


def test_a_completed_one_says_when() -> None:
    assert shown("kk", status="completed", completed_on="2025-11", due_on="2024") == (
        f"<b>1. 🏫 Мектеп</b>\n✅ аяқталды · 2025 жылғы қараша\n📍{N}Наурызбай"
    )


@pytest.mark.parametrize("status", ["suspended", "cancelled"])
def test_what_is_suspended_or_cancelled_is_neither_due_nor_late(status: str) -> None:
    assert "2024" not in shown("ru", status=status, due_on="2024")


def test_a_month_is_late_only_after_its_last_day() -> None:
    assert "late" not in shown("en", due_on="2025-11")
    assert "20 days late" in shown("en", due_on="2025-10")


def test_unknown_is_left_out_of_the_lines_and_never_zero() -> None:
    text = shown("en", status=None, kind=None, districts=(), point=None, precision="none")
    assert text == "<b>1. 📌 School</b>\n❔ state not known"


def test_an_exact_point_has_an_exact_distance() -> None:
    assert f"📍{N}450{N}м · " in shown("kk", precision="exact", distance_m=451.0)
    assert "осы маңда" in shown("kk", precision="area", distance_m=3.0)


def test_the_title_falls_back_and_is_escaped() -> None:
    text = shown("en", titles=Titles("", "Парк <b>&", ""), districts=("alatau", "medeu", "almaly"))
    assert "Парк &lt;b&gt;&amp;" in text
    assert "several districts" in text


def test_a_long_title_is_cut_at_a_word() -> None:
    title = shown("ru", titles=Titles("школа " * 100)).splitlines()[0]
    assert len(Markup(title).striptags()) <= 130
    assert title.endswith("школа…</b>")
    kazakh = shown("kk", titles=Titles("мектеп " * 100 + "құрылысы")).splitlines()[0]
    assert kazakh.endswith("мектеп құрылысы</b>")  # the last words say what it is
    assert "мектеп… мектеп" in kazakh


def test_pages() -> None:
    t = texts_for("kk")
    assert [pages(count) for count in (0, 5, 6, 11)] == [1, 1, 2, 3]
    assert position(t, 0, 5) == ""
    assert position(t, 1, 12) == "2/3-бет"
    assert position(texts_for("ru"), 1, 12) == "стр. 2 из 3"
    assert position(texts_for("en"), 1, 12) == "page 2 of 3"


@pytest.mark.parametrize(("page", "labels"), [(0, ["▶️"]), (1, ["◀️", "▶️"]), (2, ["◀️"])], ids=str)
def test_page_buttons_lead_only_where_there_is_a_page(page: int, labels: list[str]) -> None:
    state = ListState(code="medeu")
    buttons = page_buttons(page, 12, lambda number: state.turned(number).data())
    assert [button.label for button in buttons] == labels


def test_numbers_open_the_cards_with_the_way_back() -> None:
    state = ListState(code="medeu", page=2)
    buttons = card_buttons([listed(id=4), listed(id=9)], state.data())
    assert [(b.label, b.data) for b in buttons] == [
        ("1", "p:4:d:l:medeu.0.0.2"),
        ("2", "p:9:d:l:medeu.0.0.2"),
    ]


def test_what_has_no_room_goes_in_its_order() -> None:
    """The blank lines, what stands below the last titles, the ends of those titles."""
    t = texts_for("ru")
    long = "Строительство новой школы на 1200 мест в микрорайоне номер {}"
    five = [
        entry(t, Names(), listed(id=n, titles=Titles("", long.format(n), "")), TODAY)
        for n in range(1, 6)
    ]
    few = listing(t, Markup("a"), five[:2])
    assert few.count("\n\n") == 2
    assert "…" not in few
    all_five = listing(t, Markup("a\nb"), five)
    assert all_five.count("\n\n") == 1
    assert long.format(1) in all_five
    assert long.format(5) not in all_five
    assert all_five.count("📍") == 5
    under_much = listing(t, Markup("a\n" * 7 + "b"), five)
    assert under_much.count("📍") == 5  # beside the state, and no date is there to lose
    assert long.format(1)[:50] in under_much
    assert under_much.count("🚧") == 5
    under_more = listing(t, Markup("a\n" * 8 + "b"), five)
    assert under_more.count("🚧") == 5
    under_most = listing(t, Markup("a\n" * 12 + "b"), five)
    assert 0 < under_most.count("🚧") < 5  # only titles of the last ones
    assert under_most.count("🏫") == 5
    told = (few, all_five, under_much, under_more, under_most)
    assert all(lines_taken(text) <= MOST_LINES for text in told)


def test_a_line_of_what_has_no_place_ends_with_its_state() -> None:
    t = texts_for("ru")
    long = "Продление Северной объездной дороги до границы города, участок {}"
    five = [
        entry(
            t,
            Names(),
            listed(id=n, titles=Titles("", long.format(n), ""), districts=(), point=None),
            TODAY,
        )
        for n in range(1, 6)
    ]
    told = listing(t, Markup("a\nb"), five)
    assert not [line for line in told.splitlines() if line.rstrip().endswith("·")], told
