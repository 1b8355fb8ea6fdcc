"""Step 3: which words of the vocabulary a typed word may be, from exact to mistyped.

Everything is looked up in dictionaries built once; nothing goes through all entries but the mending
of a mistyped word, which rapidfuzz does in C over the words of about the same length.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.lexicon import english, russian
from handlers.understanding.lexicon.kazakh import is_known_kazakh
from storage.vocabulary.phrases import Phrase, phrases
from storage.words import fold, kazakh_chains, latin_key
from storage.words.languages import Language
from storage.words.latin import to_cyrillic
from storage.words.letters import KAZAKH_LETTERS, is_cyrillic
from storage.words.russian_names import name_forms
from storage.words.russian_stems import english_stem

EXACT, KAZAKH, RUSSIAN, ENGLISH, LATIN, MENDED = 1.0, 0.95, 0.95, 0.9, 0.85, 0.8
"""How much a match is worth; a mended one so much times its likeness."""

LIKE_ENOUGH = 0.72
LONG_ENOUGH = 5
"""A mistyped word of so many letters is mended when it is so much like one of the vocabulary."""

_SOUND_ALIKE = ("зс", "ао", "иеэ", "шщ", "дт", "бп", "гкх", "ckqs", "iey", "ao", "vw")
"""A mistyped word begins with the same letter, or with one that sounds like it."""

_SHORTEST_LIKE_STEM = 4
_STEM_LIKE_ENOUGH = 0.79
"""A mistyped stem (бостандктагы) has to be more like than a mistyped word: endings fit many."""

_NEVER_INFLECTED = frozenset(("follow",))
_UNFORMED = frozenset(("topic", "filler", "me", "follow", "pick", "or", "ask"))
"""Slots whose Russian words are found in other cases only as they are spelt right."""

_SHORTEST_STEM = 3
_MENDED_FROM = {"filler": 7, "me": 7, "follow": 99, "topic": 6, "ask": 6, "pick": 99, "noun": 6}
"""Letters that a listed word of a slot needs for a mistyped one to be taken for it."""


Candidates = tuple[tuple[int, float], ...]
Buckets = Mapping[tuple[int, str], list[str]]
"""Spellings by their length and the sound of their first letter."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the vocabulary as listed, in one language."""

    norm: str
    language: Language


class Lexicon:
    """The words of all phrases, each with a number, and the ways to find them."""

    def __init__(self, listed: Iterable[Phrase]) -> None:
        self.words: list[Word] = []
        self._numbers: dict[Word, int] = {}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._stems: dict[str, list[tuple[int, str, frozenset[str]]]] = defaultdict(list)
        self._key_stems: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        self._lemmas: dict[str, set[int]] = defaultdict(set)
        self._english: dict[str, set[int]] = defaultdict(set)
        self._keys: dict[str, set[int]] = defaultdict(set)
        self._spelt: dict[bool, dict[str, set[int]]] = {
            True: defaultdict(set),
            False: defaultdict(set),
        }
        spelt: set[int] = set()
        inflected: set[int] = set()
        formed: set[int] = set()
        for phrase in listed:
            for text in phrase.words:
                number = self._number(Word(text, phrase.language))
                long = len(text) >= _MENDED_FROM.get(phrase.slot, LONG_ENOUGH - 1)
                if long and number not in spelt:
                    spelt.add(number)
                    self._spell(fold(text), number)
                    self._spell(latin_key(text), number)
                if not phrase.inflected or phrase.slot in _NEVER_INFLECTED:
                    continue
                if number not in inflected:
                    inflected.add(number)
                    # short ones not in Latin: sonyna is соңына, not the ЦОН's; bulding no бул
                    short = phrase.slot != "kind" and len(text) < LONG_ENOUGH - 1
                    self._inflect(number, latin=not short)
                if phrase.slot not in _UNFORMED and number not in formed:
                    formed.add(number)
                    self._form(number, name=phrase.slot == "district")
        self._by_length = {
            cyrillic: _by_length(spelt.keys()) for cyrillic, spelt in self._spelt.items()
        }
        self._stem_lengths = _by_length(
            stem for stem in self._stems if len(stem) >= LONG_ENOUGH and " " not in stem
        )

    def number(self, text: str, language: Language) -> int:
        """Return the number of a listed word."""
        return self._numbers[Word(text, language)]

    def _number(self, word: Word) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
            self._list(number, word)
        return number

    def _list(self, number: int, word: Word) -> None:
        folded = fold(word.norm)
        self._exact[folded].add(number)
        if is_cyrillic(word.norm):
            self._keys[latin_key(word.norm)].add(number)
            if word.language == "ru":
                for lemma in russian.lemmas(word.norm):
                    self._lemmas[lemma].add(number)
        elif word.norm.isascii() and word.norm.isalpha():
            self._english[english_stem(folded)].add(number)

    def _inflect(self, number: int, *, latin: bool) -> None:
        word = self.words[number]
        if not is_cyrillic(word.norm) or len(word.norm) < 2:  # noqa: PLR2004 - су, but no initials
            return
        for spelling in kazakh_chains.spellings(word.norm):
            key = latin_key(spelling)
            chains = (kazakh_chains.legal(word.norm), kazakh_chains.legal(word.norm, key=True))
            if spelling != word.norm:  # only before a vowel
                chains = _vowels(chains[0]), _vowels(chains[1])
            self._stems[fold(spelling)].append((number, spelling, chains[0]))
            if latin:
                self._key_stems[key].append((number, chains[1]))

    def _form(self, number: int, *, name: bool) -> None:
        """List the Russian cases of a word, to find mistyped and romanised ones."""
        word = self.words[number]
        if word.language == "ru" and is_cyrillic(word.norm):
            known = russian.is_known(word.norm) and not name
            for form in russian.forms(word.norm) if known else name_forms(word.norm):
                self._spell(form, number)
                self._spell(latin_key(form), number)
                if not known:
                    self._lemmas[form].add(number)

    def _spell(self, text: str, number: int) -> None:
        if text.isalpha() and len(text) >= LONG_ENOUGH - 1:
            self._spelt[is_cyrillic(text)][text].add(number)

    def candidates(self, norm: str, folded: str, *, romanised: bool = False) -> Candidates:
        """Return the words that a typed word may be and how well each fits, the first level only.

        `romanised`: Latin letters stand for Kazakh or Russian, English words come last.
        """
        if is_cyrillic(norm):
            return self._cyrillic(norm, folded) or self._mended(folded, norm)
        exact = _scored(self._exact.get(folded, ()), EXACT)
        if not folded.isascii() or not folded.isalpha():
            return exact or self._latin(norm)
        stemmed = _scored(self._english.get(english_stem(folded), ()), ENGLISH)
        listed = _best((*exact, *stemmed))
        if listed and not romanised:
            return listed
        if english.is_known(folded) and not romanised:
            return ()
        return self._latin(norm) or listed or self._mended_latin(folded)

    def lists(self, norm: str, folded: str) -> bool:
        """Tell whether a typed word is one of the vocabulary, in any inflection, not mistyped."""
        if is_cyrillic(norm):
            return bool(self._cyrillic(norm, folded))
        if self._exact.get(folded) or self._keys.get(latin_key(norm)):
            return True
        return (
            folded.isascii()
            and folded.isalpha()
            and bool(
                self._english.get(english_stem(folded)) or self._spelt[False].get(latin_key(norm))
            )
        )

    def _cyrillic(self, norm: str, folded: str) -> Candidates:
        listed = self._exact.get(folded, ())
        exact = [each for each in listed if kazakh_chains.agrees(norm, self.words[each].norm)]
        lemmas: tuple[str, ...] = ()
        if not KAZAKH_LETTERS & set(norm):
            lemmas = (*russian.lemmas(norm), folded)
        inflected = [number for lemma in lemmas for number in self._lemmas.get(lemma, ())]
        return _best(
            (
                *_scored(exact, EXACT),
                *_scored(self._kazakh(norm, folded), KAZAKH),
                *_scored(inflected, RUSSIAN),
            )
        )

    def _kazakh(self, norm: str, folded: str) -> list[int]:
        found = [  # мектеб: softened, with nothing behind it
            number
            for number, spelling, _chains in self._stems.get(folded, ())
            if fold(self.words[number].norm) != folded and kazakh_chains.agrees(norm, spelling)
        ]
        for cut in range(len(folded) - 1, 1, -1):
            rest = folded[cut:]
            for number, spelling, chains in self._stems.get(folded[:cut], ()):
                if rest in chains and kazakh_chains.agrees(norm[:cut], spelling):
                    found.append(number)
        return found

    def _latin(self, norm: str) -> Candidates:
        key = latin_key(norm)
        found = [*self._keys.get(key, ()), *self._spelt[False].get(key, ())]
        for cut in range(len(key) - 1, _SHORTEST_STEM - 1, -1):
            stems = self._key_stems.get(key[:cut], ())
            found += [number for number, chains in stems if key[cut:] in chains]
        guess = to_cyrillic(norm) if norm.isascii() and norm.isalpha() else ""
        lemmas = russian.lemmas(guess) if guess else ()
        found += [number for lemma in lemmas for number in self._lemmas.get(lemma, ())]
        return _best(_scored(found, LATIN))

    def _mended(self, folded: str, norm: str) -> Candidates:
        if len(folded) < LONG_ENOUGH or russian.is_known(norm) or is_known_kazakh(folded):
            return ()
        whole = self._alike(folded, self._by_length[True])
        numbers = {number for spelt in whole[1] for number in self._spelt[True][spelt]}
        inflected = self._alike_stems(folded)
        if inflected[0] > whole[0]:
            whole, numbers = (
                inflected,
                {number for stem in inflected[1] for number in self._stems_of(stem)},
            )
        if KAZAKH_LETTERS & set(norm):  # no Russian word is typed with them: өзара is not озёра
            numbers = {number for number in numbers if self.words[number].language == "kk"}
        return _scored(numbers, MENDED * whole[0])

    def _mended_latin(self, folded: str) -> Candidates:
        if len(folded) < LONG_ENOUGH - 1 or english.is_known(folded):
            return ()
        for text in (folded, latin_key(folded)):
            likeness, spelt = self._alike(text, self._by_length[False])
            if spelt:
                numbers = {number for each in spelt for number in self._spelt[False][each]}
                return _scored(numbers, MENDED * likeness)
        return ()

    def _alike_stems(self, folded: str) -> tuple[float, list[str]]:
        """Return the stems most like the beginning of a word that ends like a Kazakh noun."""
        best: tuple[float, list[str]] = (0.0, [])
        for cut in range(len(folded) - 2, _SHORTEST_LIKE_STEM - 1, -1):
            if folded[cut:] in kazakh_chains.every_chain():
                found = self._alike(folded[:cut], self._stem_lengths)
                if found[0] > max(best[0], _STEM_LIKE_ENOUGH):
                    best = found
        return best

    def _stems_of(self, stem: str) -> set[int]:
        return {number for number, _spelling, _chains in self._stems[stem]}

    @staticmethod
    def _alike(text: str, sorted_out: Buckets) -> tuple[float, list[str]]:
        """Return the spellings most like `text` and how like they are; none: 0."""
        best = LIKE_ENOUGH
        words: list[str] = []
        for choices in _near(text, sorted_out):
            found = process.extract(
                text, choices, scorer=OSA.normalized_similarity, score_cutoff=best, limit=4
            )
            for spelt, likeness, _index in found:
                if likeness > best:
                    best, words = likeness, []
                words.append(spelt)
        return (best, words) if words else (0.0, [])


def _near(text: str, sorted_out: Buckets) -> Iterable[list[str]]:
    """Return the words of about the length that begin with the same sound."""
    length, sound = len(text), _sound(text)
    reach = max(1, int(length * (1 - LIKE_ENOUGH)))
    every = ((n, sound) for n in range(length - reach, length + reach + 1))
    return [sorted_out[each] for each in every if each in sorted_out]


def _sound(word: str) -> str:
    """Return what the first letters of words that sound alike share: здали, сдали."""
    return next((group for group in _SOUND_ALIKE if word[0] in group), word[0])


def _scored(numbers: Iterable[int], score: float) -> Candidates:
    return tuple((number, score) for number in numbers)


def _best(scored: Iterable[tuple[int, float]]) -> Candidates:
    """Return each word once, with its best score; the first given are the best."""
    found: dict[int, float] = {}
    for number, score in scored:
        found.setdefault(number, score)
    return tuple(found.items())


@cache
def _vowels(chains: frozenset[str]) -> frozenset[str]:
    return frozenset(chain for chain in chains if chain[0] in "ыиi")


def _by_length(words: Iterable[str]) -> Buckets:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for word in words:
        found[len(word), _sound(word)].append(word)
    return dict(found)


@cache
def lexicon() -> Lexicon:
    """Return the words of the vocabulary, built at the first call."""
    return Lexicon(phrases())


def best_likeness(folded: str) -> float:
    """Return how like a folded word the best word of the vocabulary is; 0 for none, 1 the same."""
    found = candidates(folded, folded)
    best = max((score for _number, score in found), default=0.0)
    return best / MENDED if best <= MENDED else 1.0


@lru_cache(maxsize=16384)
def candidates(norm: str, folded: str, *, romanised: bool = False) -> Candidates:
    """Return what `Lexicon.candidates` of the vocabulary returns, remembered."""
    return lexicon().candidates(norm, folded, romanised=romanised)


def is_listed(norm: str, folded: str) -> bool:
    """Tell whether a typed word is one of the vocabulary, in any inflection, not mistyped."""
    return lexicon().lists(norm, folded)
