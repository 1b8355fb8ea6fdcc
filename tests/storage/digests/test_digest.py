"""What a digest tells of its projects: their order, what changed, what is due next."""

from datetime import timedelta
from typing import Any

import pytest

from storage.digests.deliveries import Item, claim
from storage.digests.descriptions import followed, followed_by
from storage.digests.digest import digest, due_next, kept_digest, kept_page, told_page
from storage.digests.net_changes import Move, net_moves
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter, store_filter
from storage.news.matching import latest_change, load_board
from storage.projects.data_day import data_day
from tests.storage.builder import CENTRE as SOMEWHERE
from tests.storage.builder import TODAY
from tests.storage.digest_world import CITY_NEWS, LEASE, World, almaty

CHAT = 7_000_000_000
START = almaty("2026-02-16 09:00")
FIRST = almaty("2026-02-20 18:00")
DAY = timedelta(days=1)
CENTRE = SOMEWHERE.rounded()
ALL = NewsFilter(news=NEWS_KINDS)


def north(metres: int) -> Point:
    return Point(CENTRE.lat_e6 + metres * 9, CENTRE.lon_e6)


def told(world: World, *wanted: NewsFilter, cadence: str = "weekly", **page: Any) -> Any:
    """The digest of everything that happened, for these filters."""
    board = load_board(world.session, 0, latest_change(world.session))
    news = {each for one in wanted for each in board.matching(one)}
    items = [Item(each.project, each.kind, each.change) for each in sorted(news)]
    filters = [each.canonical() for each in wanted]
    return told_page(world.session, filters, items, cadence, **page)


def test_where_not_all_fits_each_district_has_its_share(world: World) -> None:
    for slug in ("medeu", "alatau", "turksib"):
        world.builder.district(slug)
    medeu = [world.done(f"medeu-{n}", START, districts=("medeu",)) for n in range(6)]
    alatau = [world.done(f"alatau-{n}", START, districts=("alatau",)) for n in range(2)]
    turksib = world.done("turksib", START, districts=("turksib",))
    page = told(world, CITY_NEWS, limit=5, fair=True)
    shown = [each.listed.id for each in page.items]
    assert (len(shown), page.total) == (5, 9)
    assert {*alatau, turksib} < set(shown)
    assert len(set(shown) & set(medeu)) == 2
    whole = [each.listed.id for each in told(world, CITY_NEWS, limit=9).items]
    assert shown == [number for number in whole if number in shown]  # in the same order


def test_by_district_in_the_districts_order_then_several_then_none(world: World) -> None:
    for slug in ("medeu", "alatau"):
        world.builder.district(slug)
    none = world.done("none", START)
    several = world.done("several", START, districts=("medeu", "alatau"))
    alatau = world.done("alatau", START, districts=("alatau",))
    older = world.done("older", START, districts=("medeu",))
    newer = world.done("newer", START, districts=("medeu",))
    page = told(world, CITY_NEWS)
    assert [each.listed.id for each in page.items] == [newer, older, alatau, several, none]
    assert all(each.listed.distance_m is None for each in page.items)


def test_what_a_point_brought_comes_first_by_distance(world: World) -> None:
    near = NewsFilter(near=Circle(CENTRE, 2_000), kinds=("school",))
    other = NewsFilter(near=Circle(north(2_000), 1_000), kinds=("park",))
    far = world.done("far", START, kind="school", point=north(1_500))
    school = world.done("school", START, kind="school", point=north(300))
    park = world.done("park", START, kind="park", point=north(1_990))
    clinic = world.done("clinic", START, kind="clinic", point=north(10))
    page = told(world, near, other, CITY_NEWS)
    assert [each.listed.id for each in page.items] == [park, school, far, clinic]
    metres = [each.listed.distance_m for each in page.items]
    assert metres[:3] == [pytest.approx(10, abs=1), pytest.approx(300, abs=2), metres[2]]
    assert metres[3] is None, "the point's filter did not bring it"


def test_a_page_is_a_part_of_the_same_order(world: World) -> None:
    for number in range(12):
        world.done(f"school-{number}", START)
    whole = told(world, CITY_NEWS, limit=20)
    assert whole.total == len(whole.items) == 12
    page = told(world, CITY_NEWS, offset=5, limit=5)
    assert page.items == whole.items[5:10]
    assert (page.total, page.offset) == (12, 5)
    assert told(world, CITY_NEWS, offset=50, limit=5).items == ()


def test_what_is_no_longer_true_is_left_out(world: World) -> None:
    numbers = {key: world.done(key, START) for key in ("stays", "withdrawn", "reopened")}
    items = [Item(number, "completed", 1) for number in numbers.values()]
    items.append(Item(numbers["reopened"], "slipped", 1))
    world.set(numbers["withdrawn"], status_no=8)
    world.set(numbers["reopened"], status_no=3)
    page = told_page(world.session, [CITY_NEWS], items, "weekly")
    found = {each.listed.id: each.kinds for each in page.items}
    assert found == {numbers["stays"]: ("completed",), numbers["reopened"]: ("slipped",)}
    gone = [Item(numbers["withdrawn"], "completed", 1)]
    assert told_page(world.session, [CITY_NEWS], gone, "weekly").items == ()
    assert told_page(world.session, [], [], "weekly").total == 0


def test_several_kinds_of_news_come_with_one_project(world: World) -> None:
    number = world.builder.project("school", status="in_progress")
    world.changed(number, "due_on", "2025-09", "2026-05", START)
    world.changed(number, "planned_kzt", "100", "300", START)
    world.changed(number, "contracted_kzt", "", "90", START)
    world.changed(number, "status", "planned", "in_progress", START + DAY)
    [only] = told(world, ALL).items
    assert only.kinds == ("slipped", "state", "budget")
    assert only.moves == {
        "due_on": Move("2025-09", "2026-05"),
        "status": Move("planned", "in_progress"),
        "planned_kzt": Move("100", "300"),
    }


@pytest.mark.parametrize(
    ("cadence", "old"),
    [("at_once", "2026-05"), ("daily", "2026-05"), ("weekly", "2026-04"), ("monthly", "2026-03")],
)
def test_the_net_change_in_the_time_that_a_digest_covers(
    world: World, cadence: str, old: str
) -> None:
    number = world.builder.project("school", status="in_progress")
    world.changed(number, "due_on", "2026-02", "2026-03", START - 60 * DAY)
    world.changed(number, "due_on", "2026-03", "2026-04", START - 20 * DAY)
    world.changed(number, "due_on", "2026-04", "2026-05", START - 3 * DAY)
    last = world.changed(number, "due_on", "2026-05", "2026-06", START)
    world.changed(number, "due_on", "2026-06", "2027-01", START + DAY)
    moves = net_moves(world.session, [Item(number, "slipped", last)], cadence)
    assert moves == {number: {"due_on": Move(old, "2026-06")}}


def test_what_came_back_is_told_by_the_stretch_that_is_news(world: World) -> None:
    number = world.builder.project("school", status="in_progress")
    world.changed(number, "due_on", "2026-06", "2026-05", START - DAY)
    last = world.changed(number, "due_on", "2026-05", "2026-06", START)
    moves = net_moves(world.session, [Item(number, "slipped", last)], "weekly")
    assert moves == {number: {"due_on": Move("2026-05", "2026-06")}}
    world.changed(number, "status", "planned", "in_progress", START - 40 * DAY)
    final = world.changed(number, "status", "in_progress", "final_stage", START)
    moves = net_moves(world.session, [Item(number, "state", final)], "weekly")
    assert moves == {number: {"status": Move("planned", "final_stage")}}


def test_a_sum_that_changed_long_before_is_not_told_again(world: World) -> None:
    number = world.builder.project("school", status="in_progress")
    world.changed(number, "planned_kzt", "1", "2", START - 60 * DAY)
    last = world.changed(number, "contracted_kzt", "5", "4", START)
    moves = net_moves(world.session, [Item(number, "budget", last)], "weekly")
    assert moves == {number: {"contracted_kzt": Move("5", "4")}}


def test_no_change_is_no_move(world: World) -> None:
    number = world.builder.project("school")
    last = world.changed(number, "planned_kzt", "", "2", START)
    items = [Item(number, "budget", last), Item(number, "slipped", last), Item(9, "state", 1)]
    assert net_moves(world.session, items, "weekly") == {}


def test_due_next_passes_the_same_filters(world: World) -> None:
    wanted = NewsFilter(near=Circle(CENTRE, 1_000), kinds=("school",))
    project = world.builder.project
    later = project("later", kind="school", point=north(500), due_on="2026-03-21")
    sooner = project("sooner", kind="school", point=north(900), due_on="2026-03")
    others: dict[str, dict[str, Any]] = {
        "too late": {"due_on": "2026-03-22"},
        "some day of the year": {"due_on": "2026", "due_last": TODAY + 8 * DAY},
        "overdue": {"due_on": "2026-02-19"},
        "a park": {"kind": "park", "due_on": "2026-03"},
        "far": {"point": north(1_500), "due_on": "2026-03"},
        "no point": {"point": None, "due_on": "2026-02"},
        "done": {"status": "completed", "due_on": "2026-02"},
        "cancelled": {"status": "cancelled", "due_on": "2026-02"},
        "withdrawn": {"status": "withdrawn", "due_on": "2026-02"},
    }
    for key, columns in others.items():
        project(key, **{"kind": "school", "point": north(1), "status": "in_progress", **columns})
    filters = [wanted.canonical()]
    due = due_next(world.session, filters, [], TODAY)
    assert [each.id for each in due] == [later]
    world.set(sooner, due_on="2026-02-28", due_last=TODAY + 8 * DAY)
    due = due_next(world.session, filters, [], TODAY)
    assert [each.id for each in due] == [sooner, later]
    assert due[1].distance_m == pytest.approx(500, abs=2)
    told_already = [Item(later, "slipped", 1)]
    assert [each.id for each in due_next(world.session, filters, told_already, TODAY)] == [sooner]
    assert due_next(world.session, [], [], TODAY) == ()


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ({}, ["medeu", "alatau", "roads"]),
        ({"districts": ("alatau",)}, ["alatau"]),
        ({"districts": ("alatau", "medeu")}, ["medeu", "alatau"]),
        ({"sectors": ("transport",)}, ["roads"]),
        ({"programmes": ("whole",)}, ["alatau", "roads"]),
        ({"programmes": ("part", "nobody's")}, ["alatau"]),
        ({"programmes": ("nobody's",)}, []),
        ({"kinds": ("road",), "districts": ("medeu",)}, []),
    ],
)
def test_due_next_of_every_filter(world: World, given: dict[str, Any], keys: list[str]) -> None:
    world.builder.programme("whole")
    world.builder.programme("part", parent="whole")
    made: dict[str, dict[str, Any]] = {
        "medeu": {"districts": ("medeu",), "due_on": "2026-02-21"},
        "alatau": {"districts": ("alatau",), "due_on": "2026-02-22", "programmes": ("part",)},
        "roads": {
            "sector": "transport",
            "kind": "road",
            "programmes": ("whole",),
            "due_on": "2026-02-23",
        },
        "region": {"area": "almaty_region", "due_on": "2026-02-20"},
    }
    for key, columns in made.items():
        world.builder.project(key, **columns)
    filters = [NewsFilter(**given)]
    assert [each.key for each in due_next(world.session, filters, [], TODAY)] == keys


def test_due_next_of_a_followed_project_and_of_two_filters_at_once(world: World) -> None:
    project = world.builder.project
    region = project("region", area="almaty_region", due_on="2026-02-25")
    park = project("park", kind="park", due_on="2026-02-24")
    wanted = (
        NewsFilter(projects=(region,)),
        NewsFilter(kinds=("park",)),
        NewsFilter(kinds=("pond",)),
    )
    assert [each.id for each in due_next(world.session, wanted, [], TODAY)] == [park, region]


def test_what_brought_it_is_named(world: World) -> None:
    world.builder.place("Самал-2", point=north(100))
    number = world.builder.project("school")
    wanted = (
        NewsFilter(near=Circle(CENTRE, 500)),
        NewsFilter(near=Circle(north(2_000), 500)),
        NewsFilter(projects=(number,)),
        CITY_NEWS,
    )
    found = followed(world.session, wanted, limit=9)
    assert [each.place.kk if each.place else None for each in found] == [
        *("Самал-2", None, None, None)
    ]
    assert [each.project.kk if each.project else None for each in found] == [
        *(None, None, "school жобасы", None)
    ]
    assert followed(world.session, [NewsFilter(projects=(424_242,))])[0].project is None
    filters = [store_filter(world.session, each) for each in reversed(wanted)]
    by_number = followed_by(world.session, [*filters, 999_999])
    assert [each.wanted for each in by_number] == [
        each.canonical() for each in (CITY_NEWS, wanted[2], wanted[1])
    ]


def test_a_digest_is_kept_for_the_chats_that_had_it(world: World) -> None:
    world.follow(CHAT, START)
    school = world.done("school", START + DAY)
    world.plan(FIRST)
    [claimed] = claim(world.session, FIRST, 10, LEASE)
    kept = kept_digest(world.session, CHAT, claimed.content_id)
    assert kept is not None
    assert (kept.cadence, kept.filters) == ("weekly", claimed.filters)
    assert [each.project for each in kept.items] == [school]
    page = kept_page(world.session, kept, 0, 5)
    assert [each.listed.id for each in page.items] == [school]
    found = digest(world.session, claimed.filters, claimed.items, "weekly", TODAY)
    assert (found.page, found.due) == (page, ())
    assert [each.wanted for each in found.followed] == [CITY_NEWS]
    assert kept_digest(world.session, CHAT + 1, claimed.content_id) is None
    assert kept_digest(world.session, CHAT, claimed.content_id ^ 1) is None


def test_the_date_of_the_last_data(world: World) -> None:
    assert data_day(world.session) is None
    for key, day in {"a": "2025-11", "b": "2025-11-08", "c": ""}.items():
        world.builder.project(key, heard_on=day)
    world.builder.project("gone", heard_on="2026-01-01", status="withdrawn")
    assert str(data_day(world.session)) == "2025-11-08"
