"""What comes with the program: Almaty's districts, places and the codes of its programmes."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.imports.locking import ImportBusyError, import_lock
from storage.imports.reference import NAMES, Reference, Values
from storage.imports.report import ImportOptions, ImportReport
from storage.imports.tables import ReferenceTables
from storage.imports.upserting import Records, upsert_records
from storage.tables.core import table_of
from storage.tables.facts import District, Place, Programme
from storage.values.city import DATA_SET
from storage.vocabulary import DISTRICTS, LANGUAGES, PROGRAMMES, Language

SHIPPED = Path(__file__).parent.parent / "datasets" / DATA_SET


def seed(store: Store, wait_s: float = 10.0) -> int:
    """Add the districts, places and programmes that the store lacks; returns how many.

    What an import has said of those that are there stays. While another process imports for longer
    than `wait_s` seconds, nothing is added: that import brings them along.
    """
    with store.reading() as session:
        if not len(missing_seeds(session)):
            return 0
    try:
        with import_lock(store, wait_s), store.writing() as session:
            return sum(upsert_records(session, missing_seeds(session)).values())
    except ImportBusyError:
        return 0


def missing_seeds(session: Session) -> Records:
    """Return what comes with the program and is not in the store."""
    found, missing = seeds(), Records()
    for known, wanted, model, key in (
        (found.districts, missing.districts, District, "slug"),
        (found.places, missing.places, Place, "key"),
        (found.programmes, missing.programmes, Programme, "code"),
    ):
        stored = set(session.scalars(select(table_of(model).c[key])))
        wanted += [(name, values) for name, values in known if name not in stored]
    return missing


@lru_cache(maxsize=1)
def seeds() -> Records:
    """Return what comes with the program: the vocabulary, completed by the shipped data set."""
    reference, report = Reference(), ImportReport()
    districts = [
        (slug, {"kato": entry.kato, **_names(entry.names)}) for slug, entry in DISTRICTS.items()
    ]
    programmes = [
        (code, {"parent": entry.parent or "", "area": entry.area or "", **_names(entry.labels)})
        for code, entry in PROGRAMMES.items()
    ]
    reference.add_districts(districts)
    reference.add_programmes(programmes)
    tables = ReferenceTables(reference, ImportOptions(), report)
    tables.read(SHIPPED)
    records = tables.records
    records.districts[:0] = districts
    records.programmes[:0] = programmes
    records.indicators = []
    return records


def _names(names: Mapping[Language, str]) -> Values:
    return {column: names[language] for column, language in zip(NAMES, LANGUAGES, strict=True)}
