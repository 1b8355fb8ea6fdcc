"""What passes a filter of news, as a condition on projects' rows."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.circle import Circle
from storage.news.filters import NewsFilter
from storage.projects.filter_sql import conditions
from storage.projects.programme_tree import codes_below
from storage.projects.project_filter import ProjectFilter
from storage.tables.facts import Programme, Project, ProjectProgramme
from storage.values.city import AREA


def passing(session: Session, wanted: NewsFilter) -> list[ColumnElement[bool]]:
    """What a row of Project must fulfil to pass, whatever is new of it; nothing withdrawn does.

    The same as `newsboard.Board.matching` decides for what is news.
    """
    placed = wanted.near or wanted.districts or wanted.project is not None
    filters = ProjectFilter(
        sectors=wanted.sectors,
        kinds=wanted.kinds,
        districts=wanted.districts,
        area=None if placed else AREA,
        projects=() if wanted.project is None else (wanted.project,),
        near=Circle(wanted.near, wanted.radius_m or 0) if wanted.near else None,
    )
    found = conditions(filters)
    if wanted.programmes:
        found.append(_of_programmes(session, wanted.programmes))
    return found


def _of_programmes(session: Session, codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Of one of the programmes or of one below it."""
    below = codes_below(session, codes)
    link = col(Programme.id) == col(ProjectProgramme.programme_id)
    listed = select(col(ProjectProgramme.project_id)).join(Programme, link)
    return col(Project.id).in_(listed.where(col(Programme.code).in_(below)))
