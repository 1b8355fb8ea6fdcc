"""Words typed without blanks: «чтостроят внаурызбайском районе», «алатаудақаншамектепбар».

A long word that nothing knows is cut into words that are all known, the fewest and longest of them.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from handlers.understanding.gazetteer import Known
from handlers.understanding.lexicon import english, russian
from handlers.understanding.lexicon.kazakh import is_known_kazakh
from handlers.understanding.lexicon.tokens import Token
from handlers.understanding.lexicon.vocabulary_index import is_listed
from handlers.understanding.numbers.senses import senses_of
from storage.words import fold, normalise
from storage.words.letters import is_cyrillic

SHORTEST, _LONGEST = 6, 40
"""Letters of a word that may be several."""

_LONGEST_WORD = 16
_SHORT = 3
"""A word of so few letters is less likely one of the words."""

_SHORTEST_NAME = 5
_MOST_WORDS = 8
_MOST_TRIED = 3


def separated(text: str, tokens: Sequence[Token], unread: Sequence[Token], known: Known) -> str:
    """Return the text with the unread words cut into words that are known; as it was for none."""
    found: list[tuple[Token, str]] = []
    tried = [e for e in unread if not (_is_written_as_name(tokens, e) or _is_a_word(e))]
    for token in tried[:_MOST_TRIED]:
        words = cut(token.text, lambda name: bool(known.places(name)))
        if words:
            found.append((token, " ".join(words)))
    for token, apart in reversed([each for each in found if each[0] in tokens]):
        text = text[: token.start] + apart + text[token.end :]
    return text


def _is_written_as_name(tokens: Sequence[Token], token: Token) -> bool:
    """Tell whether a capital within the text says that the word is a name: Maulenov Street."""
    return token in tokens[1:] and token.text[:1].isupper() and not token.text.isupper()


def _is_a_word(token: Token) -> bool:
    """Tell whether a dictionary has the word as it is: аквапарк is not аква and парк."""
    if not is_cyrillic(token.norm):
        return english.is_known(token.folded)
    return russian.is_known(token.norm) or is_known_kazakh(token.folded)


def cut(word: str, is_name: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the words that a word was run together from; () where it cannot be told.

    `is_name` tells whether some letters are the name of a place.
    """
    if not SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return ()
    costs: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            if costs[start][0] == float("inf"):
                continue
            cost = costs[start][0] + _cost(word[start:end], is_name)
            if cost < costs[end][0]:
                costs[end] = (cost, start)
    if costs[-1][0] == float("inf"):
        return ()
    words: list[str] = []
    end = len(word)
    while end:
        start = costs[end][1]
        words.append(word[start:end])
        end = start
    several = 1 < len(words) <= _MOST_WORDS
    said = any(len(each) > _SHORT and _is_word(each.lower()) for each in words)
    return tuple(reversed(words)) if several and said else ()


def _cost(part: str, is_name: Callable[[str], bool]) -> float:
    if _is_word(part.lower()):
        if part.lower() == _OFTENEST:
            return _LIKELY
        return 1.0 if len(part) > _SHORT else 2.0 + (_SHORT - len(part))
    if len(part) >= _SHORTEST_NAME and is_name(part):
        return 1.5
    return float("inf")


@lru_cache(maxsize=16384)
def _is_word(word: str) -> bool:
    norm = normalise(word) or word
    if len(norm) == 1:
        return norm in _LETTERS
    return is_listed(norm, fold(norm)) or (len(norm) > _SHORT and bool(senses_of(norm)))


_OFTENEST, _LIKELY = "в", -0.1
"""Rather «школы в» than an odd form of one word."""

_LETTERS = frozenset("вксуиао")
"""Russian words of one letter."""
