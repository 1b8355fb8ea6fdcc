"""What a data set's rows may refer to: districts and programmes, by any of their names."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.geo.points import Point
from storage.imports.cells import BadCellError, nearest, unknown
from storage.tables.facts import District, Programme
from storage.vocabulary import find_district, find_programme
from storage.vocabulary.files import district_key
from storage.vocabulary.table import lookup_key

Values = dict[str, Any]  # a row of a reference table: only the columns that something was said of
NAMES = ("name_kk", "name_ru", "name_en")


class Reference:
    """Districts and programmes known so far, from the store, the program and the data set."""

    def __init__(self) -> None:
        self.districts: dict[str, Values] = {}
        self.programmes: dict[str, Values] = {}
        self._slugs: dict[str, str] = {}
        self._codes: dict[str, str] = {}

    @classmethod
    def load(cls, session: Session) -> "Reference":
        """Return what the store knows."""
        reference = cls()
        reference.add_districts(_rows(session, District, "slug"))
        reference.add_programmes(_rows(session, Programme, "code"))
        return reference

    def add_districts(self, records: Iterable[tuple[str, Values]]) -> None:
        """Merge districts, each a slug and what is said of it."""
        for slug, values in records:
            known = self.districts.setdefault(slug, {})
            known.update(values)
            names = [slug, known.get("kato", ""), *(known.get(name, "") for name in NAMES)]
            self._slugs.update({district_key(name): slug for name in names if name})

    def add_programmes(self, records: Iterable[tuple[str, Values]]) -> None:
        """Merge programmes, each a code and what is said of it."""
        for code, values in records:
            known = self.programmes.setdefault(code, {})
            known.update(values)
            names = [code, *(known.get(name, "") for name in NAMES)]
            self._codes.update({lookup_key(name): code for name in names if name})

    def district(self, text: str) -> str:
        """Return the slug of a district; raises BadCellError for an unknown one."""
        found = find_district(text)
        slug = found.slug if found else self._slugs.get(district_key(text))
        if slug in self.districts:
            return slug
        near = nearest(district_key(text), self._slugs)
        raise BadCellError(unknown(near, list(self.districts)))

    def programme(self, text: str) -> str:
        """Return the code of a programme; raises BadCellError for an unknown one."""
        found = find_programme(text)
        code = found.code if found else self._codes.get(lookup_key(text))
        if code in self.programmes:
            return code
        near = nearest(lookup_key(text), self._codes)
        raise BadCellError(unknown(near, list(self.programmes)))

    def centre(self, slug: str) -> Point | None:
        """Return the point that stands for a district, None where it has none."""
        return stored_point(self.districts.get(slug, {}))

    def names(self, districts: Iterable[str], programmes: Iterable[str]) -> list[str]:
        """Return the names of districts and programmes in all languages."""
        rows = [self.districts.get(slug, {}) for slug in districts]
        rows += [self.programmes.get(code, {}) for code in programmes]
        return [row[name] for row in rows for name in NAMES if row.get(name)]


def stored_point(values: Mapping[str, Any]) -> Point | None:
    """Return the point of a row's lat_e6 and lon_e6, None where they are unknown."""
    latitude, longitude = values.get("lat_e6"), values.get("lon_e6")
    return Point(latitude, longitude) if latitude is not None and longitude is not None else None


def _rows(session: Session, model: type[SQLModel], key: str) -> list[tuple[str, Values]]:
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    order = col(District.position if model is District else Programme.position)
    rows = session.execute(select(table).order_by(order)).mappings()
    return [(row[key], dict(row)) for row in rows]
