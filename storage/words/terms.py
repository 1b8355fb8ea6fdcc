"""The stems column and the terms of a search, one scheme for both.

A text becomes plain lower-case words of letters and digits that any full-text engine indexes as
they are (FTS5 `unicode61`, PostgreSQL `simple`):

- the stem of each word, folded: Cyrillic for Kazakh and Russian, Latin for English; two where the
  language is unclear;
- the Latin key of each stem after `qq`, so that «Qalqaman», «Калкаман» and «Қалқаман» meet;
- numbers, words of one or two letters and those of data/whole_words.txt are closed by `zz`: they
  are only ever meant whole, and 17 then does not begin 178, nor көл колледж. Such a Cyrillic word
  also keeps what folding took (күн `кунzz5`, құн `кунzz76`, typed without Kazakh letters `кунzz0`).

A search term finds every stored word that it is a prefix of.
"""

from functools import cache, lru_cache

from storage.words.latin import latin_key, to_cyrillic
from storage.words.letters import fold, is_cyrillic, normalise, tokens
from storage.words.stems import CLOSE_MARK, KEY_MARK, stem, stem_variants
from storage.words.wordlists import folded_lines, folded_words

_SHORT = 2
_SHORTEST_GUESS = 3
_LETTER_DIGITS = dict(zip("әіңғүұқөһ", "123456789", strict=True))


def stems(text: str) -> str:
    """Return what the stems column holds for `text`: terms apart by spaces, each once, in order.

    Store it as it is; give several texts (titles, address) joined by a space. Words that narrow
    nothing down are left out.
    """
    return " ".join(dict.fromkeys(term for word in tokens(text) for term in _stored(word)))


def query_terms(text: str) -> list[list[str]]:
    """Return, for each meaningful word of a typed query, the prefixes that may find it.

    A document answers when for every inner list one of its words begins with one of the terms
    (inflections, the same name in another script, synonyms). Words that narrow nothing down are
    dropped; an empty list means that nothing is left to look for.
    """
    terms = (_asked(word) for word in dict.fromkeys(tokens(text)))
    return [list(alternatives) for alternatives in terms if alternatives]


@lru_cache(maxsize=131072)
def _stored(word: str) -> tuple[str, ...]:
    if fold(word) in folded_words("stopwords"):
        return ()
    variants = stem_variants(word)
    terms = [_closed(term) + _lost_letters(word, term) for term in variants]
    return tuple(dict.fromkeys(terms + _keys(variants if is_cyrillic(word) else (word,))))


@lru_cache(maxsize=32768)
def _asked(word: str) -> tuple[str, ...]:
    if fold(word) in folded_words("stopwords"):
        return ()
    variants = stem_variants(word)
    same = [_closed(other) for term in variants for other in _synonyms().get(term, ())]
    if _is_whole(variants[0]) and fold(word) != word:
        exactly = _closed(variants[0])
        return tuple(
            dict.fromkeys(
                [exactly + _lost_letters(word, variants[0]), exactly + "0"]
                + [term for term in same if term != exactly]
            )
        )
    keys = _keys(variants if is_cyrillic(word) else (word, *_russian_spellings(word)))
    return tuple(dict.fromkeys([*map(_closed, variants), *keys, *same]))


def _russian_spellings(word: str) -> tuple[str, ...]:
    """Return the stems of a Latin word read as Kazakh or Russian: balabaqshalar -> балабакша."""
    variants = stem_variants(to_cyrillic(word)) if word.isalpha() else ()
    return tuple(variant for variant in variants if len(variant) >= _SHORTEST_GUESS)


def _keys(variants: tuple[str, ...]) -> list[str]:
    """Return the Latin keys of stems, marked; numbers have none."""
    keys = (latin_key(variant) for variant in variants if not variant.isdigit())
    return [_closed(KEY_MARK + key) for key in keys if key]


def _closed(term: str) -> str:
    return term + CLOSE_MARK if _is_whole(term.removeprefix(KEY_MARK)) else term


def _is_whole(bare: str) -> bool:
    return len(bare) <= _SHORT or bare[0].isdigit() or bare in _whole_words()


def _lost_letters(word: str, term: str) -> str:
    """Return, for a closed Cyrillic stem, the Kazakh letters that folding took, as digits."""
    if not (_is_whole(term) and is_cyrillic(term) and term.isalpha()):
        return ""
    letters = normalise(word)[: len(term)]
    return "".join(_LETTER_DIGITS.get(letter, "") for letter in letters) or "0"


@cache
def _whole_words() -> frozenset[str]:
    """Return the stems of data/whole_words.txt and their Latin keys."""
    found = {stem(word) for word in folded_words("whole_words")}
    return frozenset(found | {latin_key(word) for word in found})


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Return, for the stem of each word of data/synonyms.txt, the stems of its group."""
    groups = (tuple(dict.fromkeys(map(stem, group))) for group in folded_lines("synonyms"))
    return {term: group for group in groups for term in group}
