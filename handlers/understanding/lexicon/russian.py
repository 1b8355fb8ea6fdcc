"""Step 3: Russian words by their dictionary (OpenCorpora through pymorphy3), all parses."""

from functools import lru_cache
from typing import Any

from storage.words import fold
from storage.words.russian import analyzer

_PROPER = frozenset(("Surn", "Name", "Patr", "Geox"))
_CONTENT = frozenset(("NOUN", "ADJF", "ADJS", "VERB", "INFN", "PRTF", "PRTS", "GRND"))
_SKIPPED_FORMS = frozenset(("Abbr", "Init"))


@lru_cache(maxsize=16384)
def _parses(word: str) -> tuple[tuple[str, str], ...]:
    """Return lemma (folded) and part of speech of each parse; none for a word of no dictionary."""
    dictionary = analyzer()
    if not dictionary.word_is_known(word):
        return ()
    parses = (
        (fold(parse.normal_form) + _tense(parse), str(parse.tag.POS or ""))
        for parse in dictionary.parse(word)
        if not _SKIPPED_FORMS & parse.tag.grammemes
    )
    return tuple(dict.fromkeys(parses))


def _tense(parse: Any) -> str:
    """Return the tense of «быть», which is not one word then: «были открыты» is not «будут»."""
    return f".{parse.tag.tense}" if parse.normal_form == "быть" and parse.tag.tense else ""


def lemmas(word: str) -> tuple[str, ...]:
    """Return the dictionary forms, folded, of a normalised word: дорогой дорога, дорогой."""
    return tuple(dict.fromkeys(lemma for lemma, _part in _parses(word)))


def is_known(word: str) -> bool:
    """Tell whether the dictionary has this form."""
    return bool(_parses(word))


@lru_cache(maxsize=16384)
def is_proper(word: str) -> bool:
    """Tell whether a known word may be a surname, a first name or a place: Вахтангова."""
    dictionary = analyzer()
    return dictionary.word_is_known(word) and any(
        _PROPER & parse.tag.grammemes for parse in dictionary.parse(word)
    )


@lru_cache(maxsize=4096)
def is_plural(word: str) -> bool:
    """Tell whether a known word can only be a plural: школ, школам; not школы."""
    dictionary = analyzer()
    if not dictionary.word_is_known(word):
        return False
    return all("plur" in parse.tag.grammemes for parse in dictionary.parse(word))


def is_content(word: str) -> bool:
    """Tell whether a known word may be a noun, adjective or verb; False for an unknown one."""
    return any(part in _CONTENT for _lemma, part in _parses(word))


def is_noun(word: str) -> bool:
    """Tell whether the word may be a noun."""
    return any(part == "NOUN" for _lemma, part in _parses(word))


def forms(word: str) -> frozenset[str]:
    """Return all inflected forms, folded, of a word; guessed for one of no dictionary."""
    parse = analyzer().parse(word)[0]
    return frozenset(fold(form.word) for form in parse.lexeme)
