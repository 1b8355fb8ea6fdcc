"""One row of a table to canonical values, column by column."""

from collections.abc import Mapping

from storage.imports.cells import BadCellError, Parser
from storage.imports.reading import Row
from storage.imports.report import Problem, Severity


class RowProblems:
    """Collects the problems of one row."""

    def __init__(self, file: str, row: Row) -> None:
        self.file = file
        self.row = row
        self.found: list[Problem] = []
        if row.surplus:
            self.add("", "more cells than the header has columns", value=row.surplus)

    @property
    def bad(self) -> bool:
        """Whether the row cannot be taken."""
        return any(problem.severity == "error" for problem in self.found)

    def add(
        self,
        column: str,
        expected: str,
        *,
        value: str | None = None,
        severity: Severity = "error",
    ) -> None:
        """Add a problem of a column; its value is the cell's unless given."""
        cell = self.row.cells.get(column, "") if value is None else value
        self.found.append(Problem(self.file, self.row.number, column, cell, expected, severity))


def parsed(problems: RowProblems, parsers: Mapping[str, Parser]) -> dict[str, str]:
    """Return the values of the cells that have a parser; what is bad goes to the problems."""
    values = {}
    for column, cell in problems.row.cells.items():
        parse = parsers.get(column)
        if parse is None:
            continue
        try:
            values[column] = parse(cell)
        except BadCellError as error:
            problems.add(column, error.expected)
    return values
