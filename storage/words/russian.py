"""OpenCorpora's dictionary of Russian word forms, loaded once for the whole process."""

from functools import cache

from pymorphy3 import MorphAnalyzer


@cache
def analyzer() -> MorphAnalyzer:
    """The one analyzer: its dictionary takes some 15 MB and a tenth of a second to load."""
    return MorphAnalyzer(lang="ru")
