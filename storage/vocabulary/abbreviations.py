"""Short forms with signs in them, which no word of the vocabulary can be: д/с, р-н, ш/а."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "abbreviations.csv"


@cache
def _meant() -> Mapping[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        return {typed.lower(): row["meant"] for row in rows for typed in row["typed"].split("|")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_meant(), key=len, reverse=True)
    forms = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w/])(?:{forms})(?![\w/])", re.IGNORECASE)


def written_out(text: str) -> str:
    """Return the text with its short forms written out: «д/с 80» is «детский сад 80»."""
    return _pattern().sub(lambda found: _meant()[found[0].lower()], text)
