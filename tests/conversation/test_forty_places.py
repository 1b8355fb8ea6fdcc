"""Near me finds something where people live: at five places of each district, far apart.

forty_places.csv lists them. Inhabited are microdistricts and housing estates; of a district's five
the nearest two are as far from one another as can be. Almaly district has but two microdistricts:
streets that lie in it alone make up the five, by the same rule.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from bot.sandbox.resident import Resident
from storage.geo.points import Point, distance_m
from storage.vocabulary import DISTRICTS
from tests.conversation.asking import at
from tests.storage.datasets.dataset import PLACES, Row

LISTED = Path(__file__).parent / "forty_places.csv"
IN_A_DISTRICT = 5
ENOUGH = 36
WITHIN_M = 3_000
INHABITED = {"microdistrict", "estate"}
METRES = re.compile(r"📍\s*(?:≈?(\d+(?:,\d+)?)\s*(км|м)\b|(осы маңда))")


def listed() -> list[Row]:
    with LISTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def point(place: Row) -> Point:
    return Point.of(float(place["latitude"]), float(place["longitude"]))


def nearest_two(places: Iterable[Row]) -> float:
    return min(distance_m(point(one), point(other)) for one, other in combinations(places, 2))


def far_apart(district: str) -> list[Row]:
    """The district's five inhabited places farthest from one another, by name."""
    own = [place for place in PLACES if district in place["district"].split("|")]
    homes = sorted((each for each in own if each["kind"] in INHABITED), key=by_name)
    if len(homes) >= IN_A_DISTRICT:
        choices: Iterator[tuple[Row, ...]] = combinations(homes, IN_A_DISTRICT)
    else:
        streets = (
            each for each in own if each["kind"] == "street" and each["district"] == district
        )
        more = combinations(sorted(streets, key=by_name), IN_A_DISTRICT - len(homes))
        choices = ((*homes, *some) for some in more)
    return sorted(max(choices, key=nearest_two), key=by_name)


def by_name(place: Row) -> str:
    return place["name_ru"]


def chosen() -> list[Row]:
    return [
        {"district": district, "name_ru": place["name_ru"]}
        for district in sorted(DISTRICTS)
        for place in far_apart(district)
    ]


def nearest_m(text: str) -> float:
    """The least distance that a list shows, in metres; «around here» is less than 100."""
    found = [
        0.0 if here else float(number.replace(",", ".")) * (1000 if unit == "км" else 1)
        for number, unit, here in METRES.findall(text)
    ]
    return min(found, default=float("inf"))


def test_the_list_is_what_the_rule_chooses() -> None:
    assert listed() == chosen()
    assert len(listed()) == 40


async def test_a_location_there_finds_a_project_within_three_kilometres(resident: Resident) -> None:
    places = {place["name_ru"]: place for place in PLACES}
    far = {}
    for name in (row["name_ru"] for row in listed()):
        answer = await at(
            resident, float(places[name]["latitude"]), float(places[name]["longitude"])
        )
        if nearest_m(answer.text) > WITHIN_M:
            far[name] = answer.text
    assert len(listed()) - len(far) >= ENOUGH, far
