"""The city whose list this is, as city.toml of its data set tells.

Another city is another data set in storage/datasets and its name here; its districts, kinds and
words are the vocabulary's.
"""

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

DATA_SET = "almaty"
"""The folder of the city's data set."""

_FACTS = tomllib.loads((files("storage") / "datasets" / DATA_SET / "city.toml").read_text("utf8"))

AREA: str = _FACTS["slug"]
"""The city among the areas of projects."""

REGION: str = _FACTS["region"]
"""The area around the city."""

CITY_TIME = ZoneInfo(_FACTS["time_zone"])
"""The time of the city's people; the store keeps UTC."""

UTC_OFFSET = timedelta(hours=_FACTS["utc_offset_hours"])
"""What the time zone database must say of the city's time, from `UTC_OFFSET_SINCE` on."""

UTC_OFFSET_SINCE: date = _FACTS["utc_offset_since"]

CENTRE: tuple[float, float] = tuple(_FACTS["centre"])
"""Latitude and longitude in degrees."""

DEFAULT_RADIUS_M: int = _FACTS["default_radius_m"]
"""Metres around a point to look within, where nobody says how far."""

CITYWIDE = "city"
"""The precision of what is for the whole city; never that of a point."""
