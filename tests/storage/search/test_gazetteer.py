"""Names of projects, places and contractors: what they find, and what they must not."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.search.contractors import contractors
from storage.search.facility_numbers import facility_numbers
from storage.search.gazetteer import find_project, last_import_id, names_snapshot
from storage.tables.facts import Import
from tests.storage.builder import CENTRE, NOW, Builder

TITLES: dict[str, tuple[str, str, tuple[str, ...]]] = {  # key: kind, title, districts
    "178": ("school", "Школа №178", ("medeu",)),
    "17": ("school", "№17 мектеп", ("medeu",)),
    "annex": ("school_extension", "Пристройка к школе №174", ("almaly",)),
    "2000": ("school", "Школа на 2 000 мест", ("medeu",)),
    "sayaly": ("school", "Школа в микрорайоне Саялы-2", ("alatau",)),
    "shugyla": ("school", "Школа в микрорайоне Шугыла", ("nauryzbay",)),
    "garden": ("kindergarten", "Детский сад в микрорайоне Шугыла", ("nauryzbay",)),
    "garden178": ("kindergarten", "Ремонт ясли-сада №178", ("alatau",)),
    "yard": ("yard", "Двор дома 17 на улице Гоголя", ("almaly",)),
    "plant": ("power_plant", "Перевод ТЭЦ-2 на газ", ()),
    "parasat": ("rehabilitation_centre", "Центр реабилитации «Парасат»", ("auezov",)),
    "gone": ("school", "Школа №300", ("medeu",)),
}


@pytest.fixture
def named(builder: Builder) -> dict[int, str]:
    made = {}
    for key, (kind, title, districts) in TITLES.items():
        status = "withdrawn" if key == "gone" else "planned"
        number = builder.project(
            key, kind=kind, title_kk="", title_ru=title, districts=districts, status=status
        )
        made[number] = key
    return made


@pytest.mark.parametrize(
    ("number", "kinds", "words", "districts", "expected"),
    [
        (178, ("school",), (), (), {"178"}),
        (178, (), (), (), {"178", "garden178"}),
        (178, ("kindergarten",), (), (), {"garden178"}),
        (17, ("school",), (), (), {"17"}),  # neither 178 nor a house
        (17, ("yard",), (), (), set()),  # the number of a house names no yard
        (174, ("school",), (), (), {"annex"}),  # what is built at the school
        (2, ("power_plant",), (), (), {"plant"}),
        (2, ("school",), (), (), set()),  # neither Саялы-2 nor 2 000
        (2000, ("school",), (), (), set()),
        (178, ("school",), (), ("alatau",), set()),
        (178, ("school",), (), ("medeu",), {"178"}),
        (300, ("school",), (), (), set()),  # withdrawn
        (None, ("school",), ("Шұғылада",), (), {"shugyla"}),
        (None, (), ("shugyla",), (), {"shugyla", "garden"}),
        (None, (), ("шугыла",), ("medeu",), set()),
        (None, (), ("Парасат",), (), {"parasat"}),
        (None, (), ("Парасад",), (), {"parasat"}),  # a typing error
        (None, (), ("Парасат", "Шұғыла"), (), set()),  # all words have to fit
        (None, (), ("Барселона",), (), set()),
        (None, (), ("школа",), (), set()),  # nothing distinctive was named
        (None, ("school",), (), (), set()),
        (None, (), (), ("medeu",), set()),
    ],
)
def test_projects(
    session: Session,
    named: dict[int, str],
    number: int | None,
    kinds: tuple[str, ...],
    words: tuple[str, ...],
    districts: tuple[str, ...],
    expected: set[str],
) -> None:
    held = names_snapshot(session).find_project(number, kinds, words, districts, limit=3)
    assert {named[each] for each in held} == expected
    if words != ("Парасад",):  # only the words held in memory are mended
        assert find_project(session, number, kinds, words, districts, limit=3) == held


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("№178 мектеп", "school", {178}),
        ("178-мектептің құрылысы", "school", {178}),
        ("178-ші мектеп", "school", {178}),
        ("School No. 178", "school", {178}),
        ("школа 178", "school", {178}),
        ("Школа на 1500 мест", "school", set()),
        ("Школа 600 мест", "school", set()),
        ("Школы №16 и №58", "school", {16, 58}),
        ("5 мектеп", "school", set()),
        ("18 канализационных насосных станций", "pumping_station", set()),
        ("Сквер в 12-м микрорайоне", "square", set()),
        ("Установка 22 600 новых светильников", "street_lighting", set()),
        ("ЖЭО-3-ті жаңғырту", "power_plant", {3}),
        ("No 5", None, {5}),
        ("Школа №12345", "school", set()),
    ],
)
def test_numbers_of_facilities(title: str, kind: str | None, expected: set[int]) -> None:
    assert facility_numbers([title], kind) == expected


def test_places_by_their_whole_names(session: Session, builder: Builder) -> None:
    shugyla = builder.place("Шұғыла", name_ru="Шугыла", aliases="Шугыла мкр")
    twelfth = builder.place("12-шағынаудан", name_ru="12-й микрорайон", aliases="мкр 12|12мкр")
    lake = builder.place("Сайран көлі", name_ru="Озеро Сайран", kind="landmark")
    names = names_snapshot(session)
    for text, expected in {
        "Шұғылада": [shugyla],
        "shugyla": [shugyla],
        "Шугыле": [shugyla],
        "шугыла мкр": [shugyla],
        "12 микрорайон": [twelfth],
        "мкр12": [],
        "мкр 12": [twelfth],
        "12": [],
        "озеро Сайран": [lake],
        "Барселона": [],
        "": [],
        "микрорайон": [],
        "❄️ \0": [],
    }.items():
        assert [each.id for each in names.find_places(text)] == expected, text
    (found,) = names.find_places("Шұғыла")
    assert (found.names.ru, found.point, found.districts) == ("Шугыла", CENTRE, ("medeu",))


def test_contractors(session: Session, builder: Builder) -> None:
    stored = ("BI Group", "ТОО «BI Group»", "BAZIS-A Corp", "Алматыинжстрой", "")
    for number, name in enumerate(stored):
        builder.project(f"p{number}", contractor=name)
    builder.project("gone", contractor="Кет ЖШС", status="withdrawn")
    names = names_snapshot(session)
    for words, expected in {
        "bi group": ["BI Group", "ТОО «BI Group»"],
        "BI": ["BI Group", "ТОО «BI Group»"],
        "Базис": ["BAZIS-A Corp"],
        "group": [],
        "ТОО": [],
        "Кет": [],
        "Алматыинжстроя": ["Алматыинжстрой"],
        "": [],
        "bi bazis": [],
    }.items():
        assert names.find_contractors(words) == expected, words
        assert contractors(session, words.split()) == expected, words


def test_a_new_import_makes_names_stale(session: Session, builder: Builder) -> None:
    assert names_snapshot(session).import_id == last_import_id(session) == builder.import_id
    builder._add(Import(state="staging", started_at=NOW))
    assert last_import_id(session) == builder.import_id
    session.execute(update(Import).values(state="applied").where(col(Import.state) == "staging"))
    assert last_import_id(session) == builder.import_id + 1


def test_of_too_many_projects_no_titles_are_held(
    session: Session, named: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.search.gazetteer.MOST_PROJECTS", 3)
    names = names_snapshot(session)
    assert (names.complete, len(names.projects)) == (False, 0)
    assert names.find_project(178, ("school",)) == []
    found = find_project(session, 178, ("school",))
    assert [named[each] for each in found] == ["178"]


def test_an_empty_store_knows_no_names(session: Session) -> None:
    names = names_snapshot(session)
    assert (names.import_id, names.places, names.contractors, names.complete) == (0, (), (), True)
    assert names.find_project(1, (), ("a",)) == find_project(session, 1, (), ("a",)) == []
