"""What a question narrows the facts to: its slots as the store's filters."""

from handlers.understanding.question import Question
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.projects.project_filter import ProjectFilter
from storage.values.city import AREA, DEFAULT_RADIUS_M
from storage.values.states import STATES


def filters_of(question: Question) -> ProjectFilter:
    """Return the filters but for the contractor; without an area a question is about the city.

    One that names a district or a programme takes in the region as well: they say where they are.
    """
    return ProjectFilter(
        sectors=question.sectors,
        kinds=question.kinds,
        statuses=tuple(code for state in question.states for code in STATES[state]),
        districts=question.districts,
        programmes=(question.programme,) if question.programme else (),
        area=_area(question),
        period=question.period,
        period_of=question.period_of or "any",
        amount=question.amount,
        near=_circle(question),
    )


def _area(question: Question) -> str | None:
    if question.area is not None:
        return question.area
    return None if question.districts or question.programme else AREA


def point_of(question: Question) -> Point | None:
    """The point of the place that was named, None for no place."""
    place = question.place
    return Point.of(place.latitude, place.longitude) if place else None


def radius_of(question: Question) -> int:
    """Metres around the place that was named, the city's usual ones where no distance was."""
    return question.radius_m or DEFAULT_RADIUS_M


def _circle(question: Question) -> Circle | None:
    point = point_of(question)
    return Circle(point, radius_of(question)) if point else None
