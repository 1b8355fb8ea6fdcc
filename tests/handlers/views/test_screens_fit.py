"""Whatever the data says, a screen fits: length, buttons, five projects, balanced tags."""

import re
from collections.abc import Callable
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from handlers.frame.screens import Screen
from handlers.frame.texts import LANGUAGES, Texts, texts_for
from handlers.views import card as card_view
from handlers.views import districts, news, search
from handlers.views.callbacks import CardState, ListState, NearState, NewsState, SearchState
from handlers.views.names import Names
from handlers.views.near import Around, near_screen
from storage.geo.points import Point
from storage.news.recent import Late
from storage.places.places import PlaceFound, Vicinity
from storage.projects.card import Card
from storage.projects.history import Event, Fact
from storage.projects.summary import Listed
from storage.search.search import SearchFound
from storage.values.pages import Page
from storage.values.partial_dates import PartialDate, parse_partial
from storage.values.sources import SourceFacts
from storage.values.titles import Address, Titles
from storage.vocabulary import KINDS, SECTORS, STATUSES
from tests.handlers.build import TODAY, card

words = st.text(max_size=900) | st.sampled_from(["<b>", "&amp;", "</a>", '"', "ұзақ сөз " * 90])
dates = st.sampled_from(["2019", "2024-02", "2025-11-08", "2031-12-31"]).map(parse_partial)
maybe_dates = st.none() | dates
sums = st.none() | st.integers(0, 10**15)
titles = st.builds(Titles, words, words, words)
points = st.builds(Point, st.integers(-90, 90), st.integers(-180, 180))
slugs = st.sampled_from(["medeu", "alatau", "a" * 40])
projects = st.builds(
    Listed,
    id=st.integers(1, 10**9),
    key=st.text("abc-_", min_size=1, max_size=40),
    titles=titles,
    kind=st.none() | st.sampled_from(list(KINDS)),
    sector=st.none() | st.sampled_from(list(SECTORS)),
    status=st.none() | st.sampled_from(list(STATUSES)),
    districts=st.lists(slugs, max_size=4).map(tuple),
    programmes=st.lists(st.sampled_from(["republic_day", "z" * 40]), max_size=3).map(tuple),
    address=st.builds(Address, words, titles),
    point=st.none() | points,
    precision=st.sampled_from(["exact", "street", "area", "district", "none"]),
    starts_on=maybe_dates,
    due_on=maybe_dates,
    completed_on=maybe_dates,
    planned_kzt=sums,
    contracted_kzt=sums,
    spent_kzt=sums,
    heard_on=maybe_dates,
    first_due_on=maybe_dates,
    first_promised_on=maybe_dates,
    distance_m=st.none() | st.floats(0, 20_000),
)
sources = st.builds(
    SourceFacts, words, st.sampled_from(["", "https://a.kz/?a=1&b=<2>", "ftp://x", "note.txt"])
)
facts = st.builds(Fact, st.just("2024"), maybe_dates, sources)
described = st.builds(Fact, words, maybe_dates, sources)
events = st.builds(
    Event,
    maybe_dates,
    sources,
    status=st.none() | st.sampled_from(list(STATUSES)),
    due_on=maybe_dates,
    promised_on=maybe_dates,
    spent_kzt=sums,
    erased=st.sampled_from([(), ("address",), ("photo_url", "title_kk")]),
)
TAG = re.compile(r"<(/?)(\w+)[^<>]*>")


def check(screen: Screen) -> None:
    text = screen.text
    shown = unescape(TAG.sub("", text))
    assert 0 < len(shown.encode("utf-16-le")) // 2 <= 4096
    check_tags(text)
    assert all(1 <= len(row) <= 8 for row in screen.rows)
    assert len(screen.rows) <= 4
    for behind in (screen.narrow, screen.more):
        opened = screen.opened(behind)
        assert opened.text == text
        assert len(opened.rows) <= 4
    assert len(re.findall(r"<b>\d+\. ", text)) <= 5


def check_tags(text: str) -> None:
    """Every tag is closed, in order, and no other angle bracket stands in the text."""
    open_tags: list[str] = []
    for closing, name in TAG.findall(text):
        if closing:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert not open_tags
    assert "<" not in TAG.sub("", text)


def pages(
    items: st.SearchStrategy[list[Listed]],
) -> st.SearchStrategy[Page[Listed]]:
    return items.flatmap(
        lambda found: st.builds(
            Page, st.just(tuple(found)), st.integers(len(found), 10**6), st.just(0)
        )
    )


five = st.lists(projects, max_size=5)
anyone = st.sampled_from(LANGUAGES).map(texts_for)


@given(anyone, pages(five), slugs)
def test_lists(t: Texts, page: Page[Listed], slug: str) -> None:
    state = ListState(code=slug, sector="housing", state="suspended", page=99_999)
    check(districts.list_screen(t, Names(), state, page, TODAY))
    check(news.projects_screen(t, Names(), NewsState("completed", 365), page, TODAY))
    late = Page(tuple(Late(each, 9, None, each.due_on, None) for each in page.items), 9**9, 0)
    check(news.overdue_screen(t, Names(), news.OVERDUE, late))


@given(anyone, pages(five), st.text(min_size=1, max_size=200), titles, points)
def test_search(t: Texts, page: Page[Listed], query: str, title: Titles, point: Point) -> None:
    place = PlaceFound(1, title, "street", ("medeu",), point, 0.5)
    found = SearchFound(page, (place,) * 5, (), {query: query}, partial=True)
    state = SearchState(query, 10**6)
    check(search.found_screen(t, Names(), state, found, 2000, TODAY))
    check(search.nothing_screen(t, query, {query: query}))


@given(anyone, five, st.integers(0, 5), titles, points)
def test_near(t: Texts, found: list[Listed], split: int, title: Titles, point: Point) -> None:
    place = PlaceFound(1, title, "street", ("medeu",), point)
    around = Around(
        NearState(
            point=point, radius_m=10_000, sector="housing", state="suspended", page=10**6 - 1
        ),
        Vicinity(("medeu", "a" * 40), place, 1.0),
        found[:split],
        10**6,
        found[split : split + 1],
        10**6,
        found[split + 1 :],
        10**6,
    )
    check(near_screen(t, Names(), around, TODAY))


@given(
    anyone,
    projects,
    st.lists(events, max_size=12),
    st.lists(described, max_size=12),
    st.lists(facts, min_size=2, max_size=4),
    titles,
    st.none() | dates,
)
def test_cards(
    t: Texts,
    project: Listed,
    timeline: list[Event],
    told: list[Fact],
    disagreeing: list[Fact],
    descriptions: Titles,
    promise: PartialDate | None,
) -> None:
    fields = {"description_kk": tuple(told), "status": tuple(disagreeing)}
    full = card(
        project,
        descriptions=descriptions,
        contractor=descriptions.kk,
        capacity=1e9,
        capacity_unit="seats",
        photo_url="https://a.kz/photo",
        timeline=tuple(timeline),
        facts={name: found for name, found in fields.items() if found},
        conflicts={"due_on": tuple(disagreeing)},
        first_promise=promise,
        late_days=promise and 5,
    )
    back = NearState(point=Point(0, 0), radius_m=10_000, page=999_999).data()
    _every_screen(t, full, CardState(project.id, back=back))


def _every_screen(t: Texts, full: Card, state: CardState) -> None:
    further: list[Callable[..., Screen]] = [card_view.history_screen, card_view.sources_screen]
    written = card_view.write(t, Names(), full, TODAY)
    check(card_view.card_screen(t, written, full, state, bot="q" * 32))
    for draw in further:
        for page in (0, 1, 99):
            check(draw(t, written, full, state.turned(page)))
    place = card_view.on_map(t, Names(), full)
    assert place.title or not full.listed.titles.shown(t.language)
    assert place.address
