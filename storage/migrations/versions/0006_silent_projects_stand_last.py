"""From which day a project is past due and for a year nobody told how it stands"""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_GRID = ("cell", "status_no", "sector_no", "district_no", "lat_e6", "lon_e6")
_BEFORE = "ix_project_cell_status_no_sector_no_district_no_lat_e6_lon_e6"
_AFTER = "ix_project_cell_status_no_sector_no_district_no_point_silent"
_OPEN = "0, 1, 2, 3, 4"  # unstated, announced, planned, in progress, at the final stage
_BATCH = 10_000


def upgrade() -> None:
    op.add_column("project", sa.Column("silent_from", sa.Date(), nullable=True))
    _fill(op.get_bind())
    op.drop_index(_BEFORE, "project")
    op.create_index(_AFTER, "project", [*_GRID, "silent_from"])


def downgrade() -> None:
    op.drop_index(_AFTER, "project")
    op.drop_column("project", "silent_from")
    op.create_index(_BEFORE, "project", list(_GRID))


def _fill(connection: sa.Connection) -> None:
    """Write the day as the import derives it: `storage.imports.deriving.silent_from`."""
    due = sa.text(
        f"SELECT id, due_last FROM project WHERE status_no IN ({_OPEN}) AND due_last IS NOT NULL"  # noqa: S608
    ).columns(due_last=sa.Date())
    waiting = [(number, last) for number, last in connection.execute(due)]
    change = sa.text("UPDATE project SET silent_from = :day WHERE id = :number").bindparams(
        sa.bindparam("day", type_=sa.Date())
    )
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        told = _told(connection, [number for number, _ in batch])
        connection.execute(
            change, [{"number": each, "day": _silent(last, told[each])} for each, last in batch]
        )


def _told(connection: sa.Connection, numbers: list[int]) -> dict[int, set[str]]:
    """When it was told how each of these projects stands."""
    days = sa.text(
        "SELECT DISTINCT project_id, stated_on FROM statement WHERE project_id IN :numbers"
        " AND field IN ('status', 'starts_on', 'due_on', 'completed_on') AND stated_on <> ''"
    ).bindparams(sa.bindparam("numbers", expanding=True))
    found: dict[int, set[str]] = defaultdict(set)
    for number, day in connection.execute(days, {"numbers": numbers}):
        found[number].add(day)
    return found


def _silent(due_last: date, told: Iterable[str]) -> date:
    day = max(map(_last_day, told), default=due_last)
    leap = (day.month, day.day) == (2, 29)
    a_year_after = date(day.year + 1, 3, 1) if leap else day.replace(year=day.year + 1)
    return max(due_last + timedelta(days=1), a_year_after)


def _last_day(partial: str) -> date:
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])
