"""The shipped projects as a plain list, to count and to sum by hand what the bot answers."""

from collections.abc import Callable, Sequence
from datetime import date

from storage.database.store import Store
from storage.projects.listing import listing
from storage.projects.project_filter import EVERYWHERE
from storage.projects.summary import Listed
from storage.values.states import STATES
from tests.storage.datasets.dataset import interval, latest, of

TODAY = date(2025, 11, 20)
STATE_FIELDS = ("status", "starts_on", "due_on", "completed_on")


def everything(store: Store) -> tuple[Listed, ...]:
    """All projects that are listed, of the city and of the region."""
    with store.reading() as session:
        return listing(session, EVERYWHERE, limit=10_000).items


def of_the_city(store: Store) -> list[Listed]:
    """The projects whose area the data set states as the city's."""
    return [each for each in everything(store) if latest(each.key, "area") != "almaty_region"]


def chosen(
    projects: Sequence[Listed],
    *,
    kind: str | None = None,
    district: str | None = None,
    state: str | None = None,
    also: Callable[[Listed], bool] = lambda _: True,
) -> list[Listed]:
    """Those of the kind, in the district, in the state."""
    return [
        each
        for each in projects
        if (kind is None or each.kind == kind)
        and (district is None or district in each.districts)
        and (state is None or each.status in STATES[state])
        and also(each)
    ]


def overdue(each: Listed) -> bool:
    """Past due, and a source said after that day that it is not finished."""
    told = each.status_on
    return past_due(each) and bool(told and each.due_on and told > each.due_on.last)


def unheard(each: Listed) -> bool:
    """Past due, and no source told of its state after that day."""
    return past_due(each) and not overdue(each)


def silent(each: Listed) -> bool:
    """Past due, and for a year no row of the data set told of its state or of a date of it."""
    told = [
        interval(row["stated_on"]).last
        for row in of(each.key)
        if row["stated_on"] and any(row[name] for name in STATE_FIELDS)
    ]
    a_year_ago = (TODAY.year - 1, TODAY.month, TODAY.day)
    return past_due(each) and (max(told) <= a_year_ago if told else due_long_ago(each))


def due_long_ago(each: Listed) -> bool:
    """What no dated source tells of: its due date itself passed a year ago."""
    return each.due_on is not None and each.due_on.last <= TODAY.replace(year=TODAY.year - 1)


def past_due(each: Listed) -> bool:
    """Unfinished, neither suspended nor cancelled, and past the last day of its due date."""
    open_states = {None, *STATES["building"], *STATES["planned"]}
    return each.status in open_states and each.due_on is not None and each.due_on.last < TODAY


def cost(each: Listed) -> int | None:
    """As planned, else as contracted, else what was spent."""
    known = (each.planned_kzt, each.contracted_kzt, each.spent_kzt)
    return next((kzt for kzt in known if kzt is not None), None)
