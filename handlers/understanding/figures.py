"""Which figure of a programme a question asks for, by the words of what it counts.

«Сколько сёл получат дороги», «ко Дню Республики сколько социальных объектов»: a figure that says
just that is preferred to counting the list, where its programme or area is named, or its words are
nobody else's. What it counts is data (`storage.vocabulary.figures`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from handlers.understanding.question import Question
from handlers.understanding.reading import Reading
from storage.values.city import REGION
from storage.vocabulary import PROGRAMMES
from storage.vocabulary.figures import CountedFigure, Scope, family, figures
from storage.words import fold, query_terms, stems

_COUNTING = ("quantity", "count", "amount", "size", "total", "target", "cost")
_EXPLAINED = ("kind", "sector", "district", "state")
"""Slots of which nothing may be left over: a figure of all projects is not that of the parks."""

MONEY = "$money"
"""Stands in the words of a figure for any word of money."""

_NEAR_ENOUGH: Mapping[Scope, int] = {"programme": 2, "named": 1, "free": 0}

Spot = tuple[int, int, int]
"""A word of an alternative of a figure, by their numbers."""


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A figure that may be meant: how near its programme is to the one named, in how many words.

    `near`: 3 its own programme, 2 one of the same family, 1 its region, 0 none. `apart`: how many
    words stand between «how many» and what it counts.
    """

    figure: CountedFigure
    near: int
    words: int
    apart: int


@cache
def _index() -> tuple[dict[str, set[Spot]], dict[tuple[int, int], int]]:
    """Return the words of all alternatives by their stems, and how many words each has.

    A stem is found without its last letters too, as typed words are cut in other places; by no
    shorter beginning: «roads» are no roadmap.
    """
    spots: dict[str, set[Spot]] = defaultdict(set)
    lengths: dict[tuple[int, int], int] = {}
    for number, figure in enumerate(figures()):
        for place, alternative in enumerate(figure.counted):
            words = alternative.split()
            lengths[number, place] = len(words)
            for index, word in enumerate(words):
                for stem in _beginnings(word):
                    spots[stem].add((number, place, index))
    return spots, lengths


_CUT, _SHORTEST = 2, 4


def _beginnings(word: str) -> set[str]:
    if word == MONEY:
        return {MONEY}
    whole = {*stems(word).split(), fold(word.lower())}
    cut = {each[: len(each) - count] for each in whole for count in range(1, _CUT + 1)}
    return whole | {each for each in cut if len(each) >= _SHORTEST}


def load() -> None:
    """Build the index now instead of at the first question."""
    _index()


def candidates(reading: Reading) -> list[FigureFound]:
    """Return the figures whose words stand in the text, the likeliest first."""
    spots, lengths = _index()
    said: dict[tuple[int, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for place, terms in _terms(reading):
        for number, alternative, word in set().union(*(spots.get(each, ()) for each in terms)):
            said[number, alternative][word].add(place)
    whole: dict[int, list[set[int]]] = defaultdict(list)
    for (number, alternative), words in said.items():
        places = set().union(*words.values())
        if len(words) == lengths[number, alternative] <= len(places):
            whole[number].append(places)
    found = [
        each for number, all_of in sorted(whole.items()) for each in _meant(reading, number, all_of)
    ]
    return sorted(found, key=lambda each: (-each.near, -each.words, each.apart))


def _terms(reading: Reading) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the places of the words with what they are looked up by; of money «$money» as well."""
    for place, token in enumerate(reading.tokens):
        if not token.is_number:
            yield place, [each for term in query_terms(token.norm) for each in term]
    for each in reading.matches:
        if each.slot == "money" or (each.slot == "ask" and each.value in _OF_MONEY):
            yield each.start, [MONEY]


_OF_MONEY = frozenset(("amount", "cost", "total"))


def _meant(reading: Reading, number: int, all_of: list[set[int]]) -> Iterator[FigureFound]:
    figure, covered = figures()[number], set[int]().union(*all_of)
    if all(
        covered & set(range(each.start, each.end))
        for slot in _EXPLAINED
        for each in reading.of(slot)
        if (slot, each.value) not in _FREE
    ):
        words = max(map(len, all_of))
        yield FigureFound(figure, _nearness(reading, figure), words, _apart(reading, covered))


def _apart(reading: Reading, covered: set[int]) -> int:
    """Return how many words after «how many» the first word of the figure stands."""
    asked = [each.end for each in reading.of("ask") if each.value in _COUNTING]
    apart = (place - end for end in asked for place in covered if place >= end)
    return min(apart, default=len(reading.tokens))


_FREE = frozenset((("state", "planned"), ("state", "building"), ("state", "completed")))
"""What a promise says of itself: planned, built."""


def _nearness(reading: Reading, figure: CountedFigure) -> int:
    named = reading.values("programme")
    if figure.programme in named:
        return 3
    if any(figure.programme in family(code) for code in named):
        return 2
    region = PROGRAMMES[figure.programme].area == REGION and REGION in reading.values("area")
    return int(region and not named)


def preferring_figures(reading: Reading, question: Question) -> Question:
    """Return the question about the figure that says just what is asked; else as it was.

    Where it is asked which programme does something, it is that of the figure.
    """
    found = candidates(reading)
    if found and _asks_which_programme(reading):
        return replace(_bare(question), intent="programme", programme=found[0].figure.programme)
    near = [each for each in found if each.near >= _NEAR_ENOUGH[each.figure.scope]]
    if not near or question.intent == "other" or not _counts(reading):
        return question
    figure, best = near[0].figure, near[0]
    other = question.indicator not in {None, figure.code}
    if other and not best.near and best.words == 1:
        return question
    return replace(
        _bare(question), intent="indicator", programme=figure.programme, indicator=figure.code
    )


def _asks_which_programme(reading: Reading) -> bool:
    return reading.has("by", "programme") and not reading.has("programme")


def _counts(reading: Reading) -> bool:
    return reading.has("ask", *_COUNTING) or reading.has("indicator") or reading.has("money")


def _bare(question: Question) -> Question:
    """Return the question without what narrows a list: the figure says it itself."""
    return replace(
        question,
        leftover=(),
        topic=None,
        kinds=(),
        sectors=(),
        states=(),
        districts=(),
        place=None,
        among=(),
        named=None,
        period=None,
        period_of=None,
        years=(),
        money=None,
        projects=(),
        number=None,
        limit=None,
    )
