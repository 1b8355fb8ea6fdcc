"""Step 3: a known Kazakh stem and a legal chain of noun endings, by the tables of a school grammar.

Plural, then possessive, then case, each at most once (көптік, тәуелдік, септік жалғаулары), tied to
the last sound of the stem and its vowels; «those in …» (-дағы) may take case endings again. What a
person typed is compared folded, since half of the city types without Kazakh letters.
"""

from functools import cache

from storage.words import fold, latin_key
from storage.words.letters import KAZAKH_LETTERS
from storage.words.wordlists import folded_pairs

_BACK_VOWELS, _FRONT_VOWELS = "аоұыяёую", "әөүіеэи"
_LOAN = frozenset("бвгдфцчщхьъэёюя")
_SOFTENED = {"п": "б", "к": "г", "қ": "ғ"}

# end class -> (plural, genitive, dative, accusative, locative, ablative, instrumental)
_ENDINGS = {
    "vowel": "лAр нYң GA нY дA дAн мен",
    "glide": "лAр дYң GA дY дA дAн мен",
    "liquid": "дAр дYң GA дY дA дAн мен",
    "nasal": "дAр нYң GA дY дA нAн мен",
    "buzzing": "дAр дYң GA дY дA дAн бен",
    "hard": "тAр тYң QA тY тA тAн пен",
    "owned": "- нYң нA н ндA нAн мен",
    "mine": "- нYң A дY дA нAн мен",
}
_OWNERS_AFTER_VOWEL = (("сY", "owned"), ("м", "mine"), ("ң", "mine"), ("мYз", "buzzing"))
_OWNERS = (("Y", "owned"), ("Yм", "mine"), ("Yң", "mine"), ("YмYз", "buzzing"))
_ADJECTIVES = {
    "vowel": "лY",
    "glide": "лY",
    "liquid": "лY",
    "nasal": "дY",
    "buzzing": "дY",
    "hard": "тY",
}
_CLASSES = (
    ("vowel", "аәеоөұүыіяёэю"),
    ("glide", "йуир"),
    ("liquid", "л"),
    ("nasal", "мнң"),
    ("buzzing", "зж"),
)


@cache
def endings(last: str, *, front: bool, key: bool = False) -> frozenset[str]:
    """Return every legal chain of endings after an end class, folded; `key`: as Latin keys."""
    table = str.maketrans({"A": "е", "Y": "і", "G": "г", "Q": "к"} if front else _BACK)
    spelt = (fold(chain.translate(table)) for chain in _chains(last))
    return frozenset(latin_key(chain) for chain in spelt) if key else frozenset(spelt)


_BACK = {"A": "а", "Y": "ы", "G": "ғ", "Q": "қ"}


def _chains(last: str) -> set[str]:
    whole = _owned_and_cased(last)
    plural = _ENDINGS[last].split()[0]
    if plural != "-":
        whole |= {plural} | {plural + rest for rest in _owned_and_cased("glide")}
    if last in _ADJECTIVES:
        whole.add(_ADJECTIVES[last])
    return whole


def _owned_and_cased(last: str) -> set[str]:
    found = _cased(last)
    if last in {"owned", "mine"}:
        return found
    for owner, then in _OWNERS_AFTER_VOWEL if last == "vowel" else _OWNERS:
        found |= {owner} | {owner + case for case in _cased(then)}
    return found


def _cased(last: str) -> set[str]:
    cases = _ENDINGS[last].split()[1:]
    located = cases[3] + "GY"
    again = {located + case for case in ("нYң", "н", "нA", "лAр", "лAрдY", "лAрдYң", "сY", "дAй")}
    return {*cases, located, *again}


@cache
def every_ending() -> frozenset[str]:
    """Return all chains of endings after any stem, folded, two letters and longer."""
    every = (endings(last, front=front) for last in _ENDINGS for front in (True, False))
    return frozenset(chain for chain in frozenset().union(*every) if len(chain) > 1)


def classes(stem: str) -> tuple[str, ...]:
    """Return the end classes of a normalised stem; «ауданы» may be the owner's or end in ы."""
    final = stem[-1:]
    found = next((name for name, letters in _CLASSES if final in letters), "hard")
    return ("vowel", "owned") if final in ("ы", "і") else (found,)


def harmonies(stem: str) -> tuple[bool, ...]:
    """Return whether front vowels may follow the stem; both for loan words (парктер, банкте)."""
    if _LOAN & set(stem):
        return (True, False)
    vowels = [letter for letter in stem if letter in _BACK_VOWELS or letter in _FRONT_VOWELS]
    if not vowels or stem.endswith(("рк", "нк")):
        return (True, False)
    last = vowels[-1]
    if last in "уи":  # they follow the vowel before them
        return (True, False)
    return (last in _FRONT_VOWELS,)


def legal(stem: str, *, key: bool = False) -> frozenset[str]:
    """Return the legal chains of endings after a normalised stem, folded or as Latin keys."""
    return _union(classes(stem), harmonies(stem), key)


@cache
def _union(ends: tuple[str, ...], fronts: tuple[bool, ...], key: bool) -> frozenset[str]:
    return frozenset().union(
        *(endings(last, front=front, key=key) for last in ends for front in fronts)
    )


def spellings(stem: str) -> tuple[str, ...]:
    """Return the stem as it stands before endings: мектеп мектеб, қап қаб, орын орн."""
    found = [stem]
    softened = _SOFTENED.get(stem[-1:])
    if softened and len(stem) > 2:  # noqa: PLR2004 - шеп, but not ек
        found.append(stem[:-1] + softened)
    for short, whole in folded_pairs("kazakh_irregular").items():
        if whole == fold(stem):
            found.append(_shortened(stem, short))
    return tuple(found)


def _shortened(stem: str, short: str) -> str:
    """Return the stem without the vowel that `short` (folded) drops, Kazakh letters kept."""
    for index in range(1, len(stem)):
        candidate = stem[:index] + stem[index + 1 :]
        if fold(candidate) == short:
            return candidate
    return short


def agrees(typed: str, stem: str) -> bool:
    """Tell whether the Kazakh letters typed are the stem's: күн is not құн, кун is both."""
    return all(
        letter == other or letter not in KAZAKH_LETTERS
        for letter, other in zip(typed, stem, strict=False)
    )
