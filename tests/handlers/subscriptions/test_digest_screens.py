"""A digest as it is drawn: what each kind of news says, how it is grouped, that it always fits."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.frame.messages import LONGEST, shown_length
from handlers.frame.phone import MOST_LINES, lines_taken
from handlers.frame.screens import Screen
from handlers.frame.texts import LANGUAGES, Language, Texts, plain, texts_for
from handlers.subscriptions.views import digest as view
from handlers.subscriptions.views.digest_items import Writing, against_promise, entry
from handlers.views.callbacks import FEWER, CardState, DigestState
from handlers.views.names import Names
from storage.digests.descriptions import Followed
from storage.digests.digest import Digest, Told
from storage.digests.net_changes import Move
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.projects.summary import Listed
from storage.values.pages import Page
from storage.values.titles import Address, Titles
from storage.vocabulary import DISTRICTS, KINDS, SECTORS
from tests.handlers.build import TODAY, listed, on
from tests.handlers.views.test_screens_fit import check_tags, projects, titles

BIGGEST = (1 << 63) - 1
NBSP = "\N{NO-BREAK SPACE}"


MOST_LINES_OF_A_DIGEST = 90  # ten projects with the longest titles there are


def writing(language: Language = "kk") -> Writing:
    return Writing(texts_for(language), Names(), "qala_bot", TODAY)


def told(*kinds: Any, moves: dict[str, Move] | None = None, **columns: Any) -> Told:
    return Told(listed(**columns), kinds or ("completed",), moves or {})


def screen(items: list[Told], language: Language = "kk", **given: Any) -> Screen:
    total = given.pop("total", len(items))
    usual: dict[str, Any] = {"due": (), "followed": (), "more_followed": 0}
    found = Digest(Page(tuple(items), total, 0), **usual | given)
    return view.digest_screen(writing(language), view.Written("weekly", 5, found))


def read(text: str) -> str:
    """The text as it is read: no tags, and spaces that may break."""
    return unescape(re.sub(r"<[^<>]*>", "", text)).replace(NBSP, " ")


def lines_of(each: Told, language: Language = "kk") -> list[str]:
    return read(entry(writing(language), 1, each)).splitlines()


DONE: dict[str, Any] = {
    "status": "completed",
    "completed_on": "2025-10-23",
    "first_due_on": "2025-09",
    "planned_kzt": 12_980_000_000,
}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "kk",
            [
                "1. 🏫 Мектеп",
                "✅ 2025 жылғы 23 қазанда аяқталды (уәде: 2025 жылғы қыркүйек, 23 күн кеш)",
                "📍 Шұғыла ш/а · жоспар: 12,98 млрд ₸",
            ],
        ),
        (
            "ru",
            [
                "1. 🏫 Школа",
                "✅ Завершено: 23 октября 2025 (обещали в сентябре 2025 – на 23 дня позже)",
                "📍 Шұғыла ш/а · план: 12,98 млрд ₸",
            ],
        ),
        (
            "en",
            [
                "1. 🏫 School",
                "✅ Completed: 23 October 2025 (promised: September 2025, 23 days late)",
                "📍 Шұғыла ш/а · plan 12.98 bn ₸",
            ],
        ),
    ],
)
def test_a_completed_project(language: Language, lines: list[str]) -> None:
    assert lines_of(told(**DONE), language) == lines


def test_a_title_is_a_link_to_the_card() -> None:
    text = entry(writing(), 1, told(**DONE))
    assert '<a href="https://t.me/qala_bot?start=p_school-7">Мектеп</a>' in text


@pytest.mark.parametrize(
    ("done", "promise", "said"),
    [
        ("2025-10-23", "2025-09", "уәде: 2025 жылғы қыркүйек, 23 күн кеш"),
        ("2025-08-31", "2025-09", "уәде: 2025 жылғы қыркүйек, 1 күн ерте"),
        ("2025-09-30", "2025-09", "уәде: 2025 жылғы қыркүйек, дер кезінде"),
        ("2025", "2025-09", "уәде: 2025 жылғы қыркүйек"),
        ("2025", "2024-12-01", "уәде: 2024 жылғы 1 желтоқсан, 395 күн кеш"),
        (None, "2025", "уәде: 2025 жыл"),
        ("2025-10", None, ""),
    ],
)
def test_against_the_first_promise(done: str | None, promise: str | None, said: str) -> None:
    days = on(done) if done else None, on(promise) if promise else None
    assert against_promise(texts_for("kk"), *days) == said


def test_a_completion_of_an_unknown_day() -> None:
    assert lines_of(told(status="completed"))[1] == "✅ Аяқталды, күні белгісіз"
    assert lines_of(told(status="completed", completed_on="2025"))[1] == "✅ 2025 жылы аяқталды"


@pytest.mark.parametrize(
    ("kind", "moves", "columns", "line"),
    [
        ("announced", {}, {"due_on": "2026-12"}, "🆕 Жаңа жоба · мерзімі: 2026 жылғы желтоқсан"),
        ("announced", {}, {}, "🆕 Жаңа жоба · мерзімі: белгісіз"),
        (
            "slipped",
            {"due_on": Move("2025-09", "2025-12-31")},
            {},
            "⏳ Мерзімі 92 күнге кейінге шегерілді: 2025 жылғы қыркүйек → 2025 жылғы 31 желтоқсан",
        ),
        (
            "state",
            {"status": Move("planned", "in_progress")},
            {},
            "🔁 Күйі: 📝 жоспарда → 🚧 салынып жатыр",
        ),
        ("state", {"status": Move("planned", "")}, {}, "🔁 Күйі: 📝 жоспарда → ❔ күйі белгісіз"),
        (
            "budget",
            {"planned_kzt": Move("10000000000", "12500000000")},
            {"planned_kzt": 12_500_000_000},
            "💰 Жоспар: 10 млрд ₸ → 12,5 млрд ₸ (+2,5 млрд ₸)",
        ),
        (
            "budget",
            {"contracted_kzt": Move("10000000", "9999999")},
            {},
            "💰 Келісімшарт: 10 000 000 ₸ → 9 999 999 ₸ (−1 ₸)",
        ),
    ],
)
def test_other_news(kind: str, moves: dict[str, Move], columns: dict[str, Any], line: str) -> None:
    found = lines_of(told(kind, moves=moves, **columns))
    assert found[1] == line
    assert len(found) == 3
    assert found[2] == "📍 Шұғыла ш/а"


def test_a_project_comes_once_with_all_its_news() -> None:
    moves = {"due_on": Move("2025-01", "2025-02"), "status": Move("in_progress", "completed")}
    each = told("completed", "slipped", "state", moves=moves, **DONE)
    found = lines_of(each)
    assert [line[0] for line in found] == ["1", "✅", "⏳", "📍"], "completed says the state"


def test_what_was_announced_and_is_completed_by_now_says_both() -> None:
    assert lines_of(told("announced", status="completed", completed_on="2025"))[1:3] == [
        *("🆕 Жаңа жоба", "✅ 2025 жылы аяқталды")
    ]
    both = lines_of(told("completed", "announced", status="completed", completed_on="2025"))
    assert both[1:] == ["✅ 2025 жылы аяқталды", "📍 Шұғыла ш/а"]


def test_news_whose_change_is_gone_says_only_the_project() -> None:
    assert lines_of(told("slipped", "state", "budget")) == ["1. 🏫 Мектеп", "📍 Шұғыла ш/а"]


def test_beside_what_is_overdue_stands_when_it_was_last_heard_of() -> None:
    each = told("announced", due_on="2025-11-13", heard_on="2025-10")
    assert "⏰ Мерзімі өткеніне 7 күн болды · соңғы дерек: 2025 жылғы қазан" in lines_of(each)


def test_grouped_by_district_under_one_heading_each() -> None:
    items = [
        told(**DONE, id=1, districts=("medeu",)),
        told(**DONE, id=2, districts=("medeu",)),
        told(**DONE, id=3, districts=("medeu", "alatau")),
        told(**DONE, id=4, districts=()),
    ]
    text = read(screen(items).text)
    headings = [line for line in text.splitlines() if line.startswith("🏘")]
    assert headings == ["🏘 Медеу ауданы", "🏘 Бірнеше аудан", "🏘 Ауданы көрсетілмеген"]
    assert "📍 Медеу, Алатау · Шұғыла ш/а" in text


def test_by_distance_with_no_heading_where_all_is_near() -> None:
    items = [
        told(**DONE, precision="exact", distance_m=450.0),
        told(**DONE, precision="area", distance_m=1_240.0),
    ]
    text = read(screen(items).text)
    assert "📍 450 м · Наурызбай · Шұғыла ш/а" in text
    assert "📍 ≈1,2 км · Наурызбай · Шұғыла ш/а" in text
    assert "🏘" not in text
    beside = told(**DONE, precision="area", distance_m=40.0)
    assert lines_of(beside)[2].startswith("📍 өте жақын · Наурызбай")
    mixed = read(screen([*items, told(**DONE)]).text)
    assert "📍 Таңдаған жеріңіздің маңы" in mixed
    assert "🏘 Наурызбай ауданы" in mixed


def test_the_buttons_are_cards_then_all_then_the_one_button() -> None:
    ten = [told(**DONE, id=number) for number in range(1, 11)]
    found = screen(ten, total=23)
    assert "23 жоба · көрсетілгені: 10" in read(found.text)
    assert [len(row) for row in found.buttons] == [5, 5, 1, 1]
    assert found.buttons[0][0].data == CardState(1, back="e:5").data()
    assert plain(found.buttons[2][0].label) == "📋 Барлығын көрсету: 23"
    assert found.buttons[2][0].data == DigestState(5).data()
    assert [button.data for button in found.buttons[-1]] == [FEWER]
    few = screen(ten[:3])
    assert [len(row) for row in few.buttons] == [3, 1]
    assert "көрсетілгені" not in few.text


@pytest.mark.parametrize(
    ("cadence", "today", "title"),
    [
        ("at_once", date(2025, 11, 20), "📬 Жаңа хабар · 2025 жылғы 20 қараша"),
        ("daily", date(2025, 11, 20), "📬 Күн жаңалықтары · 2025 жылғы 20 қараша"),
        ("weekly", date(2025, 11, 21), "📬 Апта жаңалықтары · 2025 жылғы 21 қараша"),
        ("monthly", date(2026, 3, 1), "📬 Ай жаңалықтары · 2026 жылғы 1 наурыз"),
    ],
)
def test_the_heading_says_how_often_and_which_day(cadence: str, today: date, title: str) -> None:
    assert read(view.title(texts_for("kk"), cadence, today)) == title


def test_one_project_is_not_counted() -> None:
    text = read(screen([told(**DONE)]).text)
    assert text.splitlines()[1] == ""
    assert "2 жоба\n" in read(screen([told(**DONE), told(**DONE)]).text)


def test_where_nothing_but_the_cost_is_known() -> None:
    each = told(**DONE, districts=(), address="", point=None, precision="none")
    assert lines_of(each)[2] == "💰 жоспар: 12,98 млрд ₸"


def test_what_is_due_next_and_what_brought_it() -> None:
    due = [listed(due_on="2025-12", districts=("medeu",)), listed(due_on="2025-12-01")]
    near = NewsFilter(near=Circle(Point(0, 0), 2_000), kinds=("school",))
    followed = [
        Followed(near, Titles("Самал-2", "", ""), None),
        Followed(NewsFilter(projects=(7,)), None, Titles("Мектеп", "", "")),
    ]
    text = read(screen([told(**DONE)], due=due, followed=followed).text)
    assert "🔜 Алдағы 30 күнде бітуі тиіс\n• 🏫 Мектеп · мерзімі: 2025 жылғы желтоқсан · Медеу" in (
        text
    )
    assert text.endswith("Жазылым: Самал-2 маңы, 2 км · мектептер; Мектеп")
    assert "🔜" not in screen([told(**DONE)]).text
    many = read(screen([told(**DONE)], followed=followed, more_followed=4).text)
    assert many.endswith("; Мектеп және тағы 4")


def test_the_note_that_nothing_was_new() -> None:
    found = view.note_screen(
        texts_for("kk"), Names(), [Followed(NewsFilter(), None, None)], on("2025-11-13")
    )
    assert "Соңғы дерек: 2025 жылғы 13 қараша" in found.text
    assert "Бүкіл қала" in found.text
    assert [[button.data for button in row] for row in found.buttons] == [[FEWER]]


def test_links_of_lists_come_back_as_they_were() -> None:
    link = view.all_link("qala_bot", -1_001_234_567_890, BIGGEST)
    payload = link.partition("?start=")[2]
    assert len(payload) <= 64
    assert view.read_link(payload) == DigestState(BIGGEST, 0, -1_001_234_567_890)
    for other in ("e_1", "e_1_5", "p_1", "e_1_-1x", f"e_{1 << 63}_-5", ""):
        assert view.read_link(other) is None


kinds = st.lists(st.sampled_from(NEWS_KINDS), min_size=1, unique=True).map(tuple)
moves = st.just(
    {
        "due_on": Move("2025-09-01", "2099-12-31"),
        "status": Move("announced", "final_stage"),
        "planned_kzt": Move("999999999999999", "1"),
        "contracted_kzt": Move("123456789012345", "123456789012346"),
    }
)
anything = st.builds(Told, projects, kinds, moves)
filters = st.builds(
    NewsFilter,
    news=kinds,
    districts=st.just(tuple(DISTRICTS)),
    kinds=st.just(tuple(KINDS)),
    sectors=st.just(tuple(SECTORS)),
    programmes=st.just(("z" * 90, "republic_day")),
    near=st.just(Circle(Point(0, 0), 10_000)),
    projects=st.just(()) | st.just((1,)),
)
follows = st.builds(Followed, filters, st.none() | titles, st.none() | titles)


@given(
    t=st.sampled_from(LANGUAGES).map(texts_for),
    items=st.lists(anything, min_size=1, max_size=10),
    more=st.integers(0, 10**6),
    due=st.lists(projects, max_size=3),
    followed=st.lists(follows, max_size=3),
)
def test_it_is_always_one_message(
    t: Texts, items: list[Told], more: int, due: list[Listed], followed: list[Followed]
) -> None:
    wide = Names({"a" * 40: Titles("ә" * 900, "я" * 900, "z" * 900)})
    pen = Writing(t, wide, "q" * 32, TODAY)
    page = Page(tuple(items), len(items) + more, 0)
    found = Digest(page, tuple(due), tuple(followed), 17)
    drawn = view.digest_screen(pen, view.Written("weekly", BIGGEST, found))
    check_tags(drawn.text)
    assert 0 < shown_length(drawn.text) < LONGEST
    cards = [button for row in drawn.buttons for button in row if (button.data or "")[0] == "p"]
    assert 1 <= len(cards) <= len(items)
    shows_all = any(
        button.data == DigestState(BIGGEST).data() for row in drawn.buttons for button in row
    )
    assert shows_all == (len(cards) < page.total)
    assert drawn.buttons[-1][0].data == FEWER
    listing = view.all_screen(
        pen, DigestState(BIGGEST, 9_999, -1_001_234_567_890), Page(page.items[:5], page.total, 0)
    )
    check_tags(listing.text)
    assert 0 < shown_length(listing.text) <= LONGEST


def test_all_of_a_digest_is_a_list_that_fits_a_phone() -> None:
    long = "Наурызбай ауданындағы 1500 орындық жаңа мектептің құрылысы және аумағын абаттандыру"
    found = [told(**DONE, id=number, titles=Titles(long, long, long)) for number in range(1, 6)]
    for language in LANGUAGES:
        pen = writing(language)
        listing = view.all_screen(pen, DigestState(1, 0), Page(tuple(found), 12, 0))
        assert lines_taken(listing.text) <= MOST_LINES
        assert len(listing.rows) <= 3


def test_a_digest_alone_may_be_longer_than_a_phone_and_how_much() -> None:
    """It comes by itself and is read from its top: one message, ten projects, four rows."""
    long = "Наурызбай ауданындағы 1500 орындық жаңа мектептің құрылысы және аумағын абаттандыру"
    ten = [told(**DONE, id=number, titles=Titles(long, long, long)) for number in range(1, 11)]
    for language in LANGUAGES:
        digest = screen(ten, language)
        assert lines_taken(digest.text) <= MOST_LINES_OF_A_DIGEST
        assert len(digest.rows) <= 4


def test_ten_ordinary_projects_are_all_shown() -> None:
    long = "Наурызбай ауданындағы 1500 орындық жаңа мектептің құрылысы және аумағын абаттандыру"
    ten = [told(**DONE, id=number, titles=Titles(long, long, long)) for number in range(1, 11)]
    for language in LANGUAGES:
        assert "көрсетілгені" not in screen(ten, language).text
        assert sum(len(row) for row in screen(ten, language).buttons) == 11


@pytest.mark.parametrize(("language", "where"), [("kk", "Жетісу-3 ш/а"), ("en", "Zhetysu-3")])
def test_a_digest_says_where_in_its_own_language(language: Language, where: str) -> None:
    address = Address("мкр. Жетысу-3", Titles("Жетісу-3 ш/а", "мкр. Жетысу-3", "Zhetysu-3"))
    said = lines_of(told(**DONE, address=address), language)
    assert any(where in line for line in said)
    assert not any("мкр." in line for line in said)
