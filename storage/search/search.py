"""Any text: projects, places and districts it may mean, typing errors mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.places.named import DistrictFound, NamedPlaces, named_places
from storage.places.places import PlaceFound
from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.projects.summary import COLUMNS, Listed, listed
from storage.search.fulltext import Term, is_known, matches, mended
from storage.tables.facts import Project
from storage.values.pages import Page
from storage.words import layout_swaps, query_terms, stems, tokens
from storage.words.name_match import MOST_LETTERS, asked, mendable


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What a text may mean, best first.

    `mended` says which typed words were read as which. `partial`: no project has all the words,
    these have at least half of them. `projects.total` counts at most the newest 1,000 matches.
    """

    projects: Page[Listed]
    places: tuple[PlaceFound, ...]
    districts: tuple[DistrictFound, ...]
    mended: Mapping[str, str]
    partial: bool

    @property
    def nothing(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.projects.total or self.places or self.districts)


WHOLE_NAME = 0.9
"""From this score on a text is the name of a place: projects with half its words are no answer."""

MOST_WORDS = 6
"""Of a longer text the first so many words are looked for."""


def search(
    session: Session,
    text: str,
    filters: ProjectFilter = EVERYWHERE,
    *,
    offset: int = 0,
    limit: int = 5,
    named: NamedPlaces | None = None,
) -> SearchFound:
    """What the text names; nothing for a text without words. Withdrawn projects are left out.

    Where nothing is found, the text is read as typed in another keyboard layout. `named` are the
    store's places and districts by their names, where they are at hand.
    """
    text, named = text[:MOST_LETTERS], named or named_places(session)
    found = _search(session, named, text, filters, max(0, offset), limit)
    if not found.nothing:
        return found
    for swapped in layout_swaps(text):
        other = _search(session, named, swapped, filters, max(0, offset), limit)
        if not other.nothing and not other.partial:
            return replace(other, mended={text.strip(): swapped, **other.mended})
    return found


def _search(
    session: Session,
    places: NamedPlaces,
    text: str,
    filters: ProjectFilter,
    offset: int,
    limit: int,
) -> SearchFound:
    found, districts = places.find_places(text), places.find_districts(text)
    words = _terms(text)
    named = _naming([*found, *districts], words)
    read = {word: () if word in named else _mended(session, term) for word, term in words.items()}
    terms = [(*read[word], *term) for word, term in words.items()]
    scores = [place.score for place in found] + [district.score for district in districts]
    whole_name = max(scores, default=0.0) >= WHOLE_NAME
    ranked, partial = _ranked(session, terms, filters, whole_only=whole_name)
    items = _listed(session, ranked[offset : offset + limit])
    page = Page(items, len(ranked), offset)
    mended = {word: _spelt(stems[0], page) for word, stems in read.items() if stems}
    return SearchFound(page, tuple(found), tuple(districts), mended, partial)


def _terms(text: str) -> dict[str, Term]:
    """The words of the text that mean something, and what each may be found by."""
    found = {word: query_terms(word) for word in tokens(text)}
    terms = {word: tuple(prefixes[0]) for word, prefixes in found.items() if prefixes}
    return dict(list(terms.items())[:MOST_WORDS])


def _naming(found: Iterable[PlaceFound | DistrictFound], words: Iterable[str]) -> set[str]:
    """The words that stand in the names found: they are right as they are."""
    names = [(each.names.kk, each.names.ru, each.names.en) for each in found]
    return {word for word in words if any(asked(word).fit(own) > 0 for own in names)}


def _mended(session: Session, term: Term) -> Term:
    """What an unknown word is read as: the word meant and what it is found by; () as typed."""
    if not any(map(mendable, term)) or is_known(session, term):
        return ()
    best = mended(session, term)
    return () if best is None else (best, *(query_terms(best) or [[]])[0])


def _ranked(
    session: Session, terms: list[Term], filters: ProjectFilter, *, whole_only: bool
) -> tuple[list[int], bool]:
    """The numbers of the matches, best first, and whether they lack some of the words."""
    fewest = len(terms) if whole_only else (len(terms) + 1) // 2
    for wanted in range(len(terms), max(1, fewest) - 1, -1):
        found = matches(session, terms, wanted, filters)
        if found:
            scores = {number: _score(stems, terms) for number, stems in found}
            ranked = sorted(scores, key=lambda number: (-scores[number], -number))
            return ranked, wanted < len(terms)
    return [], False


def _score(stems: str, terms: list[Term]) -> float:
    """How well a project fits: whole words before beginnings, early words before late ones.

    The stems stand in the order title, address, kind, district, programme.
    """
    padded = f" {stems} "
    return sum(max(_weight(padded, prefix) for prefix in term) for term in terms)


def _weight(padded: str, prefix: str) -> float:
    place = padded.find(f" {prefix}")
    if place < 0:
        return 0.0
    whole = f" {prefix} " in padded
    return 1.0 + 0.5 * whole - 0.5 * place / len(padded)


def _listed(session: Session, numbers: list[int]) -> tuple[Listed, ...]:
    rows = session.execute(select(*COLUMNS).where(col(Project.id).in_(numbers)))
    projects = {row[0]: listed(row) for row in rows}
    return tuple(projects[number] for number in numbers if number in projects)


def _spelt(stem: str, page: Page[Listed]) -> str:
    """A mended word as the titles found spell it; its stem where none has it."""
    titles = (
        title for each in page.items for title in (each.titles.kk, each.titles.ru, each.titles.en)
    )
    words = (word for title in titles for word in tokens(title))
    return next((word for word in words if stem in stems(word).split()), stem)
