"""A draft fits into the data of its buttons, comes back as it was, and nothing else is read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.frame.texts import LANGUAGES, texts_for
from handlers.subscriptions.views.chat_facts import Desk
from handlers.subscriptions.views.draft import Previewed, draft_screen
from handlers.subscriptions.views.draft_menus import MENUS, PAGED
from handlers.views.callbacks import fits
from handlers.views.draft_data import (
    ONE_NEEDED,
    TOO_MUCH,
    Draft,
    draft_data,
    read_draft,
)
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.subscriptions.schedules import CADENCES, Schedule
from storage.subscriptions.subscriptions import Preview
from storage.tables.numbers import Numbered
from storage.vocabulary import DISTRICTS, KINDS, PROGRAMMES, SECTORS

NUMBERS = Numbered(
    {slug: number for number, slug in enumerate(DISTRICTS, 1)},
    {code: number for number, code in enumerate(PROGRAMMES, 1)},
    tuple(DISTRICTS),
)
NOTHING = Previewed(Preview((), (0, 0, 0, 0)), {})


def some(values: object) -> st.SearchStrategy[tuple[str, ...]]:
    """Any choice of them."""
    return st.sets(st.sampled_from(list(values))).map(lambda chosen: tuple(sorted(chosen)))  # type: ignore[call-overload]


e3 = st.integers(-90_000, 90_000).map(lambda thousandths: thousandths * 1000)
around = st.tuples(st.builds(Point, e3, e3), st.integers(200, 10_000))
places: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"districts": some(DISTRICTS)}),
    around.map(lambda where: {"near": Circle(*where)}),
)
news = st.sets(st.sampled_from(NEWS_KINDS), min_size=1).map(tuple)
wide = st.builds(
    lambda place, **choices: NewsFilter(**place, **choices),
    places,
    news=news,
    sectors=some(SECTORS),
    kinds=some(KINDS),
    programmes=some(PROGRAMMES),
)
of_a_project = st.builds(NewsFilter, news=news, projects=st.tuples(st.integers(1, 2**53)))
wanted = st.one_of(wide, of_a_project).map(NewsFilter.canonical)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    cadence = draw(st.sampled_from(CADENCES))
    day = draw(
        {"weekly": st.integers(1, 7), "monthly": st.integers(1, 28)}.get(cadence, st.just(0))
    )
    return Schedule(cadence, day, 0 if cadence == "at_once" else draw(st.integers(0, 23)))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    draft = Draft(draw(wanted), target=draw(st.integers(0, 10**9)))
    return draft.timed(draw(schedules())) if draw(st.booleans()) else draft


@given(drafts(), st.sampled_from(["d", "D", "+", "w", "k2", "g10"]))
def test_every_draft_fits_and_comes_back(draft: Draft, screen: str) -> None:
    data = draft_data(screen, draft, NUMBERS)
    assert data != TOO_MUCH
    assert fits(data)
    assert read_draft(data, NUMBERS) == (screen[0], int(screen[1:] or 0), draft)


@given(drafts(), st.sampled_from(LANGUAGES), st.integers(0, 9))
def test_every_button_of_every_menu_is_a_draft_that_fits(
    draft: Draft, language: str, page: int
) -> None:
    t, desk = texts_for(language), Desk(NUMBERS, home=Point(43_238_000, 76_945_000))
    screens = [menu(t, desk, draft) for menu in MENUS.values()]
    screens += [menu(t, desk, draft, page) for menu in PAGED.values()]
    screens.append(draft_screen(t, desk, draft, NOTHING))
    for button in (each for screen in screens for row in screen.buttons for each in row):
        data = button.data or ""
        assert fits(data)
        assert button.label.strip()
        if data.count(":") > 1:
            assert read_draft(data, NUMBERS) is not None, data
        else:
            assert data[:3] in {ONE_NEEDED, TOO_MUCH, "u:x", "u:n", "u:"}


@given(st.text(max_size=64))
def test_other_data_is_not_read(data: str) -> None:
    assert read_draft(data, NUMBERS) is None
    assert read_draft(f"u:d:{data}", NUMBERS) is None or data.count(".") == 6


@pytest.mark.parametrize(
    "data",
    [
        "u:d:0.2.0....",  # without news
        "u:d:0.4.1....",  # no such cadence
        "u:d:0.2.1.d...",
        "u:d:0.2.1.dz9999...",  # districts that nobody has
        "u:d:0.2.1.nzzzzzzzzz...",  # beyond the globe
        "u:d:0.2.1.n2ut35i7u0...",  # no radius
        "u:d:0.2.1.n2ut35i7uzzz...",  # 46 km around
        "u:d:0.2.1..9zz..",  # no such sectors
        "u:d:0.2.1...zzzzzzzzzzzz.",
        "u:d:0.2.1....zzzzzzzz",
        "u:d:0.280.1....",  # a Sunday after Sunday
        "u:d:0.05i.1....",  # at once, on a Friday
        "u:d:0.2.1.p-1...",
        "u:d:0.2.1....x",
        "u:d:0.2.1.....",
        "u:d:0.2.1...",
        "u:d:٠.2.1....",
        "u:dd:0.2.1....",
        "u:d999:0.2.1....",
    ],
)
def test_forged_drafts_are_none(data: str) -> None:
    assert read_draft(data, NUMBERS) is None


def test_what_is_gone_does_not_widen_a_draft() -> None:
    data = draft_data("d", Draft(NewsFilter(programmes=("comfort_school",))), NUMBERS)
    assert read_draft(data, Numbered(NUMBERS.districts, {})) is None


def test_a_store_of_very_many_programmes_says_that_it_is_too_much() -> None:
    numbers = Numbered({}, {f"p{number}": number for number in range(200)})
    draft = Draft(NewsFilter(programmes=tuple(numbers.programmes)))
    assert draft_data("d", draft, numbers) == TOO_MUCH
    assert draft_data("d", Draft(NewsFilter(programmes=("gone",))), numbers) == TOO_MUCH
