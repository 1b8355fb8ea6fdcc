"""Step 5, put together: which project, number or contractor the text names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.distance import OSA

from handlers.understanding.gazetteer import Known
from handlers.understanding.intents import OF_ONE, is_of_money
from handlers.understanding.lexicon import russian
from handlers.understanding.lexicon.kazakh import WHERE_OR_WHENCE
from handlers.understanding.lexicon.tokens import Span, Token
from handlers.understanding.lexicon.vocabulary_index import MENDED
from handlers.understanding.listed_names import at_place, bearing, named_in_list, narrowed
from handlers.understanding.mentions import find_projects, may_name, named_by
from handlers.understanding.numbers.roles import NumberFound
from handlers.understanding.reading import JOINING, Reading, is_plural
from storage.vocabulary.phrases import wholes
from storage.words import fold, latin_key, normalise

"""A Kazakh place with these endings is where something is, not a part of its name."""

_WHERE_KEYS = tuple(latin_key(each) for each in WHERE_OR_WHENCE)

_SAYING = frozenset(
    (
        *("ask", "state", "event", "money", "follow", "filler", "me", "most", "order", "by", "or"),
        *("noun", "all", "place_word", "street_word", "district_word", "number_word", "kind"),
        *("programme", "indicator", "area", "district", "place_city", "pick"),
    )
)
"""Words that fill these slots for sure are no names."""

_RARE = 12
"""A word in the titles of more projects names none of them."""

_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Names:
    """The facility's number and the projects that the text names, and the words it took.

    `with_place`: the place that was found is a part of the project's name. `each`: all of the
    projects are meant. `among` are the projects
    that have the words in their names, where a list of them is asked for, `around` those that have
    the name of the place as it was typed.
    """

    number: int | None = None
    projects: tuple[int, ...] = ()
    words: tuple[Token, ...] = ()
    with_place: bool = False
    contractor: str | None = None
    each: bool = False
    among: tuple[int, ...] = ()
    around: tuple[int, ...] = ()


def names_of(reading: Reading, known: Known) -> Names:
    """Return what the text names, the surest way first."""
    kinds, districts = kinds_of(reading), reading.values("district")
    number = number_of(reading.numbers, "facility")
    if several := _of_several_numbers(reading, known, kinds):
        return Names(number, several, each=True)
    if number is not None:
        found = find_projects(known, number=number, kinds=kinds, words=(), districts=districts)
        found, used = narrowed(reading, found, known)
        return Names(number, at_place(reading, found, known), used)
    if found := _at_place(reading, known):
        return Names(None, found, with_place=len(found) == 1 and _touching(reading))
    if reading.contractors:
        company = reading.contractors[0]
        return Names(contractor=company.value, words=_again(reading, company))
    return _titled(reading, known) or _unread(reading, known, kinds, districts)


def _unread(
    reading: Reading, known: Known, kinds: tuple[str, ...], districts: tuple[str, ...]
) -> Names:
    """Return what the unread words name: the projects of a list, or the one that is asked about."""
    if reading.places:
        return Names(around=bearing(reading.places[0].text, known))
    quoted = tuple(each for each in reading.unread if _is_quoted(reading, each))
    found, used = named_by(known, reading.unread, kinds, districts, quoted)
    if _is_list(reading) and (len(found) != 1 or reading.has("state")):
        among, used = named_in_list(reading, known)
        return Names(words=used, among=among)
    return Names(None, found, used)


def _of_several_numbers(reading: Reading, known: Known, kinds: tuple[str, ...]) -> tuple[int, ...]:
    """Return a project for each of several numbers of facilities; none where one has none."""
    numbers = {each.value.value for each in reading.numbers if each.value.role == "facility"}
    if len(numbers) < _LEAST_SEVERAL:
        return ()
    found = [
        find_projects(known, number=each, kinds=kinds, words=(), districts=())
        for each in sorted(numbers)
    ]
    return tuple(each[0] for each in found) if all(len(each) == 1 for each in found) else ()


_LEAST_SEVERAL = 2


def _is_list(reading: Reading) -> bool:
    """Tell whether projects are asked for, or counted, and not one of them is asked about."""
    if reading.has("ask", *OF_ONE) or reading.has("programme") or _is_single(reading):
        return False
    return any(reading.has(slot) for slot in ("ask", "state", "event", "kind", "sector"))


def _again(reading: Reading, company: Span[str]) -> tuple[Token, ...]:
    """Return the unread words that write the contractor's name once more, in other letters."""
    key = latin_key(company.text)
    return tuple(
        each
        for each in reading.unread
        if OSA.normalized_similarity(latin_key(each.norm), key) >= _SAME_NAME
    )


_SAME_NAME = 0.6


def number_of(numbers: Iterable[Span[NumberFound]], role: str) -> int | None:
    """Return the first number of this role."""
    return next((each.value.value for each in numbers if each.value.role == role), None)


def kinds_of(reading: Reading) -> tuple[str, ...]:
    """Return the kinds but those that only say what another belongs to: освещение улиц."""
    named = reading.of("kind")
    dropped = {
        whole.value
        for part in named
        for whole in named
        if whole.value in wholes().get(part.value, ())
        and (part.start in reading.bracketed) == (whole.start in reading.bracketed)
        and _tied(reading, *sorted((part.start, part.end, whole.start, whole.end))[1:3])
    }
    return tuple(kind for kind in reading.values("kind") if kind not in dropped)


def _tied(reading: Reading, end: int, start: int) -> bool:
    """Tell whether few words, and no «and» among them, stand between two words of a text."""
    between = reading.tokens[end:start]
    return len(between) <= _MOST_BETWEEN and not any(each.norm in JOINING for each in between)


_MOST_BETWEEN = 4


def without_names(reading: Reading, names: Names) -> Reading:
    """Return the reading without what the words of a name were taken for: Береке is no берег."""
    used = {reading.tokens.index(each) for each in names.words}
    if not used or not names.projects:
        return reading
    kept = [
        each
        for each in reading.matches
        if (each.slot in _SAYING and each.quality > MENDED)
        or not used & set(range(each.start, each.end))
    ]
    return replace(reading, matches=tuple(kept))


def _is_quoted(reading: Reading, token: Token) -> bool:
    return reading.tokens.index(token) in reading.quoted


def _titled(reading: Reading, known: Known) -> Names | None:
    """Return the projects whose titles have the rare words of the text, where one is asked about.

    Whatever else those words may mean: «Береке» is no берег, «көлік колледжі» no transport.
    """
    one = reading.has("ask", *OF_ONE)
    figure = is_of_money(reading) or reading.has("ask", "overdue")
    if not one and not (figure and _is_single(reading)):
        return None
    free = _free_words(reading, one=one)
    words = [each for each in free if 0 < len(known.titled(each.norm)) <= _RARE]
    places = {index for each in reading.places for index in range(each.start, each.end)}
    at_place = all(reading.tokens.index(each) in places for each in words)
    if not words:
        return None
    quoted = {each for each in reading.unread if _is_quoted(reading, each)}
    kinds = tuple(each.value for each in reading.of("kind") if each.quality > MENDED) and kinds_of(
        without_names(reading, Names(projects=(0,), words=tuple(words)))
    )
    for some in _subsets(words[:_MOST_WORDS]):
        if not quoted <= set(some):
            continue
        asked = tuple(each.norm for each in some)
        found = find_projects(known, number=None, kinds=kinds, words=asked, districts=())
        if found and (one or len(found) == 1):
            return Names(None, found, some, with_place=at_place and _touching(reading))
    return None


def _is_single(reading: Reading) -> bool:
    """Tell whether one thing of a kind is spoken of: спорткомплекс Қыран, but not школы."""
    kinds = reading.of("kind")
    return len(kinds) == 1 and not is_plural(kinds[0].text)


def _free_words(reading: Reading, *, one: bool) -> list[Token]:
    """Return the words that are not surely something else.

    Where `one` project of a kind is asked about, a sector or a place may be a part of its name.
    """
    within = one and reading.has("kind")
    taken = {
        index
        for each in reading.matches
        if each.quality > MENDED and (each.slot in _SAYING or not within)
        for index in range(each.start, each.end)
    }
    for span in (*reading.periods, *reading.amounts, *reading.numbers):
        taken.update(range(span.start, span.end))
    return [
        token
        for index, token in enumerate(reading.tokens)
        if index not in taken
        and index not in reading.ignored
        and not token.is_number
        and may_name(token)
    ]


def _subsets(words: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield the words, all of them first, then fewer."""
    for count in range(len(words), 0, -1):
        yield from combinations(words, count)


def _at_place(reading: Reading, known: Known) -> tuple[int, ...]:
    """Return the projects of a kind at a place where one is asked about: the airport park."""
    if not reading.places:
        return ()
    kinds = reading.values("kind") or tuple(each.value for each in reading.inside)
    if not kinds:
        return ()
    place = reading.places[0]
    found = find_projects(
        known, number=None, kinds=kinds, words=tuple(place.text.split()), districts=()
    )
    deed = reading.has("event") or reading.has("ask", "overdue")
    asked_of = reading.has("ask", *OF_ONE) or (deed and (_touching(reading) or reading.has("or")))
    return found if asked_of else ()


def _touching(reading: Reading) -> bool:
    """Tell whether the place is part of a name: парк аэропорта, but not школа в Шугыле."""
    if not reading.places:
        return False
    if reading.inside and not reading.has("kind"):
        return True
    place = reading.places[0]
    last = normalise(place.text).split()[-1]
    located = fold(last).endswith(WHERE_OR_WHENCE) or latin_key(last).endswith(_WHERE_KEYS)
    if located and not russian.is_known(last):
        return False
    return any(place.start == each.end or place.end == each.start for each in reading.of("kind"))
