"""Which completions pass a filter, worked out naively: nothing of the planner's code is used."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_M = 6_371_008.8
PARENTS = {"below": "above"}
ALSO = {"school_kindergarten": {"school", "kindergarten"}}


@dataclass(frozen=True)
class Done:
    """A completed project as a person would note it down."""

    number: int
    lat: float | None
    lon: float | None
    districts: frozenset[str]
    sector: str
    kind: str
    programmes: frozenset[str]
    in_city: bool


@dataclass(frozen=True)
class Wish:
    """What somebody wants to hear of; empty means all."""

    districts: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
    lat: float | None = None
    lon: float | None = None
    radius_m: int | None = None
    project: int | None = None


def metres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """The haversine distance."""
    phi_a, phi_b, turn = radians(lat_a), radians(lat_b), radians(lon_b - lon_a)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(turn / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def passes(done: Done, wish: Wish) -> bool:
    """Whether somebody with this wish hears of it."""
    return all(
        (
            near(done, wish),
            not wish.districts or bool(wish.districts & done.districts),
            not wish.sectors or done.sector in wish.sectors,
            not wish.kinds or bool(wish.kinds & {done.kind, *ALSO.get(done.kind, ())}),
            not wish.programmes or bool(wish.programmes & with_parents(done.programmes)),
            wish.project in {None, done.number},
            bool(wish.districts or wish.radius_m or wish.project) or done.in_city,
        )
    )


def near(done: Done, wish: Wish) -> bool:
    if wish.lat is None or wish.lon is None or wish.radius_m is None:
        return True
    if done.lat is None or done.lon is None:
        return False
    return metres(wish.lat, wish.lon, done.lat, done.lon) <= wish.radius_m


def with_parents(codes: frozenset[str]) -> frozenset[str]:
    return codes | {PARENTS[code] for code in codes if code in PARENTS}
