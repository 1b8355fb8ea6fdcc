"""The number that a facility bears in its title: school №178, ТЭЦ-2, №3 емхана."""

import re
from collections.abc import Iterable
from functools import lru_cache

from storage.vocabulary import KINDS, find_unit
from storage.words import stem_variants, stems, tokens

_SIGNED = re.compile(
    r"(?:№|#|(?<!\w)no?[.°]|(?<!\w)no(?=\s))\s*(\d{1,4})(?![.,]?\d)", re.IGNORECASE
)
_NO_AMOUNT = r"(?![.,]?\d|[ \u00a0\u202f]\d{3})"
_AFTER = re.compile(rf"([^\W\d_]+)[ \u00a0-](\d{{1,4}}){_NO_AMOUNT}(?:[ \u00a0]([^\W\d_]+))?")
_BEFORE = re.compile(r"(?<![\d.,])(\d{1,4})-(?:(?:ші|шы|й|я|ая|ой|th|st|nd|rd)\s+)?([^\W\d_]+)")


def facility_numbers(titles: Iterable[str], kind: str | None) -> frozenset[int]:
    """The numbers that the titles of a project of this kind bear; no amounts, no house numbers.

    A number counts after a number sign («№178 мектеп», "School No. 178"), after the kind's own name
    («школа 178», «ТЭЦ-2») unless a unit follows it, and before it with a hyphen («178-мектеп»).
    """
    found: set[int] = set()
    own = kind_stems(kind)
    for title in titles:
        found.update(int(number) for number in _SIGNED.findall(title))
        found.update(
            int(number)
            for word, number, unit in _AFTER.findall(title)
            if find_unit(unit) is None and own & set(stem_variants(word))
        )
        found.update(
            int(number) for number, word in _BEFORE.findall(title) if own & set(stem_variants(word))
        )
    return frozenset(found)


@lru_cache(maxsize=256)
def kind_stems(kind: str | None) -> frozenset[str]:
    """The stems of the words that a kind is called by, none for the unknown kind."""
    entry = KINDS.get(kind or "")
    return frozenset(_stems(entry.names())) if entry else frozenset()


@lru_cache(maxsize=256)
def label_stems(kind: str) -> frozenset[str]:
    """A kind's one name in each language as the index has it, where that is a single word."""
    labels = KINDS[kind].labels.values() if kind in KINDS else ()
    return frozenset(each for name in labels if " " not in name for each in stems(name).split())


def _stems(names: Iterable[str]) -> Iterable[str]:
    return (each for name in names for word in tokens(name) for each in stem_variants(word))
