"""What a typed text may mean, and what is said when it means nothing."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.frame.texts import texts_for
from handlers.views import search
from handlers.views.callbacks import SearchState
from handlers.views.names import Names
from storage.geo.points import Point
from storage.places.named import DistrictFound
from storage.places.places import PlaceFound
from storage.search.search import SearchFound
from storage.values.pages import Page
from storage.values.titles import Titles
from tests.handlers.build import TODAY, listed


def found(**given: object) -> SearchFound:
    usual: dict[str, object] = {
        "projects": Page((), 0, 0),
        "places": (),
        "districts": (),
        "mended": {},
        "partial": False,
    }
    return SearchFound(**usual | given)  # type: ignore[arg-type]


def test_what_was_mended_is_said() -> None:
    page = Page((listed(),), 1, 0)
    screen = search.found_screen(
        texts_for("kk"),
        Names(),
        SearchState("мектпе"),
        found(projects=page, mended={"мектпе": "мектеп"}, partial=True),
        2000,
        TODAY,
    )
    assert screen.text.splitlines()[:4] == [
        "🔎 <code>мектпе</code>",
        "мектпе → мектеп деп түсіндім",
        "1 жоба",
        "<i>Барлық сөз кездесетін жоба жоқ, мыналарда кейбірі ғана бар.</i>",
    ]


def test_a_district_in_part_is_offered() -> None:
    meant = DistrictFound(
        "medeu", Titles("Медеу ауданы", "Медеуский район", "Medeu district"), None, 0.5
    )
    screen = search.found_screen(
        texts_for("en"), Names(), SearchState("<med>"), found(districts=(meant,)), 2000, TODAY
    )
    assert screen.text == (
        "🔎 <code>&lt;med&gt;</code>\nNo project of that name. Perhaps you mean a place:"
    )
    assert [(b.label, b.data) for b in screen.rows[0]] == [("🏘 Medeu", "d:o:medeu.0.0.0")]


def test_nothing_found_is_honest_and_shows_a_way_on() -> None:
    screen = search.nothing_screen(texts_for("kk"), "ыыы", {})
    assert screen.text == (
        "🔎 <code>ыыы</code>\n<b>Ештеңе табылмады.</b>\n\n"
        "Бір сөз не көшенің, шағынауданның, ауданның атын жазып көріңіз. Мысалы:"
    )
    assert [[(b.label, b.data) for b in row] for row in screen.buttons] == [
        [("мектеп", "s:0:мектеп"), ("саябақ", "s:0:саябақ"), ("Наурызбай", "s:0:Наурызбай")],
        [("🏘 Аудандар", "d:"), ("📍 Маңайымда", "n:")],
    ]


@given(st.lists(st.text("школа №12 ", min_size=31, max_size=60), min_size=2, unique=True))
def test_places_of_different_names_have_different_buttons(names: list[str]) -> None:
    point = Point.of(43.2, 76.9)
    places = [PlaceFound(1, Titles(name), "street", ("medeu",), point, 0.5) for name in names]
    labels = [button.label for button in search.place_buttons(texts_for("ru"), places, 2000)]
    assert len(set(labels)) == len(names)
    assert all("…" in label for label in labels)
