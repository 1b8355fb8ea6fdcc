"""What single words say of time, number and money: the ground of periods, amounts and numerals.

A word has senses (a unit, a month, «more than» ...) with a small value each; they are listed in the
data files of the vocabulary. An expression of several words that is listed is one word here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.lexicon import english, exceptions
from handlers.understanding.lexicon.exceptions import is_meant
from handlers.understanding.lexicon.tokens import Span, Token, surface
from handlers.understanding.lexicon.vocabulary_index import best_likeness
from storage.vocabulary.senses import Form, forms
from storage.words import fold, latin_key
from storage.words.letters import KAZAKH_LETTERS, is_cyrillic

Senses = Mapping[str, int]
ValueT = TypeVar("ValueT")

_NONE: Senses = MappingProxyType({})
_MENDED_FROM = 5
"""Words of fewer letters are not taken for a mistyped one."""

_LATIN_MENDED_FROM = 6
"""Latin words may be English, of which there is no list: mended only when longer."""

_SAME_SOUNDS_FROM = 4
"""Words of so many letters that sound like a listed one are that one: дейн is дейін."""

_ANAGRAM = 4
"""A Latin word of so few letters is mended only where two of them changed places."""

_TWO_SLIPS_FROM = 12
_LONGEST_EXPRESSION = 4
LONGEST_NUMBER = 18
"""Longer digits are no number that anyone means."""

_ENDING = {1: "nth", 2: "ablative", 3: "dative", 4: "locative"}
_YEARS = range(1990, 2101)
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word, an expression or a number: the tokens from `start` up to `end`, and its senses.

    `digits` is the number as typed (2,6; 23.10.2025), "" for words. `first`, `last`: where it
    stands among the letters of the text.
    """

    start: int
    end: int
    senses: Senses
    digits: str
    first: int
    last: int
    latin: bool

    def __contains__(self, sense: str) -> bool:
        return sense in self.senses

    def gap(self, other: "Word") -> int:
        """Return how many signs stand between this word and `other`, the next one."""
        return other.first - self.last

    @property
    def says_something(self) -> bool:
        """Tell whether it is a number or a word of the data files."""
        return bool(self.digits or self.senses)

    @property
    def whole(self) -> int | None:
        """Return the whole number typed in plain digits, or None."""
        return int(self.digits) if self.digits.isdecimal() else None

    @property
    def year(self) -> int | None:
        """Return the number when it may be a year, 1990 to 2100, or None."""
        if len(self.digits) != _YEAR_DIGITS or self.whole not in _YEARS:
            return None
        return self.whole


def load() -> None:
    """Read the data files and dictionaries now, not with the first question (a quarter second)."""
    _lexicon()
    exceptions.load()


def words_of(tokens: Sequence[Token]) -> tuple[Word, ...]:
    """Return the words of `tokens` with what they say of time, number and money. Never raises."""
    return _words_of(tuple(tokens))


def span_of(
    tokens: Sequence[Token], words: Sequence[Word], slot: str, value: ValueT
) -> Span[ValueT]:
    """Return the span of `words`, which are neighbours, read as `value`."""
    start, end = words[0].start, words[-1].end
    return Span(start, end, value, slot, surface(tokens, start, end))


@lru_cache(maxsize=16)
def _words_of(tokens: tuple[Token, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    index = 0
    while index < len(tokens):
        length, senses = _expression(tokens, index)
        end = index + length
        digits = tokens[index].text if tokens[index].is_number else ""
        if len(digits) > LONGEST_NUMBER:
            digits = ""
        if digits or "scale" in senses or "tenge" in senses:
            ending = _ending(tokens, end - 1)
            if ending is not None:
                senses, end = {**senses, _ENDING[ending]: 0}, end + 1
        latin = not is_cyrillic(tokens[index].norm)
        place = (tokens[index].start, tokens[end - 1].end)
        found.append(Word(index, end, senses, digits, *place, latin))
        index = end
    return tuple(found)


def _ending(tokens: Sequence[Token], index: int) -> int | None:
    """Return which ending is tied to the token before it: 2023-тен, 12-ші, млрд-тан."""
    if index + 1 >= len(tokens) or tokens[index + 1].start - tokens[index].end > 1:
        return None
    after = tokens[index + 1].norm
    ending = senses_of(after).get("ending")
    year = tokens[index].is_number and len(tokens[index].text) == _YEAR_DIGITS
    if ending is None and year and fold(after) in {"м", "m"}:
        return 1  # в 2025-м; after other numbers м are metres
    return ending


def _expression(tokens: Sequence[Token], index: int) -> tuple[int, Senses]:
    """Return how many tokens the longest listed expression here has, and its senses."""
    lexicon = _lexicon()
    longest = min(_LONGEST_EXPRESSION, len(tokens) - index)
    if _key(tokens[index].folded) in lexicon.beginnings:
        for length in range(longest, 1, -1):
            keys = tuple(_key(token.folded) for token in tokens[index : index + length])
            if keys in lexicon.expressions:
                return length, lexicon.expressions[keys]
    if tokens[index].is_number:
        return 1, _NONE
    return 1, senses_of(tokens[index].norm)


@lru_cache(maxsize=8192)
def senses_of(word: str) -> Senses:
    """Return the senses of a normalised word: as listed, by its Latin key, or one slip away."""
    lexicon = _lexicon()
    folded = fold(word)
    exact = lexicon.exact.get(folded)
    if exact is not None:
        return _merged(senses for listed, senses in exact if _agrees(word, listed))
    if not is_cyrillic(folded) and (key := latin_key(word)) in lexicon.keys:
        return _not_english(folded, lexicon.keys[key])
    return _mended(folded)


def _not_english(folded: str, senses: Senses) -> Senses:
    """Return the senses without the short months of other languages: car is not қар."""
    if "month_short" in senses and english.is_known(folded):
        return {name: value for name, value in senses.items() if name != "month_short"}
    return senses


def _mended(folded: str) -> Senses:
    if not folded.isalpha():
        return _NONE
    if is_meant(folded):
        return _NONE
    if not is_cyrillic(folded) and len(folded) == _ANAGRAM:
        return _anagram(folded)
    return _likest(folded)


def _likest(folded: str) -> Senses:
    """Return the senses of the word that sounds the same or is a slip away."""
    key = _key(folded)
    lexicon = _lexicon()
    if len(key) >= _SAME_SOUNDS_FROM and key in lexicon.keys:
        return lexicon.keys[key]
    if len(folded) < (_MENDED_FROM if is_cyrillic(folded) else _LATIN_MENDED_FROM):
        return _NONE
    slips = 1 if len(key) < _TWO_SLIPS_FROM else 2
    near: list[str] = []
    for length in range(max(len(key) - slips, _MENDED_FROM), len(key) + slips + 1):
        near += lexicon.spelt.get((length, key[:1]), ())
    found = process.extractOne(key, near, scorer=OSA.distance, score_cutoff=slips)
    if found is None or best_likeness(folded) > 1 - found[1] / len(key):
        return _NONE  # bilding is building and not биылдан
    return lexicon.keys[found[0]]


def _anagram(folded: str) -> Senses:
    """Return the senses of the short English word whose letters stand in another order: yaer."""
    keys = _lexicon().spelt.get((len(folded), folded[:1]), ())
    letters = sorted(folded)
    return next((_lexicon().keys[key] for key in keys if sorted(key) == letters), _NONE)


def _agrees(typed: str, listed: str) -> bool:
    """Tell whether the Kazakh letters of `typed` stand in `listed` too: күн is not құн."""
    return all(a == b or a not in KAZAKH_LETTERS for a, b in zip(typed, listed, strict=False))


@lru_cache(maxsize=8192)
def _key(folded: str) -> str:
    """Return what the spellings of a word in both scripts share; a sign stands for itself."""
    return latin_key(folded) or folded


@dataclass(frozen=True, slots=True)
class _Lexicon:
    exact: Mapping[str, Sequence[tuple[str, Senses]]]  # folded -> as listed, senses
    keys: Mapping[str, Senses]  # Latin key -> senses
    spelt: Mapping[tuple[int, str], Sequence[str]]  # length and first letter -> Latin keys
    expressions: Mapping[tuple[str, ...], Senses]
    beginnings: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    by_text: dict[str, dict[str, int]] = defaultdict(dict)
    for form in forms():
        _add(by_text[form.text], form)
    exact: dict[str, list[tuple[str, Senses]]] = defaultdict(list)
    keys: dict[str, Senses] = {}
    expressions: dict[tuple[str, ...], Senses] = {}
    for text, senses in by_text.items():
        parts = tuple(_key(fold(part)) for part in text.split())
        if len(parts) > 1:
            expressions[parts] = senses
            continue
        exact[fold(text)].append((text, senses))
        keys[parts[0]] = _merged((keys.get(parts[0], _NONE), senses))
    spelt: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key in keys:
        spelt[len(key), key[:1]].append(key)
    return _Lexicon(exact, keys, spelt, expressions, frozenset(parts[0] for parts in expressions))


def _add(senses: dict[str, int], form: Form) -> None:
    senses.setdefault(form.sense, form.value)
    if form.case is not None:
        senses.setdefault(form.case, 0)


def _merged(several: Iterable[Senses]) -> Senses:
    merged: dict[str, int] = {}
    for senses in several:
        for name, value in senses.items():
            merged.setdefault(name, value)
    return merged
