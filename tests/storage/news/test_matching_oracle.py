"""What random chats are told of a random city is what a naive reckoning says."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NewsFilter
from tests.storage.builder import CENTRE
from tests.storage.digest_world import FRIDAY, World, almaty
from tests.storage.news_oracle import Done, Wish, metres, passes

START, FIRST = almaty("2026-02-16 09:00"), almaty("2026-02-20 18:00")
SLUGS, KINDS = ("medeu", "almaly", "auezov"), ("school", "park", "school_kindergarten")
SECTORS, CODES = ("social", "urban_environment"), ("above", "below", "other")
NEAR_ENOUGH_M = 0.05  # of the edge of a circle: neither answer is wrong

offsets = st.tuples(st.integers(-40_000, 40_000), st.integers(-55_000, 55_000))
points = st.none() | offsets.map(lambda by: Point(CENTRE.lat_e6 + by[0], CENTRE.lon_e6 + by[1]))
homes = offsets.map(lambda by: Point(CENTRE.lat_e6 + by[0], CENTRE.lon_e6 + by[1]).rounded())


def some(codes: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes), max_size=2)


@st.composite
def projects(draw: st.DrawFn) -> Done:
    point = draw(points)
    return Done(
        0,
        point.latitude if point else None,
        point.longitude if point else None,
        draw(some(SLUGS)),
        draw(st.sampled_from(("", *SECTORS))),
        draw(st.sampled_from(("", *KINDS))),
        draw(some(CODES)),
        draw(st.booleans()),
    )


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    home = draw(st.none() | homes)
    return Wish(
        *(draw(some(SLUGS)), draw(some(SECTORS)), draw(some(KINDS)), draw(some(CODES))),
        home.latitude if home else None,
        home.longitude if home else None,
        draw(st.sampled_from((200, 500, 1_000, 2_000, 3_000, 10_000))) if home else None,
        draw(st.none() | st.none() | st.none() | st.integers(1, 12)),
    )


def as_filter(wish: Wish) -> NewsFilter:
    home = wish.lat is not None and wish.lon is not None
    return NewsFilter(
        districts=tuple(wish.districts),
        sectors=tuple(wish.sectors),
        kinds=tuple(wish.kinds),
        programmes=tuple(wish.programmes),
        near=Circle(Point.of(wish.lat or 0, wish.lon or 0), wish.radius_m or 0) if home else None,
        projects=() if wish.project is None else (wish.project,),
    )


def built(world: World, place: int, wanted: Done) -> Done:
    """The project in the store, with its number."""
    number = world.done(
        f"project-{place}",
        START,
        point=Point.of(wanted.lat, wanted.lon) if wanted.lat and wanted.lon else None,
        districts=tuple(sorted(wanted.districts)),
        sector=wanted.sector,
        kind=wanted.kind,
        programmes=tuple(sorted(wanted.programmes)),
        area="almaty" if wanted.in_city else "region",
    )
    return Done(number, *(getattr(wanted, name) for name in list(Done.__annotations__)[1:]))


def on_the_edge(done: Done, wish: Wish) -> bool:
    if not (done.lat and done.lon and wish.lat and wish.lon and wish.radius_m):
        return False
    return abs(metres(wish.lat, wish.lon, done.lat, done.lon) - wish.radius_m) < NEAR_ENOUGH_M


def check(session: Session, city: list[Done], chats: list[list[Wish]]) -> None:
    world = World(session)
    world.builder.programme("above")
    world.builder.programme("below", parent="above")
    for chat, own in enumerate(chats):
        for wish in own:
            world.follow(chat, START, as_filter(wish), FRIDAY)
    city = [built(world, place, each) for place, each in enumerate(city)]
    told = {chat: set(found) for (chat, _), found in world.told(FIRST, chunk=5).items()}
    for chat, own in enumerate(chats):
        expected = {each.number for each in city if any(passes(each, wish) for wish in own)}
        edge = {each.number for each in city if any(on_the_edge(each, wish) for wish in own)}
        assert told.get(chat, set()) - edge == expected - edge, own


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    city=st.lists(projects(), min_size=1, max_size=12),
    chats=st.lists(st.lists(wishes(), min_size=1, max_size=4), min_size=1, max_size=8),
)
def test_chats_are_told_what_a_naive_reckoning_says(
    store: Store, city: list[Done], chats: list[list[Wish]]
) -> None:
    with Session(store.engine) as session:  # rolled back: each city begins empty
        check(session, city, chats)
