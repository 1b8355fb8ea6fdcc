"""What holds for any input: nothing raises, order does not matter, importing twice does nothing."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import ImportOptions, ImportReport, check_and_import
from storage.imports.cells import BadCellError
from storage.imports.deriving import (
    Said,
    derive,
    first_promise,
    heard_on,
    held_from,
    latest,
    sort_day,
)
from storage.imports.reading import BadFileError, CsvTable, Row
from storage.imports.reference import Reference
from storage.imports.rows import ABOUT_THE_ROW, COLUMNS, PARSERS, RowChecker, StatedRow
from storage.imports.seeding import seeds
from storage.imports.tables import DISTRICT_PARSERS, INDICATOR_PARSERS, PROGRAMME_PARSERS
from storage.tables.core import table_of
from storage.tables.facts import Project, Statement
from storage.values.partial_dates import parse_partial
from tests.storage.imports.conftest import clock, write

TODAY = date(2025, 11, 20)
ALL_PARSERS = {**DISTRICT_PARSERS, **PROGRAMME_PARSERS, **INDICATOR_PARSERS} | {
    **PARSERS,
    **ABOUT_THE_ROW,
}
SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

near_numbers = st.from_regex(r"[-+−]?[0-9]{1,3}([ .,\u00a0][0-9]{1,3}){0,3}", fullmatch=True)
near_dates = st.from_regex(r"[0-9]{1,4}[-./][0-9]{1,2}([-./][0-9]{1,4})?", fullmatch=True)
words = st.sampled_from(
    ["school", "мектеп", "medeu", "Медеуский", "planned", "-", "—", "exact", "bnu", "https://a.kz/"]
)
cell = st.one_of(st.text(max_size=30), near_numbers, near_dates, words)
partial_dates = st.one_of(
    st.integers(2020, 2026).map(str),
    st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(date.isoformat),
)


def _reference() -> Reference:
    reference = Reference()
    reference.add_districts(seeds().districts)
    reference.add_programmes(seeds().programmes)
    return reference


REFERENCE = _reference()


@given(column=st.sampled_from(sorted(ALL_PARSERS)), text=cell)
@settings(SHARED, max_examples=10 * len(ALL_PARSERS))  # some for each column
def test_a_cell_is_taken_or_refused_with_a_sentence(column: str, text: str) -> None:
    parse = ALL_PARSERS[column]
    try:
        value = parse(text)
    except BadCellError:
        return
    assert parse(value) == value  # what is canonical stays as it is
    assert value
    assert value == value.strip()


@given(partial_dates)
@SHARED
def test_good_dates_stay_as_they_are(text: str) -> None:
    assert PARSERS["due_on"](f" {text} ") == text
    assert sort_day(text) == parse_partial(text).first.isoformat()


@given(st.integers(0, 10**14), st.sampled_from([" ", "\u00a0", "\u202f"]))
@SHARED
def test_thousands_may_stand_apart(amount: int, space: str) -> None:
    assert PARSERS["planned_kzt"](f"{amount:,}".replace(",", space)) == str(amount)


@given(st.dictionaries(st.sampled_from(COLUMNS.known), cell))
@SHARED
def test_any_row_is_taken_or_refused(cells: dict[str, str]) -> None:
    checker = RowChecker("projects.csv", REFERENCE, ImportOptions(), TODAY)
    said = {name: text for name, text in cells.items() if text and not text.isspace()}
    stated, problems = checker.check(Row(7, said))
    refused = any(problem.severity == "error" for problem in problems)
    assert (stated is None) == refused
    if stated is not None:
        assert StatedRow.staged(stated.key, 7, stated.payload()) == stated
        said_now = [Said(*each, stated.stated_on, "") for each in stated.fields.items()]
        assert derive(said_now, REFERENCE)["heard_on"] == (stated.stated_on if said_now else "")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@SHARED
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "projects.csv"
    for start in (b"", b"id,title_ru,status\n"):
        path.write_bytes(start + content)
        with suppress(BadFileError):
            rows = list(CsvTable(path, COLUMNS).rows())
            assert all(row.number > 1 and (row.cells or row.surplus) for row, _ in rows)


@given(st.text(max_size=200).map(lambda text: f"id,title_ru,due_on\n{text}"))
@SHARED
def test_any_text_is_imported_or_refused(quiet_store: Store, tmp_path: Path, text: str) -> None:
    options = ImportOptions(dry_run=True, skip_bad=True)
    path = write(tmp_path, text)
    report = check_and_import(quiet_store, path, options=options, clock=clock)
    assert (report.exit_code == 0) == (report.errors == 0)


said = st.builds(
    Said,
    st.sampled_from(["status", "due_on", "planned_kzt"]),
    st.sampled_from(["", "2024", "2025-08", "2026-01-31"]),
    partial_dates | st.just(""),
    partial_dates | st.just(""),
)


@given(st.lists(said, unique_by=lambda each: (each.field, sort_day(held_from(each)))), st.randoms())
@SHARED
def test_the_latest_holds_in_any_order(statements: list[Said], chance: Any) -> None:
    shuffled = chance.sample(statements, len(statements))
    assert latest(shuffled) == latest(statements)
    assert heard_on(shuffled) == heard_on(statements)
    for field, value in latest(statements).items():
        own = [each for each in statements if each.field == field]
        assert value == max(own, key=lambda each: sort_day(held_from(each))).value


@given(st.lists(said), st.randoms())
@SHARED
def test_the_first_promise_is_the_earliest(statements: list[Said], chance: Any) -> None:
    due, promised = first_promise(statements)
    promises = [each for each in statements if each.field == "due_on" and each.value]
    assert bool(due) == bool(promises)
    if promises:
        earliest = min(sort_day(each.promised_on or each.stated_on) for each in promises)
        assert sort_day(promised) == earliest
    assert sort_day(first_promise(chance.sample(statements, len(statements)))[1]) == (
        sort_day(promised)
    )


@st.composite
def stories(draw: st.DrawFn) -> list[str]:
    """Rows of three projects, each day of a project once."""
    rows = []
    for key in "abc":
        days = draw(st.lists(st.integers(0, 900), unique=True, min_size=1, max_size=4))
        for day in days:
            stated = date(2023, 1, 1) + timedelta(days=day)
            status = draw(st.sampled_from(["planned", "in_progress", "completed", "-", ""]))
            due = draw(st.sampled_from(["", "2024", "2025-08", "2026-01-31", "-"]))
            money = draw(st.sampled_from(["", "100", "2 500", "-"]))
            district = draw(st.sampled_from(["", "medeu", "alatau|medeu", "-"]))
            title = f"Сквер {stated.year}"
            rows.append(f"{key},{title},{status},{due},{money},{district},{stated},Акимат")
    return rows


@pytest.fixture(scope="module")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for many examples, each with projects of its own."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('own') / 'qala.db'}") as store:
        upgrade(store)
        yield store


EXAMPLES = count()


@given(stories(), st.randoms())
@SHARED
def test_rows_in_any_order_and_any_number_of_files(
    own_store: Store, tmp_path: Path, rows: list[str], chance: Any
) -> None:
    example = next(EXAMPLES)
    shuffled = chance.sample(rows, len(rows))
    cut = chance.randrange(len(rows) + 1)
    taken = {}
    for name, files in (("one", [rows]), ("many", [shuffled[:cut], shuffled[cut:], rows])):
        prefix = f"{name}{example}"
        lines = [[f"{prefix}{row}" for row in file] for file in files]
        reports = [_taken_in(own_store, tmp_path, each) for each in lines]
        assert sum(report.counts.projects_new for report in reports) == 3
        if name == "many":
            assert reports[-1].state == "nothing"  # all of it was said before
        taken[name] = [_comparable(own_store, prefix + key) for key in "abc"]
        assert sum(report.counts.statements_added for report in reports) == sum(
            len(said) for _, said in taken[name]
        )
    assert taken["one"] == taken["many"]


def _taken_in(store: Store, folder: Path, lines: list[str]) -> ImportReport:
    head = "id,title_ru,status,due_on,planned_kzt,district,stated_on,source_title\n"
    path = write(folder, head + "\n".join(lines) + "\n")
    report = check_and_import(store, path, clock=clock)
    assert report.exit_code == 0
    return report


def _comparable(store: Store, key: str) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    """A project without its numbers, and its statements in one order."""
    with store.reading() as session:
        found = session.execute(select(table_of(Project)).where(col(Project.key) == key))
        (row,) = (dict(each) for each in found.mappings())
        told = select(col(Statement.field), col(Statement.value), col(Statement.stated_on))
        said = session.execute(told.where(col(Statement.project_id) == row["id"]))
        statements = sorted(tuple(each) for each in said)
    return {name: row[name] for name in row if name not in {"id", "key"}}, statements
