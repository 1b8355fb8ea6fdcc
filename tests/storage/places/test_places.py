"""Places and districts by name; about where a point is."""

from random import Random

import pytest
from sqlalchemy.orm import Session

from storage.geo.points import Point
from storage.places.named import find_districts, find_places
from storage.places.places import Vicinity, about_district, known_places, place
from storage.places.vicinity import PlaceGrid, place_grid
from tests.storage.builder import CENTRE, Builder


def north(metres: float) -> Point:
    return Point(CENTRE.lat_e6 + round(metres * 8.993), CENTRE.lon_e6)


@pytest.fixture
def named(builder: Builder) -> Builder:
    builder.place("Қалқаман-2", name_ru="Калкаман-2", aliases="Қалқаман-2 ш/а|мкр Калкаман-2")
    builder.place("Қалқаман", name_ru="Калкаман", aliases="микрорайон Калкаман")
    builder.place("6-шағынаудан", name_ru="6-й микрорайон", aliases="6 мкр|6 ш/а")
    builder.place("Абай даңғылы", name_ru="проспект Абая", kind="street")
    builder.place("Алмагүл", name_ru="Алмагуль", districts=("bostandyk",))
    builder.place("Орталық стадион", name_ru="Центральный стадион", kind="landmark")
    for slug in ("almaly", "alatau", "medeu"):
        builder.district(slug)
    return builder


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Қалқаман", "Қалқаман"),
        ("калкаман", "Қалқаман"),
        ("Qalqaman", "Қалқаман"),
        ("мкр. Калкаман-2", "Қалқаман-2"),
        ("калкаман 2", "Қалқаман-2"),
        ("6 мкр", "6-шағынаудан"),
        ("микрорайон 6", "6-шағынаудан"),
        ("ул. Абая", "Абай даңғылы"),
        ("что строят в Алмагуле", "Алмагүл"),
        ("алмагль", "Алмагүл"),
        ("стадион", "Орталық стадион"),
    ],
)
def test_places_are_found_as_people_type_them(
    named: Builder, session: Session, text: str, first: str
) -> None:
    assert [each.names.kk for each in find_places(session, text)][:1] == [first]


@pytest.mark.parametrize("text", ["школа 6", "", "микрорайон", "🙂", "улица", "6000", "%_'\"*("])
def test_what_names_no_place_finds_none(named: Builder, session: Session, text: str) -> None:
    assert find_places(session, text) == []


def test_whole_names_come_before_parts_and_mended_ones(named: Builder, session: Session) -> None:
    whole, part = find_places(session, "калкаман")
    assert (whole.names.kk, part.names.kk) == ("Қалқаман", "Қалқаман-2")
    assert whole.score == 1.0 > part.score
    assert find_places(session, "алмагль")[0].score < 1.0
    assert len(find_places(session, "калкаман", limit=1)) == 1


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Алатау ауданы", "alatau"),
        ("алатауский район", "alatau"),
        ("Медеу", "medeu"),
        ("больница в медеуском районе", "medeu"),
        ("Almaly district", "almaly"),
        ("751710000", "medeu"),
        ("алатауу", "alatau"),
    ],
)
def test_districts_are_found_as_people_type_them(
    named: Builder, session: Session, text: str, slug: str
) -> None:
    assert [each.slug for each in find_districts(session, text)] == [slug]


def test_a_district_of_an_operators_own_is_found_too(named: Builder, session: Session) -> None:
    named.district("talgar", name_kk="Талғар ауданы", lat_e6=43_300_000, lon_e6=77_240_000)
    (found,) = find_districts(session, "талгар")
    assert (found.slug, found.score) == ("talgar", 0.99)
    assert found.point == Point(43_300_000, 77_240_000)


def test_place_by_number_and_all_in_order(named: Builder, session: Session) -> None:
    everyone = known_places(session)
    assert [each.kind for each in everyone] == ["microdistrict"] * 4 + ["street", "landmark"]
    assert [each.names.kk for each in everyone[:2]] == ["6-шағынаудан", "Алмагүл"]
    assert place(session, everyone[1].id) == everyone[1]
    assert everyone[1].districts == ("bostandyk",)
    assert place(session, 10**6) is None


def test_without_places_nobody_knows(session: Session) -> None:
    found = about_district(session, CENTRE)
    assert (found.districts, found.place, found.distance_m) == ((), None, None)


def test_the_nearest_places_decide_by_weight(builder: Builder, session: Session) -> None:
    builder.place("near", north(200), ("medeu",))
    builder.place("farther", north(700), ("almaly",))
    builder.place("farther still", north(-900), ("almaly",))
    builder.place("too far to vote", north(1_600), ("almaly",))
    found = about_district(session, CENTRE)
    assert found.districts == ("medeu",)
    assert found.place is not None
    assert found.place.names.kk == "near"
    assert found.distance_m == pytest.approx(200, abs=1)


def test_many_may_outweigh_the_nearest(builder: Builder, session: Session) -> None:
    builder.place("near", north(400), ("medeu",))
    for metres in (500, 550, -600):
        builder.place(f"at {metres}", north(metres), ("almaly",))
    assert about_district(session, CENTRE).districts == ("almaly",)


def test_only_the_five_nearest_vote(builder: Builder, session: Session) -> None:
    for metres in (300, 310, 320, 330, 340):
        builder.place(f"medeu {metres}", north(metres), ("medeu",))
    for metres in range(350, 450, 10):
        builder.place(f"almaly {metres}", north(metres), ("almaly",))
    assert about_district(session, CENTRE).districts == ("medeu",)


def test_a_street_of_two_districts_has_half_a_vote_in_each(
    builder: Builder, session: Session
) -> None:
    builder.place("street", north(300), ("medeu", "almaly"), kind="street")
    assert about_district(session, CENTRE).districts == ("medeu", "almaly")
    builder.place("square", north(-550), ("almaly",))
    assert about_district(session, CENTRE).districts == ("almaly",)


def test_between_and_beyond_the_known_places(builder: Builder, session: Session) -> None:
    builder.place("edge", CENTRE, ("turksib",))
    between, beyond = about_district(session, north(2_500)), about_district(session, north(3_100))
    assert between.districts == ("turksib",)
    assert beyond.districts == ()
    assert beyond.place is not None
    assert beyond.distance_m == pytest.approx(3_100, abs=5)


def test_places_in_memory_say_the_same(builder: Builder, session: Session) -> None:
    chance = Random(20251025)

    def somewhere(metres: int) -> Point:
        up, aside = chance.randrange(-metres, metres), chance.randrange(-metres, metres)
        return Point(CENTRE.lat_e6 + up * 9, CENTRE.lon_e6 + aside * 12)

    slugs = ("almaly", "medeu", "turksib")
    for number in range(60):
        districts = tuple(chance.sample(slugs, chance.choice((1, 1, 2))))
        builder.place(f"place {number}", somewhere(9_000), districts)
    grid = place_grid(session)
    for _ in range(300):
        point = somewhere(16_000)
        assert grid.about(point) == about_district(session, point)
    assert PlaceGrid(()).about(CENTRE) == Vicinity((), None, None)
