"""Words that are meant as they were typed, however near a word of time or number they come."""

from functools import cache, lru_cache

from handlers.understanding.lexicon import english, russian
from handlers.understanding.lexicon.kazakh import is_known_kazakh
from storage.vocabulary import (
    DISTRICTS,
    KINDS,
    PROGRAMMES,
    SECTORS,
    STATUSES,
    UNITS,
)
from storage.vocabulary.phrases import phrases
from storage.vocabulary.senses import not_typos
from storage.words import fold, latin_key, normalise
from storage.words.kazakh_stems import kazakh_stem
from storage.words.latin import to_cyrillic
from storage.words.letters import is_cyrillic
from storage.words.wordlists import folded_words


@lru_cache(maxsize=8192)
def is_meant(folded: str) -> bool:
    """Tell whether a folded word is a known word: Russian, Kazakh with endings, of the vocabulary.

    «кешені» is the complex and not кеше, yesterday; «южнее» is not июне.
    """
    if not is_cyrillic(folded):
        if english.is_known(folded):
            return True
        romanised = kazakh_stem(to_cyrillic(folded)) in folded_words("kazakh")
        return romanised or latin_key(folded) in _keys()
    known = folded in _words() or is_known_kazakh(folded)
    return known or russian.is_known(folded)


def load() -> None:
    """Build the lists now instead of with the first question."""
    _keys()


@cache
def _words() -> frozenset[str]:
    tables = (KINDS, SECTORS, STATUSES, PROGRAMMES, UNITS)
    names = {name for table in tables for entry in table.values() for name in entry.names()}
    names |= {name for district in DISTRICTS.values() for name in district.all_names()}
    listed = {word for name in names for word in fold(normalise(name)).split()}
    listed |= {fold(word) for phrase in phrases() for word in phrase.words}
    return not_typos() | folded_words("kazakh") | folded_words("russian") | listed


@cache
def _keys() -> frozenset[str]:
    return frozenset(latin_key(word) for word in _words())
