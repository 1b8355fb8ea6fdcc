"""The files of a data set: a folder, or projects.csv alone.

Beside projects.csv a folder may hold any number of files `projects.<name>.csv`: statements that
should stay apart, such as those of one source. They are read after it, in the order of their names.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.imports.cells import BadCellError, cleaned
from storage.imports.reading import BadFileError
from storage.imports.reference import Reference
from storage.imports.report import ImportReport, Problem

PROJECTS = "projects.csv"
MORE_PROJECTS = "projects.*.csv"
PACKAGE = "datapackage.json"
BOUNDARIES = "districts.geojson"
_TITLE = 200


@dataclass(frozen=True, slots=True)
class DataSet:
    """Where a data set lies; `folder` is None for projects.csv alone."""

    projects: tuple[Path, ...]
    folder: Path | None
    title: str = ""
    package: str = ""  # datapackage.json as it came


def open_data_set(path: Path) -> DataSet:
    """Return the data set at a path; raises BadFileError where there is none."""
    if not path.exists():
        raise _bad(path.name or str(path), f"there is no such file or folder: {path}")
    if not path.is_dir():
        return DataSet((path,), None, path.name)
    projects = path / PROJECTS
    if not projects.is_file():
        others = ", ".join(sorted(file.name for file in path.glob("*.csv"))) or "no CSV files"
        raise _bad(PROJECTS, f"{path} must hold {PROJECTS}; it holds {others}")
    package = _json(path / PACKAGE)
    title = package.get("title") if isinstance(package, dict) else ""
    text = json.dumps(package, ensure_ascii=False) if package else ""
    name = title if isinstance(title, str) and title else path.resolve().name
    more = (file for file in path.glob(MORE_PROJECTS) if file.is_file())
    return DataSet((projects, *sorted(more)), path, cleaned(name)[:_TITLE], text)


def _json(path: Path) -> dict[str, Any]:
    """Return a file's JSON object, an empty one where there is no file."""
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise _bad(path.name, f"not JSON in UTF-8{where}") from error
    if not isinstance(found, dict):
        raise _bad(path.name, "a JSON object {...} is needed")
    if "\\u0000" in json.dumps(found):
        raise _bad(path.name, "the file holds NUL characters")
    return found


def check_boundaries(folder: Path, reference: Reference, report: ImportReport) -> None:
    """Report polygons of districts that are unknown; raises BadFileError for no GeoJSON."""
    path = folder / BOUNDARIES
    found = _json(path)
    if not found:
        return
    features = found.get("features")
    if found.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise _bad(path.name, "a GeoJSON FeatureCollection is needed")
    for place, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        slug = properties.get("slug", "") if isinstance(properties, dict) else ""
        try:
            reference.district(str(slug))
        except BadCellError as error:
            report.add(
                Problem(path.name, None, f"feature {place}: slug", str(slug), error.expected)
            )


def _bad(file: str, expected: str) -> BadFileError:
    return BadFileError(Problem(file, None, "", "", expected))
