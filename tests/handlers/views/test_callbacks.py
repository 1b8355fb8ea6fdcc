"""What buttons carry: it fits, it comes back as it was, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.callbacks import (
    FILTER,
    MENU,
    MORE,
    NEWS_LISTS,
    VIEWS,
    CardState,
    DigestState,
    ListState,
    NearState,
    NewsState,
    SearchState,
    fits,
    read_card,
    read_digest,
    read_listed,
    read_near,
    read_news,
    read_search,
)
from storage.geo.points import Point
from storage.projects.project_filter import ProjectFilter
from storage.values.states import STATES
from storage.vocabulary import SECTORS

sectors = st.none() | st.sampled_from(list(SECTORS))
states = st.none() | st.sampled_from(list(STATES))
page_numbers = st.integers(0, 999_999)
codes = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-", min_size=1, max_size=40)
e5 = st.integers(-90 * 10**5, 90 * 10**5).map(lambda degrees: degrees * 10)
points = st.builds(Point, e5, e5)
near_states = st.builds(
    NearState,
    point=points,
    radius_m=st.sampled_from([200, 500, 1000, 2000, 5000, 10_000]),
    sector=sectors,
    state=states,
    page=page_numbers,
)
list_states = st.builds(
    ListState,
    topic=st.sampled_from(["d", "g"]),
    code=codes,
    sector=sectors,
    state=states,
    page=page_numbers,
)
opened = st.sampled_from(["", FILTER, MORE])
news_states = st.builds(
    NewsState, st.sampled_from(NEWS_LISTS), st.integers(0, 9999), page_numbers, opened
)
search_states = st.builds(
    SearchState, st.text(min_size=1, max_size=200), st.integers(0, 9999), opened
)
digest_states = st.builds(
    DigestState,
    st.integers(0, (1 << 63) - 1),
    st.integers(0, 9_999),
    st.none() | st.integers(-(10**14) + 1, -1),
) | st.builds(DigestState, st.integers(0, (1 << 63) - 1))
backs = st.one_of(
    digest_states.map(DigestState.data),
    near_states.map(NearState.data),
    list_states.map(ListState.data),
    news_states.map(NewsState.data),
    search_states.map(SearchState.data),
    st.just(MENU),
)
cards = st.builds(CardState, st.integers(1, 10**9), st.sampled_from(VIEWS), st.just(0), backs)


@given(near_states, st.sampled_from("lsthf"))
def test_near(state: NearState, action: str) -> None:
    assert fits(state.data(action))
    assert read_near(state.data(action)) == (action, state)


@given(list_states, st.sampled_from("lsto"))
def test_lists(state: ListState, action: str) -> None:
    assert fits(state.data(action))
    assert read_listed(state.data(action)) == (action, state)


@given(news_states)
def test_news(state: NewsState) -> None:
    assert fits(state.data())
    assert read_news(state.data()) == state


@given(digest_states)
def test_digests(state: DigestState) -> None:
    assert fits(state.data())
    assert read_digest(state.data()) == state
    assert state.on_digest == (state.page is None)


@given(search_states)
def test_search_keeps_the_text_or_leaves_it_to_the_message(state: SearchState) -> None:
    assert fits(state.data())
    read = read_search(state.data())
    assert read is not None
    assert read.page == state.page
    assert read.query in {state.query, ""}


def test_a_short_text_travels_with_the_button() -> None:
    assert SearchState("мектеп", 3).data() == "s:3:мектеп"
    assert SearchState("ұзақ сұрау " * 5).data() == "s:0:"


@given(cards)
def test_cards(state: CardState) -> None:
    assert fits(state.data())
    read = read_card(state.data())
    assert read is not None
    assert (read.project_id, read.view) == (state.project_id, state.view)
    assert read.back in {state.back, MENU}


@given(near_states | news_states | search_states | digest_states, st.integers(1, 10**8))
def test_from_a_card_the_way_leads_back(
    state: NearState | NewsState | SearchState | DigestState, number: int
) -> None:
    read = read_card(CardState(number, "h", 2, state.data()).data())
    assert read == CardState(number, "h", 2, state.data())


@given(st.text(max_size=64))
def test_anything_else_is_not_read(data: str) -> None:
    for read in (read_near, read_listed, read_news, read_digest):
        found = read(data)
        assert found is None or data.startswith(("n:", "d:", "g:", "w:", "e:"))


@pytest.mark.parametrize(
    "data",
    [
        "n:l:99999999.0.2000.0.0.0",  # no such latitude
        "n:l:4321720.7678630.99999.0.0.0",  # wider than any button
        "n:l:4321720.7678630.2000.99.0.0",  # no such sector
        "n:l:4321720.7678630.2000.0.9.0",  # no such state
        "n:l:4321720.7678630.2000.0.0",
        "g:l:.0.0.0",  # a programme's list of no programme
        "d:l:a b.0.0.0",
        "w:5.7.0",
        "p:x:m:",
        "p:1",
        "e:",
        "e:1:",
        "e:1:0:5",  # no group's chat
        f"e:{1 << 63}",  # no content has such a number
        "e:1:99999",
    ],
)
def test_forged_data_is_not_read(data: str) -> None:
    assert read_near(data) is None
    assert read_listed(data) is None
    assert read_news(data) is None
    assert read_card(data) is None
    assert read_digest(data) is None


def test_what_a_list_asks_the_store_for() -> None:
    assert ListState().filter == ProjectFilter()
    assert ListState(code="medeu", sector="social").filter == ProjectFilter(
        sectors=("social",), districts=("medeu",), area=None
    )
    assert ListState(topic="g", code="roads", state="building").filter == ProjectFilter(
        statuses=("in_progress", "final_stage"), programmes=("roads",), area=None
    )
