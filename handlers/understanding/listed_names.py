"""Words that only the list knows: of a title or an address, whether or not they are a known place.

«Что строится в Сулусае», «№24 мектеп Боралдайда бітті ме»: they say which project is meant where a
number or a kind says so too, and else of which ones a list is wanted.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from handlers.understanding.gazetteer import Known
from handlers.understanding.lexicon import russian
from handlers.understanding.lexicon.tokens import Token
from handlers.understanding.mentions import may_name
from handlers.understanding.reading import Reading
from storage.words import normalise

_RARE = 12
"""An everyday word in the names of more projects says nothing of which are meant."""

_FEW = 24
"""A name that more projects bear is part of another word, or of every address."""

_MOST_WORDS = 5


def narrowed(
    reading: Reading, found: Collection[int], known: Known
) -> tuple[tuple[int, ...], tuple[Token, ...]]:
    """Return those of the `found` projects whose names have most unread words, and these words.

    All of them and no word where none of the words stands in a name of theirs.
    """
    for some in _subsets([each for each in reading.unread if may_name(each)][:_MOST_WORDS]):
        kept = [each for each in found if all(each in known.titled(word.norm) for word in some)]
        if kept:
            return tuple(kept), some
    return tuple(found), ()


def at_place(reading: Reading, found: Collection[int], known: Known) -> tuple[int, ...]:
    """Return those of the `found` projects that are named after the place; all where none is."""
    bearers = bearing(reading.places[0].text, known) if reading.places else ()
    return tuple(each for each in found if each in bearers) or tuple(found)


def bearing(name: str, known: Known) -> tuple[int, ...]:
    """Return the projects in whose title or address all words of a name stand, as it was typed."""
    found = [known.titled(word) for word in normalise(name).split() if word.isalpha()]
    both = frozenset.intersection(*found) if found else frozenset[int]()
    return tuple(sorted(both)) if len(both) <= _FEW else ()


def named_in_list(reading: Reading, known: Known) -> tuple[tuple[int, ...], tuple[Token, ...]]:
    """Return the projects whose names have the unread words, and these words; none: ((), ()).

    A word that stands as a name does (`Reading.listed`) may stand in any number of names, a Russian
    noun only in few.
    """
    words = [each for each in reading.unread if may_name(each) and known.titled(each.norm)]
    words = [
        each
        for each in words
        if reading.tokens.index(each) in reading.listed | reading.quoted
        or (russian.is_noun(each.norm) and len(known.titled(each.norm)) <= _RARE)
    ]
    for some in _subsets(words[:_MOST_WORDS]):
        found = frozenset.intersection(*(known.titled(each.norm) for each in some))
        if found:
            numbers = list(_numbers_behind(reading, some))
            exact = [known.titled(each.norm) for each in numbers]
            both = frozenset.intersection(found, *exact) if exact else frozenset[int]()
            return tuple(sorted(both or found)), (*some, *(numbers if both else ()))
    return (), ()


def _numbers_behind(reading: Reading, words: Sequence[Token]) -> Iterator[Token]:
    """Yield the numbers tied to a name: Шаңырақ-2, Калкаман 2."""
    for word in words:
        index = reading.tokens.index(word) + 1
        if index < len(reading.tokens) and reading.tokens[index].is_number:
            yield reading.tokens[index]


def _subsets(words: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield the words, all of them first, then fewer."""
    for count in range(len(words), 0, -1):
        yield from combinations(words, count)
