"""Which chains of endings may follow a Kazakh stem, and how the stem stands before them.

Plural, then possessive, then case, each at most once, by the table of `kazakh_endings`; «those in
…» (-дағы) may take case endings again. What a person typed is compared folded, since half of the
city types without Kazakh letters.
"""

from functools import cache

from storage.words.kazakh_endings import ENDS, End, end_of, endings, spelt
from storage.words.latin import latin_key
from storage.words.letters import KAZAKH_LETTERS, fold
from storage.words.wordlists import folded_pairs

_POSSESSED = ("his", "my")


@cache
def chains(end: End, *, front: bool, key: bool = False) -> frozenset[str]:
    """Return every legal chain of endings after a sound, folded; `key`: as Latin keys."""
    written = (fold(spelt(chain, front=front)) for chain in _chains(end))
    return frozenset(latin_key(chain) for chain in written) if key else frozenset(written)


def _chains(end: End) -> set[str]:
    whole = _owned_and_cased(end)
    plural = endings().plural.get(end)
    if plural is not None:
        whole |= {plural} | {plural + rest for rest in _owned_and_cased(end_of(plural))}
    possessing = endings().possessing.get(end)
    return whole if possessing is None else whole | {possessing}


def _owned_and_cased(end: End) -> set[str]:
    found = _cased(end)
    if end in _POSSESSED:
        return found
    for owner in endings().possessives.values():
        ending = owner.after(end)
        found |= {ending} | {ending + case for case in _cased(owner.then)}
    return found


def _cased(end: End) -> set[str]:
    cases = {case: row[end] for case, row in endings().cases.items()}
    there = cases["locative"] + endings().there
    return {*cases.values(), there, *(there + then for then in endings().there_then)}


@cache
def every_chain() -> frozenset[str]:
    """Return all chains of endings after any stem, folded, two letters and longer."""
    every = (chains(end, front=front) for end in ENDS for front in (True, False))
    return frozenset(chain for chain in frozenset().union(*every) if len(chain) > 1)


def ends(stem: str) -> tuple[End, ...]:
    """Return what a normalised stem may end in; «ауданы» may be the owner's or end in ы."""
    return ("vowel", "his") if stem[-1:] in ("ы", "і") else (end_of(stem),)


def harmonies(stem: str) -> tuple[bool, ...]:
    """Return whether front vowels may follow the stem; both for loan words (парктер, банкте)."""
    harmony = endings().harmony
    if not harmony.loans.isdisjoint(stem) or stem.endswith(harmony.loan_ends):
        return (True, False)
    vowels = harmony.back | harmony.front | harmony.either
    last = next((letter for letter in reversed(stem) if letter in vowels), None)
    if last in (None, "и") or last in harmony.either:
        return (True, False)
    return (last in harmony.front,)


def legal(stem: str, *, key: bool = False) -> frozenset[str]:
    """Return the legal chains of endings after a normalised stem, folded or as Latin keys."""
    return _union(ends(stem), harmonies(stem), key)


@cache
def _union(ends: tuple[End, ...], fronts: tuple[bool, ...], key: bool) -> frozenset[str]:
    return frozenset().union(
        *(chains(end, front=front, key=key) for end in ends for front in fronts)
    )


def spellings(stem: str) -> tuple[str, ...]:
    """Return the stem as it stands before endings: мектеп мектеб, қап қаб, орын орн."""
    found = [stem]
    softened = endings().softened.get(stem[-1:])
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
