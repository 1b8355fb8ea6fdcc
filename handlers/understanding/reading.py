"""Steps 1 to 5 put together: everything that is found in a text, before anything is decided."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.understanding.gazetteer import Known
from handlers.understanding.lexicon import russian
from handlers.understanding.lexicon.phrase_matcher import WEIGHTLESS, Match, match
from handlers.understanding.lexicon.tokens import Span, Token, compose, tokenise
from handlers.understanding.lexicon.vocabulary_index import LATIN
from handlers.understanding.mentions import (
    beside,
    but_listed_names,
    find_contractors,
    find_places,
    listed_names,
)
from handlers.understanding.numbers.amounts import find_amounts
from handlers.understanding.numbers.roles import NumberFound, find_numbers
from handlers.understanding.question import PlaceName
from handlers.understanding.time.periods import PeriodValue, find_periods
from storage.values.ranges import Amount
from storage.vocabulary.senses import stages
from storage.words import fold, normalise
from storage.words.kazakh_endings import plural_forms
from storage.words.letters import is_cyrillic

_SHORTEST_WORD = 3
_CLEARLY_ENGLISH = 3
_ADJECTIVES = ("ого", "ом", "ий", "ому", "им")
"""Endings of Алатауский: an adjective is never the name of a street."""

_SURE = frozenset(
    ("district", "kind", "sector", "programme", "indicator", "by", "topic", "ask", "state")
)
_PAST = frozenset(
    (
        *(("ask", "changed"), ("ask", "changed_due"), ("ask", "changed_money"), ("ask", "new")),
        *(("ask", "announced"), ("event", "announced")),
    )
)
"""Asked of what has been, whatever verbs of the future stand beside."""

_NUMBERED = frozenset(
    ("school", "school_extension", "kindergarten", "clinic", "hospital", "college", "power_plant")
)
_MOST_DIGITS = 3
JOINING = frozenset(("и", "или", "және", "мен", "пен", "бен", "and", "or", "да", "де", "әлде"))
"""Words that add one thing to another."""

_KAZAKH_PLURALS = plural_forms()

_QUOTED = re.compile('[«“„"][^«»“”„"]{2,60}[»”“"]')

_BRACKETED = re.compile(r"\([^()]{2,120}\)")

_HIDDEN = "¤"
"""Stands for a word that has been read already; no word of time, number or money."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a text and where; `unread` are the words that nothing was made of.

    `whole` are the matches of the whole text, `matches` those of the part that asks. `borrowed` of
    them say what it is about, but stand in another part: a question before it says so better.
    `inside` are the kinds within the names of places: озеро Сайран. `ignored` are the tokens of the
    parts that neither ask nor say what it is about. `listed` are the unread ones that are names of
    the list, `bracketed` those in brackets.
    """

    tokens: tuple[Token, ...] = ()
    matches: tuple[Match, ...] = ()
    periods: tuple[Span[PeriodValue], ...] = ()
    amounts: tuple[Span[Amount], ...] = ()
    numbers: tuple[Span[NumberFound], ...] = ()
    places: tuple[Span[PlaceName], ...] = ()
    unread: tuple[Token, ...] = ()
    whole: tuple[Match, ...] = ()
    contractors: tuple[Span[str], ...] = ()
    quoted: frozenset[int] = frozenset()
    borrowed: tuple[Match, ...] = ()
    inside: tuple[Match, ...] = ()
    ignored: frozenset[int] = frozenset()
    listed: frozenset[int] = frozenset()
    bracketed: frozenset[int] = frozenset()

    def of(self, slot: str) -> tuple[Match, ...]:
        """Return the matches of a slot in the order of the text."""
        return tuple(each for each in self.matches if each.slot == slot)

    def values(self, slot: str) -> tuple[Any, ...]:
        """Return the values of a slot, each once, in the order of the text."""
        return tuple(dict.fromkeys(each.value for each in self.matches if each.slot == slot))

    def has(self, slot: str, *values: str) -> bool:
        """Tell whether the slot was filled, with one of `values` where given."""
        return any(
            each.slot == slot and (not values or each.value in values) for each in self.matches
        )

    @property
    def quality(self) -> float:
        """Return how much was read: the words that mean something, less those unread."""
        content = [each for each in self.matches if each.slot not in WEIGHTLESS]
        read = sum(each.quality * (each.end - each.start) for each in content)
        return read + len(self.periods) + len(self.amounts) + len(self.places) - len(self.unread)


def read(text: str, *, today: date, known: Known) -> Reading:
    """Return what is found in the whole of `text`. Never raises."""
    tokens = tokenise(text)
    reading = _read(tokens, today, known, romanised=False)
    if _is_latin(tokens) and (reading.unread or _is_romanised(reading)):
        other = _read(tokens, today, known, romanised=True)
        likelier = other.quality > reading.quality or _is_mostly_romanised(reading, other)
        if likelier and not _is_english(reading):
            reading = other
    quoted, examples = _within(_QUOTED, text, tokens), _within(_BRACKETED, text, tokens)
    return _without_examples(replace(reading, quoted=quoted, bracketed=examples))


def _without_examples(reading: Reading) -> Reading:
    """Return the reading without kinds in brackets that only tell what a sector is made of."""
    inside = reading.bracketed
    if not inside or not any(each.start not in inside for each in reading.of("sector")):
        return reading
    kept = [e for e in reading.matches if e.slot not in _EXAMPLES or e.start not in inside]
    return replace(reading, matches=tuple(kept), whole=tuple(kept))


_EXAMPLES = frozenset(("kind", "sector"))


def _within(signs: re.Pattern[str], text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Return the tokens between quotation marks (a name, whatever they mean) or in brackets."""
    spans = [found.span() for found in signs.finditer(compose(text))]
    return frozenset(
        index
        for index, token in enumerate(tokens)
        if any(start < token.start and token.end < end for start, end in spans)
    )


def _read(tokens: tuple[Token, ...], today: date, known: Known, *, romanised: bool) -> Reading:
    first = match(tokens, romanised=romanised)
    past = False if any(each.meaning in _PAST for each in first) else None
    periods = tuple(find_periods(_without(tokens, _named_for_sure(first)), today, future=past))
    taken = _covered(periods)
    amounts = tuple(each for each in find_amounts(tokens) if _free(each, taken))
    taken |= _covered(amounts)
    numbers = [each for each in find_numbers(tokens) if _free(each, taken)]
    matches = _no_streets(match(tokens, taken | _covered(numbers), romanised=romanised))
    matches = _but_numbered_topics(tokens, but_listed_names(tokens, matches, known))
    companies = tuple(find_contractors(tokens, matches, taken | _covered(numbers), known))
    matches = [each for each in matches if _free(each, _covered(companies))]
    taken |= _covered(companies)
    places = tuple(find_places(tokens, matches, taken, known))
    kept = tuple(each for each in matches if not beside(each, places, matches))
    inside = tuple(each for each in matches if each.slot == "kind" and each not in kept)
    taken |= _covered(places)
    numbers = [each for each in numbers if _free(each, taken)]
    numbers += _beside_kinds(tokens, kept, taken | _covered(numbers))
    numbers += _joined(tokens, numbers, taken | _covered(numbers))
    kept = _streets(tokens, kept, taken)
    taken |= _covered(numbers)
    unread = tuple(
        token for i, token in enumerate(tokens) if i not in taken and _matters(token, i, matches)
    )
    listed = listed_names(tokens, unread, matches, known)
    return Reading(
        tokens,
        kept,
        periods,
        amounts,
        tuple(numbers),
        places,
        unread,
        kept,
        companies,
        inside=inside,
        listed=listed,
    )


def _but_numbered_topics(tokens: Sequence[Token], matches: Sequence[Match]) -> list[Match]:
    """Return the matches without topics that bear a number: 7 очередь is a stage, not a queue."""
    picks = {index for each in matches if each.slot == "pick" for index in (each.start, each.end)}
    return [
        each
        for each in matches
        if each.slot != "topic"
        or tokens[each.start].folded not in stages()
        or each.end - each.start > 1
        or not (_is_numbered(tokens, each) or picks & {each.start, each.end})
    ]


def _is_numbered(tokens: Sequence[Token], match: Match) -> bool:
    beside = (match.start - 1, match.end)
    return any(0 <= index < len(tokens) and tokens[index].is_number for index in beside)


_NEAREST = ("ask", "near_me")
"""The nearest are schools or days: ближайшие школы, ближайшие 30 дней."""


def _named_for_sure(matches: Sequence[Match]) -> set[int]:
    """Return the tokens that are no slips of months: Наурызбай (наурыз), қашан (қазан)."""
    sure = [
        each
        for each in matches
        if each.quality >= LATIN
        and each.meaning != _NEAREST
        and (each.slot in _SURE or (each.slot in WEIGHTLESS and each.end - each.start > 1))
    ]
    return _covered(sure)


def _beside_kinds(
    tokens: Sequence[Token], matches: Sequence[Match], taken: set[int]
) -> list[Span[NumberFound]]:
    """Return the numbers of facilities whose noun is inflected or mistyped: 220 школаның."""
    found = []
    for each in matches:
        if each.slot != "kind" or each.value not in _NUMBERED or is_plural(each.text):
            continue
        for index in (each.start - 1, each.end):
            if not 0 <= index < len(tokens) or index in taken:
                continue
            digits = tokens[index].text
            if digits.isdecimal() and len(digits) <= _MOST_DIGITS and int(digits):
                value = NumberFound(int(digits), "facility")
                found.append(Span(index, index + 1, value, "facility", digits))
                break
    return found


def _joined(
    tokens: Sequence[Token], numbers: Sequence[Span[NumberFound]], taken: set[int]
) -> list[Span[NumberFound]]:
    """Return the numbers that go on with a facility's: школы 24 и 63, №24, 63 мектеп."""
    found = []
    for each in numbers:
        last = each.end
        while each.value.role == "facility" and last < len(tokens):
            index = last + (tokens[last].norm in JOINING)
            if index >= len(tokens) or index in taken:
                break
            digits = tokens[index].text
            if not digits.isdecimal() or len(digits) > _MOST_DIGITS or not int(digits):
                break
            value = NumberFound(int(digits), "facility")
            found.append(Span(index, index + 1, value, "facility", digits))
            last = index + 1
    return found


def is_plural(text: str) -> bool:
    """Tell whether the noun of a text is a plural; a form that may be either is none."""
    word = fold(normalise(text.rsplit(maxsplit=1)[-1]))
    kazakh = any(ending in word for ending in _KAZAKH_PLURALS)
    if word.isascii():
        return word.endswith("s") and not word.endswith("ss")
    return kazakh or russian.is_plural(normalise(text.rsplit(maxsplit=1)[-1]))


def _streets(
    tokens: Sequence[Token], matches: tuple[Match, ...], taken: set[int]
) -> tuple[Match, ...]:
    """Return the matches with the streets of an unread name as words of a name: Розовая улица."""
    read = {index for each in matches for index in range(each.start, each.end)} | taken
    kinds = [each for each in matches if each.slot == "kind"]

    def named(each: Match) -> bool:
        if each.meaning != ("kind", "street") or len(kinds) == 1:
            return False
        return any(
            0 <= index < len(tokens) and index not in read and not tokens[index].is_number
            for index in (each.start - 1, each.end)
        )

    return tuple(
        replace(each, slot="street_word", value="word") if named(each) else each for each in matches
    )


def _no_streets(matches: list[Match]) -> list[Match]:
    """Return the matches without the districts that only name a street: Әуезов көшесі."""
    streets = [each for each in matches if _is_street(each)]
    return [
        each
        for each in matches
        if each.slot != "district"
        or each.text.lower().endswith(_ADJECTIVES)
        or not any(street.start == each.end or street.end == each.start for street in streets)
    ]


def _is_street(match: Match) -> bool:
    return match.slot == "street_word" or match.meaning == ("kind", "street")


def _without(tokens: tuple[Token, ...], hidden: set[int]) -> tuple[Token, ...]:
    return tuple(
        Token(_HIDDEN, _HIDDEN, _HIDDEN, each.start, each.end) if i in hidden else each
        for i, each in enumerate(tokens)
    )


def _covered(spans: Sequence[Span[Any] | Match]) -> set[int]:
    return {index for each in spans for index in range(each.start, each.end)}


def _free(span: Span[Any] | Match, taken: set[int]) -> bool:
    return not taken & set(range(span.start, span.end))


def _matters(token: Token, index: int, matches: Sequence[Match]) -> bool:
    """Tell whether an unread word may change the answer: prepositions and the like do not."""
    if any(each.start <= index < each.end for each in matches):
        return False
    if token.is_number or len(token.folded) < _SHORTEST_WORD:
        return False
    return not russian.is_known(token.norm) or russian.is_content(token.norm)


def _is_latin(tokens: Sequence[Token]) -> bool:
    words = [each for each in tokens if not each.is_number]
    return bool(words) and not any(is_cyrillic(each.norm) for each in words)


def _is_romanised(reading: Reading) -> bool:
    return any("en" not in each.languages for each in reading.matches)


def _is_mostly_romanised(reading: Reading, other: Reading) -> bool:
    """Tell whether one English word stands among romanised ones: «most na ... kogda otkroyut»."""
    content = [each for each in reading.matches if each.slot not in WEIGHTLESS]
    english = [each for each in content if each.languages == {"en"}]
    no_worse = len(other.unread) <= len(reading.unread)
    return no_worse and len(english) == 1 and len(content) - len(english) > 1


def _is_english(reading: Reading) -> bool:
    """Tell whether a Latin text holds so many English words that it is English."""
    words = [each for each in reading.matches if each.languages == {"en"}]
    others = [each for each in reading.matches if "en" not in each.languages]
    return len(words) >= _CLEARLY_ENGLISH and len(words) > len(others)
