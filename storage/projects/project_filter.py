"""What projects somebody wants: where, of what sector, kind, programme and state, when, how dear.

`storage.projects.filter_sql` says it as SQL, `storage.projects.filter_memory` of facts in memory.
"""

from dataclasses import dataclass
from datetime import date

from storage.geo.circle import Circle
from storage.values.city import AREA
from storage.values.ranges import Amount, Period, PeriodOf
from storage.vocabulary import KINDS, STATUSES
from storage.vocabulary.codes import VISIBLE, WITHDRAWN, numbers
from storage.vocabulary.combined_kinds import answering


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Codes of the vocabulary, of programmes, and slugs of districts; empty means all.

    Within one field any of the values will do, between fields all must hold. `programmes` take in
    their sub-programmes, `kinds` the combined ones of which they are a part
    (`storage.vocabulary.combined_kinds`). `area` None means city and region. A code nobody knows
    matches nothing.

    `period` is when what `period_of` says happened: a partial date passes only if all of its days
    lie within, an unknown one never. "completed" asks for the status as well; "due" for what is
    still to come, unless `statuses` are given; "any" is the date that stands for the project:
    completed, else due, else started. `amount` is of the cost (planned, else contracted, else
    spent), which must be known. `contractors` are names as they are stored, `projects` the store's
    numbers. `to_come`: the period begins today, and a month under way that an unfinished project is
    due in lies in it, as only the rest of that can be meant. `capacity_known`: only projects whose
    size is stated. `overdue_on`: only open ones known to be late on that day
    (`storage.projects.lateness`).
    """

    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    area: str | None = AREA
    period: Period | None = None
    period_of: PeriodOf = "any"
    to_come: bool = False
    amount: Amount | None = None
    contractors: tuple[str, ...] = ()
    near: Circle | None = None
    capacity_known: bool = False
    projects: tuple[int, ...] = ()
    overdue_on: date | None = None

    @property
    def of_one_row(self) -> bool:
        """Whether only a project's own row can tell: sums and the grid's index do not hold that."""
        return bool(
            self.period
            or self.amount
            or self.contractors
            or self.near
            or self.capacity_known
            or self.projects
            or self.overdue_on
        )

    @property
    def status_numbers(self) -> tuple[int, ...]:
        """The statuses that pass: those asked for, or all; never that of a withdrawn project."""
        if not self.statuses:
            return VISIBLE
        return tuple(each for each in numbers(STATUSES, self.statuses) if each != WITHDRAWN)

    @property
    def kind_numbers(self) -> tuple[int, ...]:
        """The kinds that pass: those asked for and combined ones; () where none is asked for."""
        return tuple(numbers(KINDS, answering(self.kinds)))


CITY = ProjectFilter()
"""Everything in the city."""

EVERYWHERE = ProjectFilter(area=None)
"""Everything, the region too."""
