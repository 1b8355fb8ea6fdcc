"""Takes data sets in: what an operator hands to the bot becomes statements and projects.

`check_and_import` takes in a data set, `load_shipped` the one that comes with the program, `resume`
goes on with one that was cut off; `seed` writes what the vocabulary knows of the city. `reading`,
`cells`, `rows` and `tables` read and refuse; `checking` decides on all of it, `staging` keeps it
waiting; `planning` and `deriving` say what becomes of a project, `applying` writes it, with
`rollup` and `indexing`; `locking` lets one import in at a time. `retract` takes back what was made
up to try the bot.
"""

from storage.imports.importing import check_and_import, load_shipped, resume
from storage.imports.report import (
    Clock,
    Counts,
    ImportOptions,
    ImportReport,
    Problem,
    Progress,
    ProjectChange,
)
from storage.imports.retracting import retract
from storage.imports.seeding import SHIPPED, seed

__all__ = [
    "SHIPPED",
    "Clock",
    "Counts",
    "ImportOptions",
    "ImportReport",
    "Problem",
    "Progress",
    "ProjectChange",
    "check_and_import",
    "load_shipped",
    "resume",
    "retract",
    "seed",
]
