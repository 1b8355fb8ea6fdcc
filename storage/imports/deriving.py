"""A project as its latest statements have it: pure functions, no database.

Field by field the latest statement holds by `stated_on` (unknown days before all dated ones, a
partial day by its first day); of equals the one stored later. A due date counts from the day it
was promised, where its row tells that: an old promise that is recalled is not the present one.
How exact a point is, is said by the point's own row: a word of the press on «the district» does
not blur a point that a map gave earlier.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from storage.geo.points import Point
from storage.imports.reference import Reference
from storage.tables.facts import NO_DISTRICT, SEVERAL_DISTRICTS
from storage.values.city import AREA, CITYWIDE
from storage.values.partial_dates import PartialDate, parse_partial
from storage.vocabulary import KINDS, SECTORS, STATUSES, Table, by_number
from storage.vocabulary.codes import OPEN

POINT_PRECISIONS = frozenset({"exact", "street", "area", "district"})
_ONLY_WITH_POINT = POINT_PRECISIONS - {"district"}
_WHERE = frozenset({"point", "location_precision"})
_STATE = frozenset({"status", "starts_on", "due_on", "completed_on"})
_ONE_DAY = timedelta(days=1)

TEXTS = (
    *("title_kk", "title_ru", "title_en", "description_kk", "description_ru", "description_en"),
    *("address", "address_kk", "address_ru", "address_en", "funding"),
    *("contractor", "capacity_unit", "photo_url", "link"),
)
MONEY = ("planned_kzt", "contracted_kzt", "spent_kzt")
CODED: dict[str, Table[Any]] = {"sector_no": SECTORS, "kind_no": KINDS, "status_no": STATUSES}

_DAY = len("2025-01-01")

Columns = dict[str, Any]  # column of `project` -> value


class Said(NamedTuple):
    """One statement, in the order in which they were stored."""

    field: str
    value: str
    stated_on: str
    promised_on: str


@lru_cache(maxsize=8192)
def sort_day(partial: str) -> str:
    """Return the first day of a partial date as text that sorts; blank sorts before all days."""
    return f"{partial}-01-01"[:_DAY] if partial else ""


def held_from(said: Said) -> str:
    """Return since when a statement holds: a due date from its promise, where that is told."""
    return (said.field == "due_on" and said.promised_on) or said.stated_on


def latest(statements: Iterable[Said]) -> dict[str, str]:
    """Return the value of each field that was ever stated; "" where it was erased."""
    days: dict[str, str] = {}
    values: dict[str, str] = {}
    for said in statements:
        day = sort_day(held_from(said))
        if day >= days.get(said.field, ""):
            days[said.field], values[said.field] = day, said.value
    return values


def first_promise(statements: Iterable[Said]) -> tuple[str, str]:
    """Return the due date that was promised first and the day of that promise ("" unknown)."""
    promises = [said for said in statements if said.field == "due_on" and said.value]
    if not promises:
        return "", ""
    first = min(promises, key=_promise_order)
    return first.value, first.promised_on or first.stated_on


def _promise_order(said: Said) -> tuple[str, str]:
    """Sort promises by the day they were made, those of one day by the day they were told."""
    return sort_day(held_from(said)), sort_day(said.stated_on)


def heard_on(statements: Iterable[Said]) -> str:
    """Return the day of the latest dated statement, "" where none is dated.

    Where a thing lies is not news of it: a map's day counts only where nobody told anything else.
    """
    told = list(statements)
    news = [said for said in told if said.field not in _WHERE]
    days = {said.stated_on for said in news or told}
    return max(days, key=lambda day: (sort_day(day), len(day)), default="")


def status_on(statements: Iterable[Said]) -> date | None:
    """Return the first possible day of what states the present status.

    None where the status was never stated, was taken back or its source bears no day.
    """
    told = [said for said in statements if said.field == "status"]
    newest = max(
        enumerate(told), key=lambda each: (sort_day(each[1].stated_on), each[0]), default=None
    )
    if newest is None or not newest[1].value:
        return None
    return _interval(newest[1].stated_on)[0]


def silent_from(status_no: int, due_last: date | None, told: Iterable[Said]) -> date | None:
    """Return the day from which a project is past due and for a year nobody told how it stands.

    None for what is finished or has no due date. Told is a status, a due date or another date of
    it; the last possible day counts. Where none of them has a day, the due date's last one does:
    it was spoken of as still to come.
    """
    if status_no not in OPEN or due_last is None:
        return None
    days = [parse_partial(said.stated_on).last for said in told if _tells_state(said)]
    return max(due_last + _ONE_DAY, a_year_after(max(days, default=due_last)))


def _tells_state(said: Said) -> bool:
    return said.field in _STATE and said.stated_on != ""


def a_year_after(day: date) -> date:
    """Return the same day of the next year; of 29 February the first of March."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if leap else day.replace(year=day.year + 1)


def precision_of_point(statements: Iterable[Said]) -> str:
    """Return how exact the latest point is by the statements of its own day, "" for no point.

    A row always gives both. "district" may also be said on that day by a row without a point, so
    it counts only where nothing closer was said.
    """
    day, told = "", list(statements)
    for said in told:
        if said.field == "point" and sort_day(said.stated_on) >= sort_day(day):
            day = said.stated_on
    same = [s.value for s in told if (s.field, s.stated_on) == ("location_precision", day)]
    closer = [value for value in same if value in _ONLY_WITH_POINT]
    return (closer or same or [""])[-1]


def derive(statements: list[Said], reference: Reference) -> Columns:
    """Return the columns of a project, but for its key, stems and time of change."""
    values = latest(statements)
    columns: Columns = {text: values.get(text, "") for text in TEXTS}
    columns |= {money: _number(values.get(money)) for money in MONEY}
    columns["area"] = values.get("area") or AREA
    columns["capacity"] = float(values["capacity"]) if values.get("capacity") else None
    columns |= _terms(values) | _place(values, precision_of_point(statements)) | _dates(values)
    due, promised = first_promise(statements)
    columns["first_due_on"], columns["first_promised_on"] = due, promised
    columns["first_due_last"] = _interval(due)[1]
    columns["heard_on"] = heard_on(statements)
    columns["status_on"] = status_on(statements)
    columns["silent_from"] = silent_from(columns["status_no"], columns["due_last"], statements)
    columns["programmes"] = _known(values.get("programme"), reference.programmes)
    columns["districts"] = _known(values.get("district"), reference.districts)
    columns["district_no"] = _district_no(columns["districts"], reference)
    return columns


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _terms(values: dict[str, str]) -> Columns:
    """Return the vocabulary's numbers; the sector is the kind's where none was stated."""
    kind = KINDS.get(values.get("kind", ""))
    sector = SECTORS.get(values.get("sector") or (kind.sector if kind else None) or "")
    status = STATUSES.get(values.get("status", ""))
    return {
        "kind_no": kind.number if kind else 0,
        "sector_no": sector.number if sector else 0,
        "status_no": status.number if status else 0,
    }


def _place(values: dict[str, str], precision: str) -> Columns:
    if not values.get("point"):
        citywide = values.get("location_precision") == CITYWIDE
        coarse = "district" if values.get("district") else CITYWIDE if citywide else "none"
        return {"lat_e6": None, "lon_e6": None, "cell": None, "location_precision": coarse}
    latitude, longitude = values["point"].split(",")
    point = Point.of(float(latitude), float(longitude))
    return {
        "lat_e6": point.lat_e6,
        "lon_e6": point.lon_e6,
        "cell": point.cell,
        "location_precision": precision if precision in POINT_PRECISIONS else "exact",
    }


def _dates(values: dict[str, str]) -> Columns:
    starts, due, completed = (
        values.get(column, "") for column in ("starts_on", "due_on", "completed_on")
    )
    due_first, due_last = _interval(due)
    completed_first, completed_last = _interval(completed)
    year = completed or due or starts
    return {
        "starts_on": starts,
        "due_on": due,
        "due_first": due_first,
        "due_last": due_last,
        "completed_on": completed,
        "completed_first": completed_first,
        "completed_last": completed_last,
        "year": int(year[:4]) if year else 0,
    }


@lru_cache(maxsize=8192)
def partial(text: str) -> PartialDate | None:
    """Return the partial date of a stored text, None for a blank one; remembered."""
    return parse_partial(text) if text else None


def _interval(text: str) -> tuple[date | None, date | None]:
    found = partial(text)
    return (found.first, found.last) if found else (None, None)


def _known(joined: str | None, known: dict[str, Any]) -> str:
    return "|".join(code for code in (joined or "").split("|") if code in known)


def _district_no(districts: str, reference: Reference) -> int:
    if not districts:
        return NO_DISTRICT
    if "|" in districts:
        return SEVERAL_DISTRICTS
    return int(reference.districts[districts].get("id") or NO_DISTRICT)


# Columns whose changes are told, as the field they show and how they read.
CHANGE_FIELDS: dict[str, str] = {
    **{text: text for text in TEXTS},
    "sector_no": "sector",
    "kind_no": "kind",
    "status_no": "status",
    "districts": "district",
    "area": "area",
    "location_precision": "location_precision",
    "programmes": "programme",
    "capacity": "capacity",
    **{money: money for money in MONEY},
    "starts_on": "starts_on",
    "due_on": "due_on",
    "completed_on": "completed_on",
}


def differences(old: Columns, new: Columns) -> tuple[tuple[str, str, str], ...]:
    """Return (field, old, new) as canonical texts for each stated field that differs."""
    found = [
        (field, canonical(column, old[column]), canonical(column, new[column]))
        for column, field in CHANGE_FIELDS.items()
        if old[column] != new[column]
    ]
    before, after = point_text(old), point_text(new)
    if before != after:
        found.append(("point", before, after))
    return tuple(found)


def derived_differences(old: Columns, new: Columns) -> tuple[tuple[str, str, str], ...]:
    """Return (field, old, new) of what no statement holds: the first promise, the last news."""
    return tuple(
        (column, old[column], new[column])
        for column in ("first_due_on", "heard_on")
        if old[column] != new[column]
    )


def canonical(column: str, value: Any) -> str:
    """Return a column's value as the text that a statement would hold."""
    if value is None:
        return ""
    if column in CODED:
        return by_number(CODED[column], value).code if value else ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def point_text(columns: Columns) -> str:
    """Return a project's point as "lat,lon" with six decimals, "" where it has none."""
    if columns["lat_e6"] is None:
        return ""
    return f"{columns['lat_e6'] / 1e6:.6f},{columns['lon_e6'] / 1e6:.6f}"
