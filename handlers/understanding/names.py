"""Step 5: names of places and projects, through the look-up that is passed in."""

from collections.abc import Iterator, Sequence

from handlers.understanding import russian
from handlers.understanding.known import Known
from handlers.understanding.matching import Match
from handlers.understanding.question import PlaceName
from handlers.understanding.tokens import Span, Token, surface
from storage.words import stem

_LONGEST_NAME = 4
_MOST_LOOKUPS = 12
"""A long text asks the look-up so often and no more."""

_MOST_CANDIDATES = 12
"""Words that fit more projects name none."""

_SHORTEST_WORD = 4
_LONGEST_COMPANY = 3

_SILENT = frozenset(("place_word", "street_word", "number_word"))
_STREETS = frozenset(("street", "boulevard"))
_WITHIN = frozenset(("filler", "topic", "noun"))
"""Words of these slots may stand at the edge of a name (Жас Қанат) whose rest is unknown."""

_NEVER = frozenset(("ask", "follow", "event", "state", "order", "most", "money", "by"))
_SHORTEST_EDGE = 3


def find_places(
    tokens: Sequence[Token], matches: Sequence[Match], taken: set[int], known: Known
) -> list[Span[PlaceName]]:
    """Return the places that the text names; words read as something else may be part of a name."""
    slots = _slots(tokens, matches)
    found: list[Span[PlaceName]] = []
    used = set(taken)
    for start, end in _windows(tokens, slots, used):
        if used & set(range(start, end)):
            continue
        text = surface(tokens, start, end)
        place = _place(text, tokens[end - 1], known)
        if place is not None:
            found.append(Span(start, end, place, "place", text))
            used.update(range(start, end))
    return found


def _place(text: str, last: Token, known: Known) -> PlaceName | None:
    """Return the place with this name, its last word in any case."""
    before = text[: len(text) - len(last.text)]
    endings = (stem(last.norm), *russian.nominatives(last.norm))
    for name in (text, *(before + each for each in endings if each != last.norm)):
        if places := known.places(name):
            return places[0]
    return None


def _slots(tokens: Sequence[Token], matches: Sequence[Match]) -> list[Match | None]:
    slots: list[Match | None] = [None] * len(tokens)
    for match in matches:
        for index in range(match.start, match.end):
            slots[index] = match
    return slots


def _windows(
    tokens: Sequence[Token], slots: Sequence[Match | None], used: set[int]
) -> Iterator[tuple[int, int]]:
    """Yield where names may stand, longest first, at most `_MOST_LOOKUPS`."""
    count = 0
    for length in range(_LONGEST_NAME, 0, -1):
        for start in range(len(tokens) - length + 1):
            span = range(start, start + length)
            if used & set(span) or not _may_be_name(tokens, slots, span):
                continue
            yield start, start + length
            count += 1
            if count >= _MOST_LOOKUPS:
                return


def _may_be_name(tokens: Sequence[Token], slots: Sequence[Match | None], span: range) -> bool:
    if _goes_on(tokens, span[-1]):
        return False
    first, last = slots[span[0]], slots[span[-1]]
    if _slot(first) in _NEVER or _slot(last) in _NEVER:
        return False
    if _slot(first) in _WITHIN or _slot(last) in _WITHIN:
        short = any(len(tokens[i].folded) < _SHORTEST_EDGE for i in (span[0], span[-1]))
        return len(span) > 1 and not short and _half_known(slots, span)
    unknown = [i for i in span if slots[i] is None and not tokens[i].is_number]
    if any(len(tokens[i].folded) > 1 for i in unknown):
        return True
    numbered = any(tokens[i].is_number and slots[i] is None for i in span)
    named = any(_slot(slots[i]) in {"district", "place_word", "street_word"} for i in span)
    worded = any(_slot(slots[i]) == "place_word" for i in span)
    return len(span) > 1 and named and (numbered or worded)


def _goes_on(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a number is tied to the word: Калкаман-2 is not Калкаман."""
    if last + 1 >= len(tokens) or tokens[last].is_number:
        return False
    after = tokens[last + 1]
    return after.is_number and after.start - tokens[last].end <= 1


def _half_known(slots: Sequence[Match | None], span: range) -> bool:
    """Tell whether a word of the name is unknown and the ones around it are single words."""
    return any(slots[i] is None for i in span) and all(
        (match := slots[i]) is None or match.end - match.start == 1 for i in span
    )


def _slot(match: Match | None) -> str:
    return "" if match is None else match.slot


def beside(match: Match, places: Sequence[Span[PlaceName]]) -> bool:
    """Tell whether a match only says what the place beside it is: улица, мкр, көшесі."""
    says = match.slot in _SILENT or (match.slot == "kind" and match.value in _STREETS)
    touches = any(place.start == match.end or place.end == match.start for place in places)
    within = any(place.start < match.end and match.start < place.end for place in places)
    return within or (says and touches)


def find_projects(
    known: Known,
    *,
    number: int | None,
    kinds: tuple[str, ...],
    words: tuple[str, ...],
    districts: tuple[str, ...],
) -> tuple[int, ...]:
    """Return the projects that may be meant; none where the words fit too many."""
    found = tuple(known.projects(number=number, kinds=kinds, words=words, districts=districts))
    return found if len(found) <= _MOST_CANDIDATES else ()


def named_by(
    known: Known, words: Sequence[Token], kinds: tuple[str, ...], districts: tuple[str, ...]
) -> tuple[tuple[int, ...], tuple[Token, ...]]:
    """Return the projects that unknown words name, and the words used: all, else the longest."""
    naming = tuple(each for each in words if len(each.folded) >= _SHORTEST_WORD)
    tried = [naming] if naming else []
    if len(naming) > 1:
        tried += [(each,) for each in sorted(naming, key=lambda each: -len(each.folded))[:3]]
    for some in tried:
        asked = tuple(each.norm for each in some)
        found = find_projects(known, number=None, kinds=kinds, words=asked, districts=districts)
        if found:
            return found, some
    return (), ()


def contractor_in(
    tokens: Sequence[Token], unread: Sequence[Token], known: Known
) -> tuple[str, tuple[Token, ...]] | None:
    """Return the contractor that unread words written as a name are, and those words."""
    for first in unread:
        if not first.text[:1].isupper():
            continue
        start = tokens.index(first)
        for end in range(min(start + _LONGEST_COMPANY, len(tokens)), start, -1):
            name = known.contractors(surface(tokens, start, end))
            if name is not None:
                return name, tuple(each for each in unread if each in tokens[start:end])
    return None
