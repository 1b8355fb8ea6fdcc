"""Checks all files of a data set; the good rows of its project files wait in the store."""

from dataclasses import dataclass, field
from pathlib import Path

from storage.database.store import Store
from storage.imports.dataset import DataSet, check_boundaries, open_data_set
from storage.imports.reading import BadFileError, CsvTable, Row
from storage.imports.reference import Reference
from storage.imports.report import Clock, ImportOptions, ImportReport, Problem, Progress, Show
from storage.imports.rows import COLUMNS, RowChecker, checked_options
from storage.imports.seeding import missing_seeds
from storage.imports.staging import Staging, discard
from storage.imports.tables import ReferenceTables
from storage.imports.upserting import Records
from storage.values.city import CITY_TIME

NO_DATA = DataSet((), None)
_SHOWN_EVERY = 1_000  # rows


@dataclass(slots=True)
class Checked:
    """A data set after its check: what waits, what it says of reference tables, what is wrong."""

    store: Store
    report: ImportReport
    skip_bad: bool
    data: DataSet = NO_DATA
    import_id: int = 0  # 0: nothing waits in the store
    reference: Reference = field(default_factory=Reference)
    seeds: Records = field(default_factory=Records)
    records: Records = field(default_factory=Records)
    rows_kept: int = 0
    broken: bool = False  # a file or an option could not be read at all

    @property
    def package(self) -> str:
        return self.data.package

    @property
    def said(self) -> list[Records]:
        """What goes into the reference tables, in order."""
        return [self.seeds, self.records]

    @property
    def refused(self) -> bool:
        """Whether nothing may go in."""
        if self.broken or not self.report.errors:
            return self.broken
        return not self.skip_bad or not (self.rows_kept or len(self.records))

    def fail(self, problem: Problem) -> None:
        """Note a problem that no row can be skipped for."""
        self.broken = True
        self.report.add(problem)

    def discard(self) -> None:
        """Remove what waits in the store."""
        if self.import_id:
            discard(self.store, self.import_id)


def check(store: Store, path: Path, options: ImportOptions, clock: Clock, show: Show) -> Checked:
    """Check the data set at a path; rows that are good wait in the store afterwards."""
    report = ImportReport(dry_run=options.dry_run)
    checked = Checked(store, report, options.skip_bad)
    options, problems = checked_options(options)
    for problem in problems:
        checked.fail(problem)
    try:
        checked.data = open_data_set(path)
        tables = [CsvTable(file, COLUMNS) for file in checked.data.projects]
    except BadFileError as error:
        checked.fail(error.problem)
        return checked
    if checked.broken:
        return checked
    _read_references(checked, options)
    _read_projects(checked, tables, options, clock, show)
    return checked


def _read_references(checked: Checked, options: ImportOptions) -> None:
    """Gather what rows may refer to: the store's, the program's, then the data set's own."""
    with checked.store.reading() as session:
        checked.reference = reference = Reference.load(session)
        checked.seeds = missing_seeds(session)
    reference.add_districts(checked.seeds.districts)
    reference.add_programmes(checked.seeds.programmes)
    folder = checked.data.folder
    if folder is None:
        return
    tables = ReferenceTables(reference, options, checked.report)
    tables.read(folder)
    checked.records = tables.records
    checked.broken = checked.broken or tables.broken
    try:
        check_boundaries(folder, reference, checked.report)
    except BadFileError as error:
        checked.fail(error.problem)


def _read_projects(
    checked: Checked, tables: list[CsvTable], options: ImportOptions, clock: Clock, show: Show
) -> None:
    now = clock()
    staging = Staging.begin(checked.store, checked.data.title, now)
    checked.import_id = staging.import_id
    today = now.astimezone(CITY_TIME).date()
    whole, before = sum(table.size for table in tables), 0
    try:
        for table in tables:
            checker = RowChecker(table.name, checked.reference, options, today)
            for row, done in table.rows():
                _take_row(checked, staging, checker, row)
                if checked.report.counts.rows_read % _SHOWN_EVERY == 0:
                    show(Progress("checking", before + min(done, table.size), whole))
            before += table.size
            show(Progress("checking", before, whole))
        staging.flush()
        _refuse_nameless(checked, staging)
        for warning in (each for table in tables for each in table.warnings):
            checked.report.add(warning)
    except BadFileError as error:
        checked.fail(error.problem)
    except BaseException:  # whatever stops the check: what waits must go
        checked.discard()
        raise


def _take_row(checked: Checked, staging: Staging, checker: RowChecker, row: Row) -> None:
    """Check a row of a project file; a good one waits, a bad one is refused."""
    stated, problems = checker.check(row)
    for problem in problems:
        checked.report.add(problem)
    checked.report.counts.rows_read += 1
    if stated is None:
        checked.report.counts.rows_refused += 1
    else:
        checked.rows_kept += 1
        staging.add(stated)


def _refuse_nameless(checked: Checked, staging: Staging) -> None:
    """Refuse the rows of projects that appear for the first time and have no title."""
    nameless = list(staging.nameless())
    for key, file, row in nameless:
        expected = f"{key} is new: title_kk, title_ru or title_en is needed in one of its rows"
        checked.report.add(Problem(file, row, "title_kk", "", expected))
    dropped = staging.drop([key for key, _, _ in nameless])
    checked.rows_kept -= dropped
    checked.report.counts.rows_refused += dropped
