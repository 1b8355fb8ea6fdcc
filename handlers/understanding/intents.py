"""What is asked: the intent, from what was found in the text, the first rule that holds."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.understanding.lexicon import MENDED
from handlers.understanding.question import By, Direction, Intent, Measure, Order, Topic
from handlers.understanding.reading import Reading

_DEEDS = ("state", "event")
_SUBJECTS = ("kind", "sector", "programme", "noun")
_SMALL_TALK = frozenset(("greeting", "thanks"))
_LIMITING = 2
_ALONE = frozenset(
    ("new", "changed", "overdue", "near_me", "about", "help", "limit", "per_resident", "target")
)
"""What can be asked without naming anything."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule goes by: what was found, and whether it names one project."""

    reading: Reading
    one: bool

    def has(self, slot: str, *values: str) -> bool:
        """See `Reading.has`."""
        return self.reading.has(slot, *values)


def topic_of(reading: Reading) -> Topic | None:
    """Return what a text that is not about public projects is about, or None.

    Greetings and thanks only where nothing else is said. Complaints and services outweigh the
    kind they speak of (a pothole in the road, a queue for a kindergarten) unless the text asks
    what is or was built.
    """
    topics: tuple[Topic, ...] = reading.values("topic")
    heavy = [each for each in topics if each not in _SMALL_TALK]
    if heavy and not _about_projects(reading):
        return heavy[0]
    if topics and not heavy and not _says_something(reading):
        return topics[0]
    return None


def _about_projects(reading: Reading) -> bool:
    subject = any(reading.has(slot) for slot in _SUBJECTS)
    return subject and any(
        each.slot in _DEEDS and each.quality > MENDED for each in reading.matches
    )


def _says_something(reading: Reading) -> bool:
    """Tell whether a text that greets or thanks also names projects or asks on its own."""
    named = (*_SUBJECTS, *_DEEDS, "district", "indicator")
    asks = set(reading.values("ask")) & _ALONE
    if reading.has("topic", "thanks"):
        asks -= {"help"}  # «көмек болды»: it was a help
    return bool(reading.places or reading.amounts or asks) or any(map(reading.has, named))


def _compare(said: Said) -> bool:
    if said.has("ask", "compare"):
        return True
    several = (
        max(len(said.reading.values("district")), len(said.reading.values("kind"))) >= _LIMITING
    )
    return several and said.has("most")


def _ranks(said: Said) -> bool:
    if said.one or not said.has("most"):
        return False
    return said.has("by") or said.has("ask", "where", "list", "quantity", "amount", "count")


def _asks(*values: str) -> Callable[[Said], bool]:
    return lambda said: said.has("ask", *values)


def _near(said: Said) -> bool:
    if said.has("ask", "near_me"):
        return True
    return said.has("ask", "near") and bool(said.reading.places)


def _money(reading: Reading) -> bool:
    return reading.has("money") or reading.has("ask", "amount", "cost", "total")


def _cost(said: Said) -> bool:
    return said.one and _money(said.reading)


def _total(said: Said) -> bool:
    """Money, unless it only says which projects: those that cost over a billion."""
    if said.reading.amounts and not said.has("ask", "amount", "total", "quantity"):
        return False
    return _money(said.reading)


def _state(said: Said) -> bool:
    """«Is the airport park finished?» asks for its state, «which parks are finished» does not."""
    if said.has("ask", "state"):
        return True
    asks = {each.value for each in said.reading.of("ask")}
    return said.one and said.has("event", "done") and asks <= {"any"}


def _programme(said: Said) -> bool:
    if not said.has("programme"):
        return False
    asked = said.has("kind", "sector") or said.has("state") or said.has("event")
    return not asked and not said.has("ask", "count", "quantity", "any")


def _filtered(said: Said) -> bool:
    filters = ("kind", "sector", "district", "state", "event", "programme", "noun", "area")
    named_place = bool(said.reading.places or said.reading.amounts)
    return said.one or named_place or any(said.has(slot) for slot in filters)


_RULES: tuple[tuple[Intent, Callable[[Said], bool]], ...] = (
    ("per_resident", _asks("per_resident")),
    ("limit", _asks("limit")),
    ("indicator", lambda said: said.has("indicator")),
    ("indicator", _asks("target")),
    ("about", _asks("about")),
    ("compare", _compare),
    ("changed", _asks("changed")),
    ("overdue", _asks("overdue")),
    ("near", _near),
    ("rank", _ranks),
    ("top", lambda said: said.has("order")),
    ("cost", _cost),
    ("total", _total),
    ("when", _asks("when")),
    ("who", _asks("who")),
    ("state", _state),
    ("where", _asks("where")),
    ("new", _asks("new")),
    ("count", _asks("count", "quantity")),
    ("programme", _programme),
    ("list", _filtered),
    ("help", _asks("help")),
)


def intent_of(said: Said) -> Intent | None:
    """Return what is asked; None where the text does not say."""
    return next((intent for intent, holds in _RULES if holds(said)), None)


def says_intent(reading: Reading) -> bool:
    """Tell whether the text has words of its own that say what is asked."""
    return any(reading.has(slot) for slot in ("ask", "order", "most", "money", "indicator"))


def order_of(reading: Reading) -> Order | None:
    """Return by what the projects stand in order."""
    orders: tuple[Order, ...] = reading.values("order")
    return orders[0] if orders else None


def ranking(reading: Reading) -> tuple[By, Measure, Direction]:
    """Return what is ranked, by number or by money, from which end."""
    by: tuple[By, ...] = reading.values("by")
    most: tuple[Direction, ...] = reading.values("most")
    measure: Measure = "money" if _money(reading) else "number"
    return (by[0] if by else "district"), measure, (most[0] if most else "most")
