"""Step 3: which words of the vocabulary a typed word may be, from exact to mistyped.

Everything is looked up in dictionaries built once; nothing goes through all entries but the mending
of a mistyped word, which rapidfuzz does in C over the words of about the same length.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding import kazakh, russian
from storage.vocabulary.phrases import Phrase, phrases
from storage.words import fold, latin_key
from storage.words.languages import Language
from storage.words.latin import to_cyrillic
from storage.words.letters import KAZAKH_LETTERS, is_cyrillic
from storage.words.russian_stems import english_stem
from storage.words.wordlists import folded_words

EXACT, KAZAKH, RUSSIAN, ENGLISH, LATIN, MENDED = 1.0, 0.95, 0.95, 0.9, 0.85, 0.8
"""How much a match is worth; a mended one so much times its likeness."""

LIKE_ENOUGH = 0.72
LONG_ENOUGH = 5
"""A mistyped word of so many letters is mended when it is so much like one of the vocabulary."""

_OTHER_BEGINNING = 0.85
"""A word that begins with another letter has to be more alike."""

_NEVER_INFLECTED = frozenset(("follow",))
_LONG_IN_LATIN = frozenset(("topic", "filler"))
"""Short words of these take no endings in Latin letters: sonyna is соңына, not the ЦОН's."""

_SHORTEST_STEM = 3
_MENDED_FROM = {"filler": 7, "follow": 99, "topic": 6, "ask": 6, "pick": 99, "noun": 6}
"""Letters that a listed word of a slot needs for a mistyped one to be taken for it."""


Candidates = tuple[tuple[int, float], ...]


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
        inflected: set[int] = set()
        for phrase in listed:
            for text in phrase.words:
                number = self._number(Word(text, phrase.language))
                if len(text) >= _MENDED_FROM.get(phrase.slot, LONG_ENOUGH - 1):
                    self._spell(fold(text), number)
                    self._spell(latin_key(text), number)
                may_be = phrase.inflected and phrase.slot not in _NEVER_INFLECTED
                if may_be and number not in inflected:
                    inflected.add(number)
                    short = phrase.slot in _LONG_IN_LATIN and len(text) < LONG_ENOUGH - 1
                    self._inflect(number, name=phrase.slot == "district", latin=not short)
        self._by_length = {
            cyrillic: _by_length(spelt.keys()) for cyrillic, spelt in self._spelt.items()
        }

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

    def _inflect(self, number: int, *, name: bool, latin: bool) -> None:
        word = self.words[number]
        if not is_cyrillic(word.norm) or len(word.norm) < 2:  # noqa: PLR2004 - су, but no initials
            return
        for spelling in kazakh.spellings(word.norm):
            key = latin_key(spelling)
            chains = (kazakh.legal(word.norm), kazakh.legal(word.norm, key=True))
            if spelling != word.norm:  # only before a vowel
                chains = _vowels(chains[0]), _vowels(chains[1])
            self._stems[fold(spelling)].append((number, spelling, chains[0]))
            if latin:
                self._key_stems[key].append((number, chains[1]))
        if word.language == "ru":
            known = russian.is_known(word.norm) and not name
            for form in russian.forms(word.norm) if known else russian.name_forms(word.norm):
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
        english = _best((*exact, *stemmed))
        latin = self._latin(norm) if romanised or not english else ()
        return latin or english or self._mended_latin(folded)

    def _cyrillic(self, norm: str, folded: str) -> Candidates:
        listed = self._exact.get(folded, ())
        exact = [each for each in listed if kazakh.agrees(norm, self.words[each].norm)]
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
        found = []
        for cut in range(len(folded) - 1, 1, -1):
            rest = folded[cut:]
            for number, spelling, chains in self._stems.get(folded[:cut], ()):
                if rest in chains and kazakh.agrees(norm[:cut], spelling):
                    found.append(number)
        return found

    def _latin(self, norm: str) -> Candidates:
        key = latin_key(norm)
        found = [*self._keys.get(key, ())]
        for cut in range(len(key) - 1, _SHORTEST_STEM - 1, -1):
            stems = self._key_stems.get(key[:cut], ())
            found += [number for number, chains in stems if key[cut:] in chains]
        if found:
            return _best(_scored(found, LATIN))
        guess = to_cyrillic(norm) if norm.isascii() and norm.isalpha() else ""
        lemmas = (lemma for lemma in russian.lemmas(guess)) if guess else iter(())
        found = [number for lemma in lemmas for number in self._lemmas.get(lemma, ())]
        return _scored(found, LATIN)

    def _mended(self, folded: str, norm: str) -> Candidates:
        if len(folded) < LONG_ENOUGH or russian.is_known(norm) or is_known_kazakh(folded):
            return ()
        return self._alike(folded, cyrillic=True)

    def _mended_latin(self, folded: str) -> Candidates:
        if len(folded) < LONG_ENOUGH:
            return ()
        return self._alike(folded, cyrillic=False) or self._alike(latin_key(folded), cyrillic=False)

    def _alike(self, text: str, *, cyrillic: bool) -> Candidates:
        """Return the words most like `text`, all with the same likeness."""
        best = LIKE_ENOUGH
        words: list[str] = []
        for choices in self._near(len(text), cyrillic=cyrillic):
            found = process.extract(
                text, choices, scorer=OSA.normalized_similarity, score_cutoff=best, limit=4
            )
            for spelt, likeness, _index in found:
                if spelt[0] != text[0] and likeness < _OTHER_BEGINNING:
                    continue
                if likeness > best:
                    best, words = likeness, []
                words.append(spelt)
        numbers = {number for spelt in words for number in self._spelt[cyrillic][spelt]}
        return _scored(numbers, MENDED * best)

    def _near(self, length: int, *, cyrillic: bool) -> Iterable[list[str]]:
        lengths = self._by_length[cyrillic]
        reach = max(1, int(length * (1 - LIKE_ENOUGH)))
        return [lengths[n] for n in range(length - reach, length + reach + 1) if n in lengths]


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


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for word in words:
        found[len(word)].append(word)
    return dict(found)


@lru_cache(maxsize=16384)
def is_known_kazakh(folded: str) -> bool:
    """Tell whether a folded word is one of the Kazakh words, perhaps with endings."""
    from storage.words.kazakh_stems import kazakh_stem

    return kazakh_stem(folded) in folded_words("kazakh")


@cache
def lexicon() -> Lexicon:
    """Return the words of the vocabulary, built at the first call."""
    return Lexicon(phrases())


@lru_cache(maxsize=16384)
def candidates(norm: str, folded: str, *, romanised: bool = False) -> Candidates:
    """Return what `Lexicon.candidates` of the vocabulary returns, remembered."""
    return lexicon().candidates(norm, folded, romanised=romanised)
