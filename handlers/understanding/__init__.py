"""A resident's words turned into a typed question. Pure: no store, no Telegram, no clock.

`understand` is the way in; `load` and its kin read the vocabulary beforehand; `Question` is what
comes out, `Known` what is asked of the names that only the store has.

The steps, each a room or module that is tested alone: `lexicon` finds the words and phrases of the
vocabulary, `numbers` and `time` the amounts and periods, `mentions` the places and companies.
`reading` puts them together, `clauses` keeps the part that asks, `intents`, `resolution` and
`assembly` decide what is asked, `follow_ups` reads a follow-up on top of the question before it,
`listed_names` knows what only titles and addresses name, `figures` which figure of a programme says
just what is asked, `run_together` parts words typed without blanks, `works_on_a_place` finds a
place in words that were left over, and `confidence` decides whether it was understood.
"""

import gc
from dataclasses import replace
from datetime import date
from threading import Lock, Thread

from handlers.understanding import figures, follow_ups
from handlers.understanding.assembly import assemble
from handlers.understanding.clauses import focused
from handlers.understanding.confidence import decided
from handlers.understanding.figures import preferring_figures
from handlers.understanding.gazetteer import Known
from handlers.understanding.lexicon import english, kazakh, phrase_matcher
from handlers.understanding.lexicon.phrase_matcher import WEIGHTLESS
from handlers.understanding.lexicon.tokens import MOST_LETTERS
from handlers.understanding.numbers import senses
from handlers.understanding.question import Question
from handlers.understanding.reading import Reading, read
from handlers.understanding.run_together import SHORTEST, separated
from handlers.understanding.works_on_a_place import with_place_of_works
from storage.words import layout_swaps
from storage.words.languages import Language

__all__ = [
    "Known",
    "Question",
    "load",
    "load_for_good",
    "load_in_background",
    "understand",
]

_LONGEST_SWAPPED = 120
"""Nobody types more than a line before noticing the wrong keyboard layout."""


_LOADING = Lock()


_WORD = 0.95
"""So much is read where at least one word is one of the vocabulary."""


def load() -> None:
    """Read the vocabulary and the dictionaries now (some seconds); a second time takes none."""
    with _LOADING:
        english.load()
        kazakh.load()
        phrase_matcher.load()
        senses.load()
        figures.load()


def load_in_background() -> None:
    """Begin `load_for_good` in a thread of its own, which nothing waits for at the end."""
    Thread(target=load_for_good, name="vocabulary", daemon=True).start()


def load_for_good() -> None:
    """Read them for as long as the process lives.

    No search for unreachable cycles looks through them any more: it took 240 ms, time after time,
    in which nobody was answered.
    """
    load()
    gc.freeze()


def understand(
    text: str, *, previous: Question | None, person: Language, today: date, known: Known
) -> Question:
    """Return what `text` asks, read on top of the `previous` question where it is a follow-up.

    `person` is the language of the person, `today` the day in the city. Never raises: what cannot
    be understood is `unclear`.
    """
    reading = _likeliest(text, today, known)
    if previous is not None and reading.borrowed and follow_ups.is_told(reading):
        own = tuple(each for each in reading.matches if each not in reading.borrowed)
        reading = replace(reading, matches=own)
    question = assemble(reading, person=person, today=today, known=known)
    if question.among or decided(reading, question).intent == "unclear":
        named = with_place_of_works(reading, question, known)
        if named is not None:
            reading, question = named, assemble(named, person=person, today=today, known=known)
    question = preferring_figures(reading, question)
    if previous is not None:
        question = follow_ups.picking(question)
        question = follow_ups.with_number(reading, question, previous)
        question = follow_ups.shifted_period(reading, question, previous, today)
    if previous is not None and follow_ups.follows(reading, question, previous):
        question = follow_ups.singled_out(reading, question, previous)
        question = follow_ups.resolved(follow_ups.merge(reading, question, previous), known)
    else:
        question = replace(question, pick=None)
    return decided(reading, question)


def _likeliest(text: str, today: date, known: Known) -> Reading:
    """What stands in the text, or in what was meant: in another layout, with its blanks."""
    reading = _read(text, today, known)
    if _nothing(reading) and len(text) <= _LONGEST_SWAPPED:
        for swapped in layout_swaps(text[:MOST_LETTERS]):
            other = _read(swapped, today, known)
            if other.quality >= _WORD > reading.quality and not other.unread:
                return other
    if any(len(each.text) >= SHORTEST for each in reading.unread):
        apart = separated(text, reading.tokens, reading.unread, known)
        other = _read(apart, today, known) if apart != text else reading
        if len(other.unread) < len(reading.unread):
            return other
    return reading


def _read(text: str, today: date, known: Known) -> Reading:
    """What stands in the part of the text that asks."""
    return focused(read(text, today=today, known=known), text)


def _nothing(reading: Reading) -> bool:
    unsaid = all(each.slot in WEIGHTLESS for each in reading.matches) or reading.quality <= 0
    return bool(reading.unread) and unsaid
