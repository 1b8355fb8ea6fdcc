"""Step 5: names of places and projects, through the look-up that is passed in."""

from collections.abc import Iterator, Sequence

from handlers.understanding.gazetteer import Known
from handlers.understanding.lexicon import english, russian
from handlers.understanding.lexicon.kazakh import WHERE, WHERE_OR_WHENCE, is_known_kazakh
from handlers.understanding.lexicon.phrase_matcher import Match
from handlers.understanding.lexicon.tokens import Span, Token, surface
from handlers.understanding.lexicon.vocabulary_index import MENDED
from handlers.understanding.question import PlaceName
from storage.words import stem
from storage.words.letters import is_cyrillic
from storage.words.russian_names import nominatives
from storage.words.wordlists import folded_words

_LONGEST_NAME = 4
_MOST_LOOKUPS = 48
"""A long text asks the look-up so often and no more."""

_MOST_CANDIDATES = 12
"""Words that fit more projects name none."""

_SHORTEST_WORD = 4
_LONGEST_COMPANY = 3
_FIRMS = ("компани", "company", "жшс", "тоо", "фирм", "llp", "подрядчик", "мердигер", "contractor")
"""Beginnings of words that say that a firm is named beside them."""


_OF_PLACES = frozenset(("district_word", "place_word", "street_word"))
_SILENT = frozenset(("place_word", "street_word", "number_word"))
_NEARNESS = frozenset((("ask", "near"), ("kind", "street"), ("kind", "boulevard")))
_TELLING = frozenset((("kind", "metro_station"),))
"""Kinds beside which a district's name is that of a place: метро Алатау is a station."""

LEADING = frozenset(
    (
        *("в", "во", "на", "у", "возле", "около", "от", "до", "по", "с", "со"),
        *("in", "near", "at", "on", "around", "by", "along", "from", "the"),
    )
)
"""Words before a place; where one stands an everyday word may be a place: на Арбате."""


_STREETS = frozenset(("street", "boulevard"))
_WITHIN = frozenset(("filler", "me", "topic", "noun"))
"""Words of these slots may stand at the edge of a name (Жас Қанат) whose rest is unknown."""

_NEVER = frozenset(("ask", "follow", "event", "state", "order", "most", "money", "by"))
_NAMED = frozenset(("district", "area", "place_word", "street_word"))
_SHORTEST_EDGE = 3


def find_places(
    tokens: Sequence[Token], matches: Sequence[Match], taken: set[int], known: Known
) -> list[Span[PlaceName]]:
    """Return the places that the text names; words read as something else may be part of a name."""
    slots = _slots(tokens, matches)
    found: list[Span[PlaceName]] = []
    used = set(taken)
    for start, end in _windows(tokens, slots, used):
        if used & set(range(start, end)) or _is_plain(tokens, slots, start, end):
            continue
        text = surface(tokens, start, end)
        place = place_called(text, tokens[end - 1], known)
        if place is not None:
            found.append(Span(start, end, place, "place", text))
            used.update(range(start, end))
    return found


def _is_plain(tokens: Sequence[Token], slots: Sequence[Match | None], start: int, end: int) -> bool:
    """Tell whether one everyday word, or two, stand here that nothing makes a place."""
    span = [tokens[index] for index in range(start, end)]
    if any(each.is_number or not _is_everyday(each) for each in span):
        return False
    if start and (tokens[start - 1].norm in LEADING or _says_place(slots[start - 1])):
        return False
    if end < len(tokens) and _says_place(slots[end]):
        return False
    if span[-1].folded.endswith(WHERE_OR_WHENCE):
        return False
    capital = any(each.text[:1].isupper() for each in span)
    return start == 0 or not capital


def _is_everyday(token: Token) -> bool:
    if not is_cyrillic(token.norm):
        return english.is_known(token.folded)
    return russian.is_known(token.norm) or is_known_kazakh(token.folded)


def _says_place(match: Match | None) -> bool:
    if match is None:
        return False
    return match.slot in _SILENT or match.meaning in _NEARNESS


def place_called(text: str, last: Token, known: Known) -> PlaceName | None:
    """Return the place with this name, its last word in any case."""
    before = text[: len(text) - len(last.text)]
    endings = (stem(last.norm), *nominatives(last.norm))
    for name in (text, *(before + each for each in endings if each != last.norm)):
        if places := known.places(name):
            return places[0]
    return None


def _slots(tokens: Sequence[Token], matches: Sequence[Match]) -> list[Match | None]:
    slots: list[Match | None] = [None] * len(tokens)
    for match in matches:
        if match.quality <= MENDED and match.slot not in _OF_PLACES:
            continue  # a mistyped word may as well be a name: Kalkaman
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
    if _goes_on(tokens, span[-1]) or any(tokens[i].norm in LEADING for i in span[1:]):
        return False
    first, last = slots[span[0]], slots[span[-1]]
    if _slot(first) in _NEVER or _slot(last) in _NEVER:
        return False
    if first is not None and first is last and (first.start, first.end) == (span[0], span[-1] + 1):
        return first.slot == "kind" and len(span) > 1  # a kind of two words may be a name
    if _slot(first) in _WITHIN or _slot(last) in _WITHIN:
        short = any(len(tokens[i].folded) < _SHORTEST_EDGE for i in (span[0], span[-1]))
        return len(span) > 1 and not short and _half_known(slots, span)
    unknown = [i for i in span if slots[i] is None and not tokens[i].is_number]
    if any(len(tokens[i].folded) > 1 for i in unknown):
        return True
    numbered = any(tokens[i].is_number and slots[i] is None for i in span)
    named = any(_slot(slots[i]) in _NAMED for i in span)
    worded = any(_says_which(slots[i]) for i in span)
    return len(span) > 1 and named and (numbered or worded)


def _says_which(match: Match | None) -> bool:
    """Tell whether a word says what of a name's bearers is meant: мкр Алатау, метро Алатау."""
    if match is None:
        return False
    return match.slot == "place_word" or match.meaning in _TELLING


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


def beside(match: Match, places: Sequence[Span[PlaceName]], matches: Sequence[Match]) -> bool:
    """Tell whether a match only says what the place beside it is: улица, мкр, көшесі.

    Not the boulevard of «Зенков көшесіндегі бульвар»: the place has its street already.
    """
    if any(place.start < match.end and match.start < place.end for place in places):
        return True
    touched = [each for each in places if each.start == match.end or each.end == match.start]
    if not touched or not _says_place_kind(match):
        return False
    others = (each for each in matches if each is not match and _says_place_kind(each))
    taken = match.slot == "kind" and any(
        place.start <= each.end and each.start <= place.end for each in others for place in touched
    )
    return not taken


def _says_place_kind(match: Match) -> bool:
    return match.slot in _SILENT or (match.slot == "kind" and match.value in _STREETS)


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


def but_listed_names(
    tokens: Sequence[Token], matches: Sequence[Match], known: Known
) -> list[Match]:
    """Return the matches but those of a word that is rather a name which the list has.

    A mistyped word (Калкаме is not қалам), or an everyday one that stands where a place does: «in
    Madeniyet» is not about culture.
    """
    return [each for each in matches if not _is_listed_name(tokens, each, known)]


def _is_listed_name(tokens: Sequence[Token], match: Match, known: Known) -> bool:
    token = tokens[match.start]
    if match.end - match.start > 1 or not may_name(token):
        return False
    weak = match.quality <= MENDED and match.slot in _WEAKLY_READ
    if not weak and (match.slot != "sector" or not is_located(tokens, match.start)):
        return False
    return 0 < len(known.titled(token.norm)) <= _FEW


_WEAKLY_READ = frozenset(("filler", "me", "topic", "follow", "sector"))
"""Slots whose mistyped words are no better known than a name."""

_FEW = 24
"""A word in the names of more projects is likely no name of a place."""


def is_located(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word says where: after a preposition of place, or with a Kazakh ending."""
    if index and tokens[index - 1].norm in LEADING - _ARTICLES:
        return True
    folded = tokens[index].folded
    long = len(folded) > _SHORTEST_LOCATED and not russian.is_known(tokens[index].norm)
    return long and folded.endswith(WHERE)


_ARTICLES = frozenset(("the",))


_SHORTEST_LOCATED = 5


def listed_names(
    tokens: Sequence[Token], unread: Sequence[Token], matches: Sequence[Match], known: Known
) -> frozenset[int]:
    """Return where unread words stand that the list has in names of projects, and that are names.

    A capital, «в» before it, an ending of place, «мкр» beside it, or no dictionary say so.
    """
    places = {index for each in matches if each.slot in _OF_PLACES for index in _ends(each)}
    found = (index for index, each in enumerate(tokens) if each in unread and may_name(each))
    return frozenset(
        index
        for index in found
        if (index in places or _is_a_name(tokens, index)) and known.titled(tokens[index].norm)
    )


def _ends(match: Match) -> tuple[int, int]:
    return match.start - 1, match.end


def _is_a_name(tokens: Sequence[Token], index: int) -> bool:
    text = tokens[index].text
    capital = index > 0 and text[:1].isupper() and not text.isupper()
    return capital or is_located(tokens, index) or not _is_everyday(tokens[index])


def may_name(token: Token) -> bool:
    """Tell whether a word may be part of a name: a long one that says more than «after»."""
    return len(token.folded) >= _SHORTEST_WORD and token.folded not in folded_words("stopwords")


def named_by(
    known: Known,
    words: Sequence[Token],
    kinds: tuple[str, ...],
    districts: tuple[str, ...],
    quoted: tuple[Token, ...] = (),
) -> tuple[tuple[int, ...], tuple[Token, ...]]:
    """Return the projects that unknown words name, and the words used: all, else the longest.

    The `quoted` ones are a name and have to be among them.
    """
    naming = tuple(each for each in words if may_name(each) or each in quoted)
    tried = [naming] if naming else []
    if len(naming) > 1:
        tried += [(each,) for each in sorted(naming, key=lambda each: -len(each.folded))[:3]]
    for some in tried:
        if not set(quoted) <= set(some) and quoted:
            continue
        asked = tuple(each.norm for each in some)
        found = find_projects(known, number=None, kinds=kinds, words=asked, districts=districts)
        if found:
            return found, some
    return (), ()


def find_contractors(
    tokens: Sequence[Token], matches: Sequence[Match], taken: set[int], known: Known
) -> list[Span[str]]:
    """Return the contractors that the text names: words nobody else's, or the whole of a name."""
    slots = _slots(tokens, matches)
    found: list[Span[str]] = []
    used = set(taken)
    lookups = 0
    for length in range(_LONGEST_COMPANY, 0, -1):
        for start in range(len(tokens) - length + 1):
            span = range(start, start + length)
            if used & set(span) or not _may_be_company(tokens, slots, span):
                continue
            lookups += 1
            if lookups > _MOST_LOOKUPS:
                return found
            text = surface(tokens, start, start + length)
            name = known.contractors(text)
            if name is not None:
                found.append(Span(start, start + length, name, "contractor", text))
                used.update(span)
    return found


def _may_be_company(tokens: Sequence[Token], slots: Sequence[Match | None], span: range) -> bool:
    """Tell whether a word of the span is nobody else's and no everyday one, or all are names."""
    if any(tokens[index].is_number for index in span):
        return False
    own = [index for index in span if slots[index] is None]
    if any(len(tokens[i].folded) > _SHORTEST_EDGE and not _is_everyday(tokens[i]) for i in own):
        return True
    capitals = [index for index in span if tokens[index].text[:1].isupper()]
    beside = (span[0] - 1, span[-1] + 1)
    firm = any(
        0 <= index < len(tokens) and tokens[index].folded.startswith(_FIRMS) for index in beside
    )
    return (len(span) > 1 and len(capitals) == len(span)) or (firm and bool(own or capitals))
