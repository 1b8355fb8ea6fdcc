"""A place of which works are asked: «реконструкция аль-фараби», «абай жөндеу», "gorky repairs".

A name in small letters may be everyday words as well, so that it is left unread. Where nothing else
was understood, and the words beside it are of works, it is the place's.
"""

from collections.abc import Iterator
from dataclasses import replace

from handlers.understanding.gazetteer import Known
from handlers.understanding.lexicon.tokens import Span, surface
from handlers.understanding.mentions import place_called
from handlers.understanding.question import Question
from handlers.understanding.reading import Reading
from storage.vocabulary.phrases import wholes

_LONGEST = 4
_WORKS = frozenset((("filler", "works"), ("noun", "project")))
_ON_STREETS = frozenset(("road", "street", "boulevard"))


def with_place_of_works(reading: Reading, question: Question, known: Known) -> Reading | None:
    """Return the reading with the unread words as a place's whole name; None where they are none.

    Every unread word has to stand in the name, and what was read has to say that works are meant.
    """
    unread = [i for i, each in enumerate(reading.tokens) if each in reading.unread]
    left = question.leftover or (question.among and not _is_numbered(question))
    if reading.places or not left or not unread or not _of_works(reading):
        return None
    for start, end in _around(unread, len(reading.tokens)):
        text = surface(reading.tokens, start, end)
        place = place_called(text, reading.tokens[end - 1], known)
        if place is not None:
            inside = range(start, end)
            kept = tuple(e for e in reading.matches if not {*inside} & {*range(e.start, e.end)})
            found = Span(start, end, place, "place", text)
            return replace(reading, places=(found,), matches=kept, unread=())
    return None


def _is_numbered(question: Question) -> bool:
    """Tell whether the list has the name with its number: Шанырак-2, of which no place is known."""
    return any(sign.isdigit() for sign in question.named or "")


def _of_works(reading: Reading) -> bool:
    return any(
        each.meaning in _WORKS
        or each.slot == "sector"
        or (each.slot == "kind" and _on_streets(str(each.value)))
        for each in reading.matches
    )


def _on_streets(kind: str) -> bool:
    """Whether a kind is a street, or done to one: its lighting, its sewers."""
    return kind in _ON_STREETS or not _ON_STREETS.isdisjoint(wholes().get(kind, ()))


def _around(unread: list[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that hold all the unread ones, the longest first."""
    first, last = unread[0], unread[-1]
    for length in range(min(_LONGEST, count), last - first, -1):
        for start in range(max(last - length + 1, 0), min(first, count - length) + 1):
            yield start, start + length
