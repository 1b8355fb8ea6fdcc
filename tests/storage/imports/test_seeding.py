"""What comes with the program: districts, places and programmes of Almaty."""

from storage.database.store import Store
from storage.imports import SHIPPED, seed
from storage.imports.locking import import_lock
from storage.imports.seeding import seeds
from storage.tables.facts import District, Indicator, Place, Programme, Project
from storage.vocabulary import DISTRICTS, PROGRAMMES
from tests.storage.imports.conftest import Importer, rows_of


def test_an_empty_store_is_seeded_once(store: Store) -> None:
    assert seed(store) == 8 + len(rows_of(store, Place)) + len(rows_of(store, Programme))
    districts = rows_of(store, District)
    assert [row["slug"] for row in districts] == list(DISTRICTS)
    assert [row["position"] for row in districts] == list(range(1, 9))
    assert {row["slug"]: row["kato"] for row in districts}["medeu"] == DISTRICTS["medeu"].kato
    programmes = {row["code"]: row for row in rows_of(store, Programme)}
    assert set(PROGRAMMES) <= set(programmes)
    assert all(row["parent"] in {"", *programmes} for row in programmes.values())
    assert len(rows_of(store, Place)) > 200
    assert (rows_of(store, Project), rows_of(store, Indicator)) == ([], [])
    assert seed(store) == 0


def test_what_was_said_since_stays(sqlite_store: Store, importer: Importer) -> None:
    files = {"projects.csv": "id,title_ru\n", "districts.csv": "slug,name_en\nmedeu,Medey\n"}
    importer(sqlite_store, files)
    assert seed(sqlite_store) == 0
    names = {row["slug"]: row["name_en"] for row in rows_of(sqlite_store, District)}
    assert names["medeu"] == "Medey"


def test_seeding_does_not_wait_for_an_import(sqlite_store: Store) -> None:
    with import_lock(sqlite_store):
        assert seed(sqlite_store, wait_s=0) == 0
    assert rows_of(sqlite_store, District) == []


def test_the_shipped_rows_complete_the_vocabulary() -> None:
    assert (SHIPPED / "projects.csv").is_file()
    districts: dict[str, object] = {}
    for slug, values in seeds().districts:
        districts |= {f"{slug}.{name}": value for name, value in values.items()}
    assert districts["medeu.kato"] == DISTRICTS["medeu"].kato
    assert districts["medeu.lat_e6"]
