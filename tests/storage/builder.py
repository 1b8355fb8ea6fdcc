"""Rows of a small city for the tests of the queries, written as an import would write them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.geo.points import Point
from storage.imports.indexing import WordList, index_projects
from storage.imports.rollup import recompute_rollup
from storage.imports.rows import ADDRESSES
from storage.tables.facts import (
    NO_DISTRICT,
    SEVERAL_DISTRICTS,
    District,
    Import,
    Indicator,
    Place,
    Programme,
    Project,
    ProjectDistrict,
    ProjectProgramme,
    Source,
    Statement,
)
from storage.values.partial_dates import parse_partial
from storage.vocabulary import DISTRICTS, KINDS, SECTORS, STATUSES
from storage.words import stems

NOW = datetime(2026, 2, 20, 6, tzinfo=UTC)
TODAY = date(2026, 2, 20)
CENTRE = Point.of(43.2386, 76.9456)


class Builder:
    """Adds rows through one session; `finish()` brings sums and words up to date."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.words = WordList()
        self._districts: dict[str, int] = {}
        self._programmes: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._statements = 0
        self.import_id = self._add(
            Import(state="applied", title="Made up", started_at=NOW, finished_at=NOW)
        )

    def _add(self, row: Any) -> int:
        self.session.add(row)
        self.session.flush()
        number: int = row.id
        return number

    def district(self, slug: str, **columns: Any) -> int:
        if slug not in self._districts:
            entry = DISTRICTS.get(slug)
            names = {f"name_{key}": name for key, name in entry.names.items()} if entry else {}
            row = District(slug=slug, position=len(self._districts), **{**names, **columns})
            self._districts[slug] = self._add(row)
        return self._districts[slug]

    def programme(self, code: str, parent: str = "", **columns: Any) -> int:
        if code not in self._programmes:
            row = Programme(code=code, parent=parent, position=len(self._programmes), **columns)
            self._programmes[code] = self._add(row)
        return self._programmes[code]

    def source(self, title: str) -> int:
        if title not in self._sources:
            self._sources[title] = self._add(Source(title=title, url=f"https://{title}.example"))
        return self._sources[title]

    def indicator(self, programme: str, code: str, value: float, **columns: Any) -> int:
        columns.setdefault("value_type", "target")
        source = self.source(columns.pop("source", "gazette"))
        programme_id = self.programme(programme)
        return self._add(
            Indicator(
                programme_id=programme_id, code=code, value=value, source_id=source, **columns
            )
        )

    def place(
        self,
        name: str,
        point: Point = CENTRE,
        districts: tuple[str, ...] = ("medeu",),
        kind: str = "microdistrict",
        aliases: str = "",
        name_ru: str = "",
    ) -> int:
        return self._add(
            Place(
                key=f"{kind}:{name}",
                kind=kind,
                name_kk=name,
                name_ru=name_ru or name,
                aliases=aliases,
                districts="|".join(districts),
                lat_e6=point.lat_e6,
                lon_e6=point.lon_e6,
                cell=point.cell,
                stems=stems(f"{name} {name_ru} {aliases.replace('|', ' ')}"),
            )
        )

    def project(
        self,
        key: str,
        *,
        point: Point | None = None,
        districts: tuple[str, ...] = (),
        programmes: tuple[str, ...] = (),
        kind: str = "",
        sector: str = "",
        status: str = "",
        **columns: Any,
    ) -> int:
        """A project; dates are given as texts, unknown columns keep the tables' defaults.

        Its status was stated as late as can be: what is past due is late, unless `status_on` says
        else.
        """
        columns.setdefault("title_kk", f"{key} жобасы")
        columns.setdefault("status_on", date.max)
        for name in ("due", "completed", "first_due"):
            text = columns.get(f"{name}_on", "")
            if text:
                columns[f"{name}_last"] = parse_partial(text).last
                if name != "first_due":
                    columns[f"{name}_first"] = parse_partial(text).first
        dated = columns.get("completed_on") or columns.get("due_on") or columns.get("starts_on")
        ids = [self.district(slug) for slug in districts]
        titles = [columns.get(f"title_{each}", "") for each in ("kk", "ru", "en")]
        row = Project(
            key=key,
            kind_no=KINDS[kind].number if kind else 0,
            sector_no=SECTORS[sector].number if sector else 0,
            status_no=STATUSES[status].number if status else 0,
            districts="|".join(districts),
            district_no=SEVERAL_DISTRICTS if len(ids) > 1 else (ids or [NO_DISTRICT])[0],
            programmes="|".join(programmes),
            lat_e6=point.lat_e6 if point else None,
            lon_e6=point.lon_e6 if point else None,
            cell=point.cell if point else None,
            year=int(dated[:4]) if dated else 0,
            stems=stems(" ".join([*titles, *(columns.get(each, "") for each in ADDRESSES)])),
            updated_at=NOW,
            **columns,
        )
        number = self._add(row)
        self.session.add_all(ProjectDistrict(project_id=number, district_id=each) for each in ids)
        links = [self.programme(code) for code in programmes]
        self.session.add_all(
            ProjectProgramme(project_id=number, programme_id=each) for each in links
        )
        self.session.flush()
        index_projects(self.session, [(number, row.stems)], anew=True)
        self.words.add(self.session, [row.stems])
        return number

    def said(
        self,
        project_id: int,
        field: str,
        value: str,
        stated_on: str = "",
        *,
        source: str = "gazette",
        promised_on: str = "",
    ) -> int:
        self._statements += 1
        return self._add(
            Statement(
                project_id=project_id,
                field=field,
                value=value,
                stated_on=stated_on,
                promised_on=promised_on,
                source_id=self.source(source),
                import_id=self.import_id,
                digest=self._statements,
            )
        )

    def finish(self) -> None:
        recompute_rollup(self.session)
