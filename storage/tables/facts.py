"""The tables. Facts are statements; a project is what the latest statements say of it.

Times are UTC, money is whole tenge, points are millionths of a degree, partial dates are text
(`2025`, `2025-11`, `2025-11-07`) with the interval's first and last day beside them where queries
compare them. Unknown is NULL (an empty text where the column is part of a key). Table models do not
validate: `storage.imports` does, on the way in. Kinds, sectors and statuses are stored as the small
numbers of `storage.vocabulary`.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
    true,
)
from sqlmodel import Field, SQLModel

from storage.tables.columns import UTCDateTime
from storage.values.city import AREA

SEVERAL_DISTRICTS = -1
NO_DISTRICT = 0
BigKey = BigInteger().with_variant(Integer(), "sqlite")  # SQLite's rowid alias must be INTEGER


class District(SQLModel, table=True):
    """A district of the city (or of the region), in the order in which it is shown."""

    __tablename__: ClassVar[str] = "district"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    position: int = 0
    kato: str = ""
    area: str = AREA
    name_kk: str = ""
    name_ru: str = ""
    name_en: str = ""
    population: int | None = None
    population_on: str = ""
    population_source: str = ""
    lat_e6: int | None = None
    lon_e6: int | None = None


class Place(SQLModel, table=True):
    """A microdistrict, street, metro station ... that people name, with one point for it."""

    __tablename__: ClassVar[str] = "place"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # `key_kind` and folded name: what makes two rows the same place
    kind: str
    name_kk: str = ""
    name_ru: str = ""
    name_en: str = ""
    aliases: str = ""  # joined by |
    districts: str = ""  # slugs joined by |
    lat_e6: int
    lon_e6: int
    cell: int = Field(index=True)
    stems: str = ""


class Source(SQLModel, table=True):
    """Who said so: a page's title and address (either may be blank)."""

    __tablename__: ClassVar[str] = "source"
    __table_args__ = (UniqueConstraint("title", "url"),)

    id: int | None = Field(default=None, primary_key=True)
    title: str = ""
    url: str = ""


STAGING, ACCEPTED, APPLIED = "staging", "accepted", "applied"
"""The states of an import: its rows wait apart from the facts; they go in batch by batch; done."""


class Import(SQLModel, table=True):
    """One data set taken in. `state`: one of the three above."""

    __tablename__: ClassVar[str] = "import"

    id: int | None = Field(default=None, primary_key=True)
    state: str
    title: str = ""
    package: str = ""  # datapackage.json as it came, shown under "About the data"
    started_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    finished_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime))
    rows_read: int = 0
    rows_refused: int = 0
    projects_new: int = 0
    projects_changed: int = 0
    projects_unchanged: int = 0
    statements_added: int = 0


class StagedRow(SQLModel, table=True):
    """A checked row of projects.csv that waits for its import to be accepted and applied."""

    __tablename__: ClassVar[str] = "staged_row"
    __table_args__ = (Index(None, "import_id", "project_key", "id"),)

    id: int | None = Field(default=None, sa_column=Column(BigKey, primary_key=True))
    import_id: int = Field(foreign_key="import.id", ondelete="CASCADE")
    project_key: str
    row: int
    payload: str = Field(sa_column=Column(Text, nullable=False))  # JSON of the normalised cells


class Programme(SQLModel, table=True):
    """A programme that announced projects; `parent` is another programme's code."""

    __tablename__: ClassVar[str] = "programme"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    parent: str = ""
    position: int = 0
    area: str = AREA
    name_kk: str = ""
    name_ru: str = ""
    name_en: str = ""
    starts_on: str = ""
    ends_on: str = ""
    planned_kzt: int | None = Field(default=None, sa_column=Column(BigInteger))
    summary_kk: str = Field(default="", sa_column=Column(Text, nullable=False))
    summary_ru: str = Field(default="", sa_column=Column(Text, nullable=False))
    summary_en: str = Field(default="", sa_column=Column(Text, nullable=False))
    source_id: int | None = Field(default=None, foreign_key="source.id")
    stated_on: str = ""


class Indicator(SQLModel, table=True):
    """One figure of a programme: what it promises (target, limit, allocation) or reached (actual).

    `district` is a slug, "" for the whole programme; `year` is 0 where none was stated.
    """

    __tablename__: ClassVar[str] = "indicator"
    __table_args__ = (
        UniqueConstraint(
            "programme_id", "code", "value_type", "year", "district", "source_id", "stated_on"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    code: str
    position: int = 0
    name_kk: str = ""
    name_ru: str = ""
    name_en: str = ""
    unit: str = ""
    value_type: str
    value: float
    year: int = 0
    district: str = ""
    source_id: int = Field(foreign_key="source.id")
    stated_on: str = ""


class Project(SQLModel, table=True):
    """The present state of a project, derived field by field from its statements."""

    __tablename__: ClassVar[str] = "project"
    __table_args__ = (
        # nearest: one range of cells, filters, distance and silence without touching the row
        Index(
            "ix_project_cell_status_no_sector_no_district_no_point_silent",
            *("cell", "status_no", "sector_no", "district_no", "lat_e6", "lon_e6", "silent_from"),
        ),
        Index(None, "status_no", "completed_last"),
        Index(None, "status_no", "due_last"),
        Index(None, "district_no", "status_no", "sector_no"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigKey, primary_key=True))
    key: str = Field(unique=True)  # the data set's `id`
    title_kk: str = ""
    title_ru: str = ""
    title_en: str = ""
    description_kk: str = Field(default="", sa_column=Column(Text, nullable=False))
    description_ru: str = Field(default="", sa_column=Column(Text, nullable=False))
    description_en: str = Field(default="", sa_column=Column(Text, nullable=False))
    area: str = AREA
    sector_no: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))  # 0: unknown
    kind_no: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    status_no: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    district_no: int = NO_DISTRICT  # district.id, or SEVERAL_DISTRICTS, or NO_DISTRICT
    districts: str = ""  # slugs joined by |
    programmes: str = ""  # codes joined by |
    address: str = ""  # as the source gives it
    address_kk: str = Field(default="", sa_column_kwargs={"server_default": ""})
    address_ru: str = Field(default="", sa_column_kwargs={"server_default": ""})
    address_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    lat_e6: int | None = None
    lon_e6: int | None = None
    cell: int | None = None
    location_precision: str = "none"
    planned_kzt: int | None = Field(default=None, sa_column=Column(BigInteger))
    contracted_kzt: int | None = Field(default=None, sa_column=Column(BigInteger))
    spent_kzt: int | None = Field(default=None, sa_column=Column(BigInteger))
    # public or private (a private investor's money); blank: not stated
    funding: str = Field(default="", sa_column_kwargs={"server_default": ""})
    starts_on: str = ""
    due_on: str = ""
    due_first: date | None = None
    due_last: date | None = None
    completed_on: str = ""
    completed_first: date | None = None
    completed_last: date | None = None
    first_due_on: str = ""  # the first promise: earliest due_on by promised_on, else stated_on
    first_due_last: date | None = None
    first_promised_on: str = ""
    year: int = 0  # completed, else due, else started in; 0: unknown
    contractor: str = ""
    capacity: float | None = None
    capacity_unit: str = ""
    photo_url: str = ""
    link: str = ""
    heard_on: str = ""  # the day of the latest dated statement
    status_on: date | None = None  # first day of what states the present status; None: undated
    silent_from: date | None = None  # from then on past due and not told of for a year; None: never
    stems: str = Field(default="", sa_column=Column(Text, nullable=False))
    updated_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))


class ProjectDistrict(SQLModel, table=True):
    """A project is listed under each of its districts."""

    __tablename__: ClassVar[str] = "project_district"
    __table_args__ = (Index(None, "district_id", "project_id"),)

    project_id: int = Field(sa_type=BigKey, foreign_key="project.id", primary_key=True)
    district_id: int = Field(foreign_key="district.id", primary_key=True)


class ProjectProgramme(SQLModel, table=True):
    """A project may belong to several programmes."""

    __tablename__: ClassVar[str] = "project_programme"
    __table_args__ = (Index(None, "programme_id", "project_id"),)

    project_id: int = Field(sa_type=BigKey, foreign_key="project.id", primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", primary_key=True)


class Statement(SQLModel, table=True):
    """What one source said of one field of one project on one day; only ever added.

    Source and import are not foreign keys: inserting a million statements on PostgreSQL took 16.7 s
    with the two checks and 6.6 s without, and only the importer writes here.
    `value` is canonical text ("" erases the field); `digest` is what makes two statements the same
    within a project: 63 bits over field, value, source, stated_on and promised_on.
    """

    __tablename__: ClassVar[str] = "statement"
    __table_args__ = (UniqueConstraint("project_id", "digest"),)

    id: int | None = Field(default=None, sa_column=Column(BigKey, primary_key=True))
    project_id: int = Field(sa_type=BigKey, foreign_key="project.id")
    field: str
    value: str = Field(sa_column=Column(Text, nullable=False))
    stated_on: str = ""
    promised_on: str = ""
    source_id: int
    import_id: int
    digest: int = Field(sa_type=BigInteger)


class Change(SQLModel, table=True):
    """A field of a project changed. Digests move along the growing id, never along times.

    A new project is one row with field `created`. `old` and `new` are canonical texts.
    """

    __tablename__: ClassVar[str] = "change"
    __table_args__ = (Index(None, "project_id", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_column=Column(BigKey, primary_key=True))
    project_id: int = Field(sa_type=BigKey, foreign_key="project.id")
    import_id: int = Field(foreign_key="import.id")
    field: str
    old: str = Field(default="", sa_column=Column(Text, nullable=False))
    new: str = Field(default="", sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))


class Rollup(SQLModel, table=True):
    """Sums kept by the import, so that a budget question reads a few hundred rows.

    One row for each combination of the key columns; `districts` and `programmes` are the projects'
    own joined lists, so that a project in two districts is counted once in the city's total.
    `funding` is the projects' own; `citywide` tells what is for the whole city from what has no
    district stated. Withdrawn projects are left out.
    """

    __tablename__: ClassVar[str] = "rollup"

    area: str = Field(primary_key=True)
    districts: str = Field(primary_key=True)
    programmes: str = Field(primary_key=True)
    sector_no: int = Field(primary_key=True, sa_type=SmallInteger)
    status_no: int = Field(primary_key=True, sa_type=SmallInteger)
    year: int = Field(primary_key=True)
    funding: str = Field(primary_key=True)
    citywide: bool = Field(primary_key=True)
    projects: int = 0
    planned_known: int = 0
    planned_kzt: int = Field(default=0, sa_type=BigInteger)
    contracted_known: int = 0
    contracted_kzt: int = Field(default=0, sa_type=BigInteger)
    spent_known: int = 0
    spent_kzt: int = Field(default=0, sa_type=BigInteger)


class Word(SQLModel, table=True):
    """A distinct word of the index: typing errors are mended against these."""

    __tablename__: ClassVar[str] = "word"

    id: int | None = Field(default=None, primary_key=True)
    stem: str = Field(unique=True)


class WordTrigram(SQLModel, table=True):
    """The trigrams of a word, to find candidates for a mistyped one."""

    __tablename__: ClassVar[str] = "word_trigram"

    trigram: str = Field(primary_key=True)
    word_id: int = Field(primary_key=True, foreign_key="word.id")


class Person(SQLModel, table=True):
    """A private chat that talked to the bot: only what is needed to answer it."""

    __tablename__: ClassVar[str] = "person"

    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    language: str | None = None  # None: not chosen, Telegram's language_code decides
    home_lat_e6: int | None = None
    home_lon_e6: int | None = None
    radius_m: int | None = None  # None: the default radius
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    last_seen_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    blocked_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime))
    keep_missed: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
