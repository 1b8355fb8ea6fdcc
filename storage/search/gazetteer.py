"""Names that people say: of places, contractors and projects, held in memory for quick look-ups.

`names_snapshot` reads them once per import; reading a question then asks them several times.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.points import Point
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import ADDRESS_NAMES, parts
from storage.search.contractors import company_terms, every_contractor, fitting
from storage.search.facility_numbers import facility_numbers, label_stems
from storage.search.fulltext import matches
from storage.tables.facts import Import, Place, Project
from storage.values.titles import Titles
from storage.vocabulary.codes import KIND_CODES, WITHDRAWN
from storage.vocabulary.combined_kinds import answering
from storage.words import query_terms, stems
from storage.words.name_match import asked, says_district
from storage.words.stem_index import StemIndex

MOST_PROJECTS = 50_000
"""Of a larger store no project titles are held: they would take hundreds of megabytes."""

CANDIDATES = 6
"""A name that more projects bear names none of them."""

WHOLE = 0.95
"""From this score on a text is the whole name of a place and not a part of it."""

_COLUMNS: Any = (
    *(col(Project.id), col(Project.kind_no), col(Project.districts), col(Project.title_kk)),
    *(col(Project.title_ru), col(Project.title_en)),
    *(getattr(Project, name) for name in ADDRESS_NAMES),
)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with every spelling of its name; `districts` are slugs."""

    id: int
    names: Titles
    spellings: tuple[str, ...]
    kind: str
    districts: tuple[str, ...]
    point: Point

    @property
    def stems(self) -> Sequence[str]:
        """The stems of all spellings."""
        return stems(" ".join(self.spellings)).split()


@dataclass(frozen=True, slots=True)
class NamedProject:
    """What a project may be named by: the stems of its titles and addresses, its number."""

    id: int
    kind: str | None
    districts: tuple[str, ...]
    stems: tuple[str, ...]
    numbers: frozenset[int]

    def is_of(self, kinds: Sequence[str], number: int | None) -> bool:
        """Whether it is of one of the kinds, or bears the number of one: an annex of school 174."""
        if not kinds or self.kind in answering(kinds):
            return True
        return number is not None and any(
            not label_stems(kind).isdisjoint(self.stems) for kind in kinds
        )


class NamedProjects:
    """Projects by the words of their names and by their numbers."""

    def __init__(self, projects: Iterable[NamedProject]) -> None:
        self._projects = {each.id: each for each in projects}
        self._by_number: dict[int, set[int]] = defaultdict(set)
        for each in self._projects.values():
            for number in each.numbers:
                self._by_number[number].add(each.id)
        every = self._projects.values()
        self._by_stem = StemIndex((stem, each.id) for each in every for stem in each.stems)

    def __len__(self) -> int:
        return len(self._projects)

    def titled(self, word: str) -> frozenset[int]:
        """The projects in whose title or address the word stands, in any inflection or script."""
        found = [self._by_stem.having(term) for term in query_terms(word)]
        return frozenset(set.intersection(*found)) if found else frozenset()

    def find(
        self,
        number: int | None,
        kinds: Sequence[str],
        words: Sequence[str],
        districts: Sequence[str],
        limit: int,
    ) -> list[int]:
        """The projects that all of it fits, those of the very kind first; none if too many."""
        terms = query_terms(" ".join(words))
        if number is None and not terms:
            return []
        found = set(self._projects) if number is None else self._by_number.get(number, set())
        for term in terms:
            found = found & (self._by_stem.having(term) or self._by_stem.having_like(term))
        near = [self._projects[each] for each in sorted(found)]
        fitting = [each for each in near if each.is_of(kinds, number)]
        if districts:
            fitting = [each for each in fitting if not set(districts).isdisjoint(each.districts)]
        if kinds:  # the school itself, or else what is built at it; the station before its line
            own = [each for each in fitting if each.kind in kinds]
            also = [each for each in fitting if each.kind in answering(kinds)]
            fitting = own or also or fitting
        return [each.id for each in fitting] if len(fitting) <= limit else []


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a store as its import `import_id` left them.

    `complete` is False where there are too many projects to hold: then none is found by name.
    """

    import_id: int
    places: tuple[NamedPlace, ...]
    contractors: tuple[str, ...]
    projects: NamedProjects
    complete: bool
    _places_by_stem: StemIndex[NamedPlace] = field(repr=False)
    _contractors_by_stem: StemIndex[str] = field(repr=False)

    def find_places(self, text: str) -> list[NamedPlace]:
        """The places of which the text is the whole name, in any case, script and inflection."""
        question = asked(text)
        bare = len(question.terms) == len(question.words)
        if bare and all(word[0][0].isdigit() for word in question.words):
            return []  # a number alone names no microdistrict
        near = [self._places_by_stem.having(term) for term in question.terms]
        whole = set.intersection(*near) if near else set()  # a whole name has every word
        if question.says_district:
            whole = {each for each in whole if any(map(says_district, each.spellings))}
        found = [each for each in whole if question.fit(each.spellings) >= WHOLE]
        return sorted(found, key=lambda each: (-question.fit(each.spellings), each.id))

    def find_project(
        self,
        number: int | None = None,
        kinds: Sequence[str] = (),
        words: Sequence[str] = (),
        districts: Sequence[str] = (),
        limit: int = CANDIDATES,
    ) -> list[int]:
        """See `find_project` below."""
        return self.projects.find(number, kinds, words, districts, limit)

    def find_contractors(self, words: str | Sequence[str]) -> list[str]:
        """See `storage.search.contractors.contractors`."""
        text = words if isinstance(words, str) else " ".join(words)
        near = [self._contractors_by_stem.having(term) for term in company_terms(text)]
        return fitting(set.intersection(*near), text) if near else []


def last_import_id(session: Session) -> int:
    """The number of the last import that is in, 0 before the first: whether names are stale."""
    applied = col(Import.state) == "applied"
    return session.scalar(select(func.max(col(Import.id))).where(applied)) or 0


def names_snapshot(session: Session) -> Names:
    """All names as they are now."""
    import_id, places = last_import_id(session), _places(session)
    listed = col(Project.status_no) != WITHDRAWN
    number = session.scalar(select(func.count()).select_from(Project).where(listed)) or 0
    complete = number <= MOST_PROJECTS
    rows = session.execute(select(*_COLUMNS).where(listed)).all() if complete else ()
    companies = every_contractor(session)
    for each in places:
        asked("").fit(each.spellings)  # takes the names apart, which the first question need not do
    return Names(
        import_id,
        tuple(places),
        tuple(companies),
        NamedProjects(map(_named, rows)),
        complete,
        StemIndex((stem, each) for each in places for stem in each.stems),
        StemIndex((stem, each) for each in companies for stem in stems(each).split()),
    )


def find_project(
    session: Session,
    number: int | None = None,
    kinds: Sequence[str] = (),
    words: Sequence[str] = (),
    districts: Sequence[str] = (),
    limit: int = CANDIDATES,
) -> list[int]:
    """The numbers of the projects that may be meant, at most `limit`; none where more fit.

    All that is given has to fit: the facility's number, one of the kinds (an annex counts as the
    school whose number it bears), every word in a title or the address, one of the districts
    (slugs). A number or a word is needed. A mistyped word is mended against the words of titles.
    """
    terms = [tuple(term) for term in query_terms(" ".join([*map(str, _given(number)), *words]))]
    if not terms:
        return []
    near = matches(session, terms, len(terms), ProjectFilter(districts=tuple(districts), area=None))
    if not near:
        return []
    chosen = col(Project.id).in_([each for each, _ in near])
    rows = session.execute(select(*_COLUMNS).where(chosen))
    return NamedProjects(map(_named, rows)).find(number, kinds, words, districts, limit)


def _given(number: int | None) -> list[int]:
    return [] if number is None else [number]


def _places(session: Session) -> list[NamedPlace]:
    rows = session.execute(
        select(
            *(col(Place.id), col(Place.name_kk), col(Place.name_ru), col(Place.name_en)),
            *(col(Place.aliases), col(Place.kind), col(Place.districts)),
            *(col(Place.lat_e6), col(Place.lon_e6)),
        ).order_by(col(Place.id))
    )
    return [_place(row) for row in rows]


def _place(row: Any) -> NamedPlace:
    number, kk, ru, en, aliases, kind, districts, lat_e6, lon_e6 = row
    spellings = tuple(dict.fromkeys(filter(None, (kk, ru, en, *parts(aliases)))))
    names = Titles(kk, ru, en)
    return NamedPlace(number, names, spellings, kind, parts(districts), Point(lat_e6, lon_e6))


def _named(row: Any) -> NamedProject:
    number, kind_no, districts, kk, ru, en, *addresses = row
    kind, titles = KIND_CODES.get(kind_no), (kk, ru, en)
    words = tuple(dict.fromkeys(stems(" ".join([*titles, *addresses])).split()))
    return NamedProject(number, kind, parts(districts), words, facility_numbers(titles, kind))
