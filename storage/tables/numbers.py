"""The store's small numbers of districts and programmes: what fits into a button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.tables.facts import District, Programme
from storage.values.city import AREA
from storage.values.titles import Titles


@dataclass(frozen=True, slots=True)
class Numbered:
    """Numbers and names of districts (by slug) and programmes (by code), in their order.

    `city` are the districts of the city, in which something can be new.
    """

    districts: Mapping[str, int] = field(default_factory=dict)
    programmes: Mapping[str, int] = field(default_factory=dict)
    city: tuple[str, ...] = ()
    district_names: Mapping[str, Titles] = field(default_factory=dict)
    programme_names: Mapping[str, Titles] = field(default_factory=dict)


def numbered(session: Session) -> Numbered:
    """All districts and programmes of the store; an import never changes their numbers."""
    districts = session.execute(
        select(
            col(District.slug), col(District.id), col(District.area), *_names(District)
        ).order_by(col(District.position), col(District.id))
    ).all()
    programmes = session.execute(
        select(col(Programme.code), col(Programme.id), *_names(Programme)).order_by(
            col(Programme.position), col(Programme.id)
        )
    ).all()
    return Numbered(
        districts={slug: number for slug, number, *_ in districts},
        programmes={code: number for code, number, *_ in programmes},
        city=tuple(slug for slug, _, area, *_ in districts if area == AREA),
        district_names={slug: Titles(*names) for slug, _, _, *names in districts},
        programme_names={code: Titles(*names) for code, _, *names in programmes},
    )


def _names(model: type[District | Programme]) -> tuple[Any, ...]:
    return col(model.name_kk), col(model.name_ru), col(model.name_en)
