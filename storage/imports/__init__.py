"""Takes data sets in: what an operator hands to the bot becomes statements and projects."""

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
    "seed",
]
