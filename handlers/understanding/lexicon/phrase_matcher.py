"""Step 3: phrases of the vocabulary in a text, longest span first, each word used once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from handlers.understanding.lexicon.tokens import Token, surface
from handlers.understanding.lexicon.vocabulary_index import EXACT, Candidates, candidates, lexicon
from storage.vocabulary.phrases import Meaning, phrases
from storage.words import kazakh_chains
from storage.words.languages import Language

_Node = dict[int, Any]
_PHRASES = -1

_FIRST = ("district", "kind", "programme", "sector", "state", "event")
_LAST = ("filler", "me", "topic")
_SURE_TOPIC, _INFLECTED = 0.68, 0.9
"""Less like a listed word, or inflected within an expression, it names no other topic."""

WEIGHTLESS = frozenset(("filler", "me"))
"""Slots of words that mean nothing for the question."""


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens from `start` up to `end` read as `value` of `slot`; `quality` 1 is exact.

    `languages`: those in which the words are listed (парк is Kazakh and Russian).
    """

    start: int
    end: int
    slot: str
    value: str
    languages: frozenset[Language]
    quality: float
    text: str

    @property
    def meaning(self) -> Meaning:
        """Return slot and value."""
        return self.slot, self.value


@cache
def _tree() -> _Node:
    """Return the phrases as a tree of the numbers of their words."""
    root: _Node = {}
    known = lexicon()
    for phrase in phrases():
        node = root
        for word in phrase.words:
            node = node.setdefault(known.number(word, phrase.language), {})
        node.setdefault(_PHRASES, []).append(phrase)
    return root


def load() -> None:
    """Build the vocabulary's look-ups now instead of at the first question."""
    _tree()
    kazakh_chains.every_chain()


def match(
    tokens: Sequence[Token], taken: Iterable[int] = (), *, romanised: bool = False
) -> list[Match]:
    """Return the phrases found, in the order of the text; tokens in `taken` are left alone."""
    used = set(taken)
    words = [
        () if index in used else candidates(token.norm, token.folded, romanised=romanised)
        for index, token in enumerate(tokens)
    ]
    found = [each for start in range(len(tokens)) for each in _from(start, words, tokens)]
    chosen = []
    for each in sorted(found, key=_rank):
        span = set(range(each.start, each.end))
        if not span & used:
            used |= span
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.start)


def _rank(each: Match) -> tuple[int, float, int, int]:
    order = 0 if each.slot in _FIRST else 2 if each.slot in _LAST else 1
    return each.start - each.end, -each.quality, order, each.start


def _from(start: int, words: list[Candidates], tokens: Sequence[Token]) -> Iterator[Match]:
    """Yield every phrase that begins at `start`."""
    paths: list[tuple[_Node, float]] = [(_tree(), 0.0)]
    for end in range(start, len(tokens)):
        paths = [
            (node[number], total + score)
            for node, total in paths
            for number, score in words[end]
            if number in node
        ]
        if not paths:
            return
        yield from _ending(start, end + 1, paths, tokens)


def _is_topic(quality: float, words: int) -> bool:
    """Tell whether a text is so surely about something else: күнде қандай is not күн қандай."""
    inflected = words > 1 and _INFLECTED <= quality < EXACT
    return quality >= _SURE_TOPIC and not inflected


def _ending(
    start: int, end: int, paths: list[tuple[_Node, float]], tokens: Sequence[Token]
) -> Iterator[Match]:
    """Yield the phrases whose last word stands before `end`, each meaning once, its best."""
    best: dict[Meaning, tuple[float, frozenset[Language]]] = {}
    for node, total in paths:
        for phrase in node.get(_PHRASES, ()):
            score, languages = best.get(phrase.meaning, (0.0, frozenset()))
            if total > score:
                best[phrase.meaning] = total, frozenset((phrase.language,))
            elif total == score:
                best[phrase.meaning] = total, languages | {phrase.language}
    for (slot, value), (total, languages) in best.items():
        quality = total / (end - start)
        if slot == "topic" and not _is_topic(quality, end - start):
            continue
        text = surface(tokens, start, end)
        yield Match(start, end, slot, value, languages, quality, text)
