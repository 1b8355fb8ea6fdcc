"""What the shipped data set rests on, and under which licence it goes out."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.storage.datasets.dataset import CITY_MAP, FOLDER, PROJECTS, rows

ROOT = Path(__file__).parents[3]
LICENCE = (ROOT / "LICENSE-DATA").read_text("utf8")
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text("utf8"))
# Directories of firms and flats, however a title may spell them: no licence, no rows.
NOT_USED = re.compile(
    r"2\W?gis|2\W?гис|дубль?\W?гис|double\W?gis|krisha|крыша\W?(?:kz|кз)|колеса\W?(?:kz|кз)",
    re.IGNORECASE,
)
CITY_MAP_NAMED = re.compile(r"smartalmaty|смарт\W?алматы", re.IGNORECASE)


def files() -> list[Path]:
    return sorted(path for path in FOLDER.iterdir() if path.is_file())


# -- rights -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["2GIS", "2ГИС", "2 гис", "2gis.kz", "ДубльГИС", "krisha.kz", "Krisha", "Крыша.kz"]
)
def test_what_is_not_used_is_known_by_any_of_its_names(name: str) -> None:
    assert NOT_USED.search(f"Дом в Алматы, {name}")


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_nothing_rests_on_directories_of_firms_or_flats(path: Path) -> None:
    for line in path.read_text("utf8").splitlines():
        assert not NOT_USED.search(line), line


def test_the_citys_map_stands_in_its_own_file_alone() -> None:
    for path in files():
        if path.suffix == ".csv" and path.name != "projects.smartalmaty.csv":
            assert not CITY_MAP_NAMED.search(path.read_text("utf8")), path
    for row in CITY_MAP:
        assert "gis.smartalmaty.kz" in row["source_title"] + row["source_url"], row


# -- licences -----------------------------------------------------------------------------------


def test_the_licence_of_the_data_goes_out_with_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    assert project["license-files"] == ["LICENSE", "LICENSE-DATA"]
    assert "COPY README.md LICENSE* ./" in (ROOT / "Dockerfile").read_text("utf8")
    assert "LICENSE-DATA" in (ROOT / "README.md").read_text("utf8")
    assert "LICENSE-DATA" in PACKAGE["description"]


def test_it_names_the_odbl_by_its_text_and_all_that_it_covers() -> None:
    for words in (
        "Open Database License (ODbL) 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        "https://opendatacommons.org/licenses/dbcl/1-0/",
        "© OpenStreetMap contributors",
        "https://www.openstreetmap.org/copyright",
        "places.csv: names, kinds, districts and points. Not from the map are",
        "of 53 places that",
        "districts.csv: the centre points",
        "projects.csv: latitude, longitude and location_precision",
    ):
        assert words in LICENCE, words


def test_the_power_plants_points_are_cc_by_by_name() -> None:
    assert "World Resources Institute" in LICENCE
    assert "https://creativecommons.org/licenses/by/4.0/" in LICENCE
    pointed = [row for row in PROJECTS if "World Resources Institute" in row["source_title"]]
    assert {row["id"] for row in pointed} == {"power-plant-2-gas", "power-plant-3"}
    assert all("CC BY 4.0" in row["source_title"] for row in pointed)
    assert "CHP-2 and CHP-3" in LICENCE


def test_a_point_from_openstreetmap_names_its_licence() -> None:
    pointed = [row for row in PROJECTS if "OpenStreetMap" in row["source_title"]]
    assert pointed
    for row in pointed:
        assert "ODbL 1.0" in row["source_title"], row


def test_the_package_names_the_same_licences_in_three_languages() -> None:
    named = {each["name"]: each for each in PACKAGE["licenses"]}
    assert list(named) == ["ODbL-1.0", "CC-BY-4.0", "facts"]
    for name, words, address in (
        ("ODbL-1.0", "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
        ("CC-BY-4.0", "World Resources Institute, CC BY 4.0", "licenses/by/4.0/"),
        ("facts", "MIT", "https://opensource.org/license/mit"),
    ):
        assert named[name]["path"].endswith(address)
        for title in (named[name]["title"], *named[name]["titles"].values()):
            assert words in title
        assert set(named[name]["titles"]) == {"kk", "ru", "en"}


def test_the_package_has_every_file_with_its_columns() -> None:
    resources = {each["path"]: each for each in PACKAGE["resources"]}
    assert set(resources) == {path.name for path in FOLDER.glob("*.csv")}
    for path, resource in resources.items():
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert columns == list(rows(path.removesuffix(".csv"))[0]), path
