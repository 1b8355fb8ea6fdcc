"""The one table of Kazakh noun endings (data/kazakh_endings.toml), which tells what its words mean.

Inflection (`kazakh_inflection`), what may follow a stem (`kazakh_chains`) and the stemmer
(`kazakh_stems`) read it and hold no ending of their own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from storage.words.letters import fold

End = Literal["vowel", "glide", "liquid", "nasal", "buzzing", "hard", "his", "my"]
"""What a word ends in, as far as endings care."""

Case = Literal["genitive", "dative", "accusative", "locative", "ablative", "instrumental"]

CASES: tuple[Case, ...] = get_args(Case)
ENDS: tuple[End, ...] = get_args(End)

_FILE = Path(__file__).parent / "data" / "kazakh_endings.toml"
_NONE = "-"
_BACK = str.maketrans({"A": "а", "Y": "ы", "G": "ғ", "Q": "қ"})
_FRONT = str.maketrans({"A": "е", "Y": "і", "G": "г", "Q": "к"})


@dataclass(frozen=True, slots=True)
class Possessive:
    """The endings of one person, after a vowel and after any other sound; what then is the end."""

    after_vowel: str
    after_consonant: str
    then: End

    def after(self, end: End) -> str:
        """Return the ending, as a pattern, after a sound."""
        return self.after_vowel if end == "vowel" else self.after_consonant


@dataclass(frozen=True, slots=True)
class Harmony:
    """Vowels that ask for back or front endings or for neither, and what tells loan words."""

    back: frozenset[str]
    front: frozenset[str]
    either: frozenset[str]
    loans: frozenset[str]
    loan_ends: tuple[str, ...]
    soft_loans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """What the stemmer sees of sounds and vowels, and the patterns that it never cuts."""

    sounds: Mapping[End, str]
    back: str
    front: str
    never_cut: frozenset[str]


@dataclass(frozen=True, slots=True)
class Endings:
    """The table. An ending is a pattern; `spelt` writes it with the vowels of a word.

    `sounds`: letter -> end, hard ones left out. `plural`, `possessing` and each case: by what
    stands before. `possessives`: by the person in English (his, my). `there` turns a locative into
    a noun again, which `there_then` may follow.
    """

    sounds: Mapping[str, End]
    plural: Mapping[End, str]
    cases: Mapping[Case, Mapping[End, str]]
    possessing: Mapping[End, str]
    possessives: Mapping[str, Possessive]
    there: str
    there_then: tuple[str, ...]
    softened: Mapping[str, str]
    harmony: Harmony
    folded: Folded


@cache
def endings() -> Endings:
    """Return the table, read once. Raises KeyError or ValueError where the file is not whole."""
    with _FILE.open("rb") as lines:
        table = tomllib.load(lines)
    rows = table["endings"]
    order = rows["after"].split()
    if set(order) != set(ENDS):
        raise ValueError(f"{_FILE.name}: «after» must name {', '.join(ENDS)}")
    return Endings(
        sounds=_sounds(table["sounds"]),
        plural=_row(rows["plural"], order),
        cases={case: _row(rows[case], order) for case in CASES},
        possessing=_row(rows["possessing"], order),
        possessives={name: Possessive(*each) for name, each in table["possessives"].items()},
        there=table["there"]["ending"],
        there_then=tuple(table["there"]["then"].split()),
        softened=table["softened"],
        harmony=_harmony({name: row.split() for name, row in table["harmony"].items()}),
        folded=_folded(table["folded"]),
    )


def spelt(pattern: str, *, front: bool) -> str:
    """Return an ending with front or back vowels: «тA» is те or та."""
    return pattern.translate(_FRONT if front else _BACK)


def folded_forms(*patterns: str) -> tuple[str, ...]:
    """Return both spellings of each pattern, folded: «дA», «тA» are да, де, та, те."""
    both = (fold(spelt(each, front=front)) for each in patterns for front in (False, True))
    return tuple(dict.fromkeys(both))


def case_forms(case: Case, *ends: End) -> tuple[str, ...]:
    """Return the endings of a case, folded, after the sounds named; none named: after all."""
    row = endings().cases[case]
    return folded_forms(*(row[end] for end in ends or ENDS))


def there_forms() -> tuple[str, ...]:
    """Return -дағы, -тегі and their like, folded: what makes «that which is there»."""
    row = endings().cases["locative"]
    return folded_forms(*(row[end] + endings().there for end in ENDS))


def plural_forms() -> tuple[str, ...]:
    """Return лар, лер, дар ... as they are folded."""
    return folded_forms(*endings().plural.values())


def end_of(word: str) -> End:
    """Return what a lower-case word ends in by its last sound, never «his» or «my»."""
    return endings().sounds.get(word.rstrip("ьъ")[-1:], "hard")


def _sounds(rows: Mapping[End, str]) -> dict[str, End]:
    return {letter: end for end, letters in rows.items() for letter in letters.split()}


def _row(cells: str, order: list[End]) -> dict[End, str]:
    """Return the cells of a line that hold an ending, by what stands before it."""
    pairs = zip(order, cells.split(), strict=True)
    return {end: cell for end, cell in pairs if cell != _NONE}


def _harmony(rows: Mapping[str, list[str]]) -> Harmony:
    return Harmony(
        back=frozenset(rows["back"]),
        front=frozenset(rows["front"]),
        either=frozenset(rows["either"]),
        loans=frozenset(rows["loans"]),
        loan_ends=tuple(rows["loan_ends"]),
        soft_loans=tuple(rows["soft_loans"]),
    )


def _folded(rows: Mapping[str, str]) -> Folded:
    letters = {name: row.replace(" ", "") for name, row in rows.items()}
    return Folded(
        sounds={end: letters[end] for end in ENDS if end in letters},
        back=letters["back"],
        front=letters["front"],
        never_cut=frozenset(rows["never_cut"].split()),
    )
