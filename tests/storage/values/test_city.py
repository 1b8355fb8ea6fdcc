"""The city is told in one place, and what it tells fits what is known besides."""

import re
from datetime import UTC, datetime
from pathlib import Path

import storage
from handlers.views.near import RADII_M
from storage.geo.points import in_kazakhstan
from storage.imports import SHIPPED
from storage.values import city
from storage.vocabulary import AREAS

ROOT = Path(storage.__file__).parents[1]
OF_ALMATY = re.compile(r"ZoneInfo\(\"|[\"']almaty(?:_region)?[\"']")


def test_the_facts_of_the_city_fit() -> None:
    assert city.AREA in AREAS
    assert city.REGION in AREAS
    assert in_kazakhstan(*city.CENTRE)
    assert city.DEFAULT_RADIUS_M in RADII_M
    assert (SHIPPED / "city.toml").exists()
    since = datetime.combine(city.UTC_OFFSET_SINCE, datetime.min.time(), UTC)
    assert since.astimezone(city.CITY_TIME).utcoffset() == city.UTC_OFFSET


def test_no_other_module_names_the_city() -> None:
    known = ROOT / "storage" / "values" / "city.py"
    naming = [
        f"{file.relative_to(ROOT)}: {found[0]}"
        for floor in ("bot", "handlers", "storage")
        for file in (ROOT / floor).rglob("*.py")
        if file != known and "migrations" not in file.parts
        for found in OF_ALMATY.finditer(file.read_text("utf8"))
    ]
    assert naming == []
