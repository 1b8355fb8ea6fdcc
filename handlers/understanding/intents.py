"""What is asked: the intent, from what was found in the text, the first rule that holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handlers.understanding.lexicon.phrase_matcher import Match, match
from handlers.understanding.lexicon.vocabulary_index import MENDED
from handlers.understanding.question import By, Change, Direction, Intent, Measure, Topic
from handlers.understanding.reading import Reading
from storage.values.orders import TOP_ORDERS, TopOrder

_DEEDS = ("state", "event")
_SUBJECTS = ("kind", "sector", "programme", "noun")
OF_ONE = ("cost", "when", "state", "where", "who", "size")
"""What is asked of one project."""

CHANGES: Mapping[str, Change | None] = {
    "changed": None,
    "changed_due": "due",
    "changed_state": "state",
    "changed_money": "money",
}
"""What is asked to have changed, by the values of `ask`."""

_SMALL_TALK = frozenset(("greeting", "thanks"))
_LIGHT = frozenset(("chat", "weather", "who_are_you"))
"""Beside a kind that is asked about they are parts of a name: парк Президента."""

_LIMITING = 2
_ALONE = frozenset(
    (
        *("new", "announced", "changed", "overdue", "unheard", "near_me", "about", "help", "limit"),
        *("per_resident", "target"),
    )
)
"""What can be asked without naming anything."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule goes by: what was found, whether it names one project, the day in the city.

    `some`: it has a name that the list has in titles or addresses.
    """

    reading: Reading
    one: bool
    today: date
    some: bool = False

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
    if heavy and not _about_projects(reading) and not _in_name(reading):
        return heavy[0]
    if topics and not heavy and not _says_something(reading):
        return topics[0]
    return None


def _in_name(reading: Reading) -> bool:
    """Tell whether the topics are part of the name of one that is asked about: лифт зауыты."""
    topics = [each for each in reading.of("topic") if each.value not in _SMALL_TALK]
    kinds = reading.of("kind")
    starts = {each.start for each in kinds}
    named = all(each.value in _LIGHT or each.end in starts for each in topics)
    return bool(kinds) and named and reading.has("ask", *OF_ONE)


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
    followed = reading.has("follow") and bool(reading.periods)
    spans = bool(reading.places or reading.amounts)
    return bool(asks) or spans or followed or any(map(reading.has, named))


def _compare(said: Said) -> bool:
    if said.has("ask", "compare"):
        return True
    several = (
        max(len(said.reading.values("district")), len(said.reading.values("kind"))) >= _LIMITING
    )
    return several and said.has("most") and not said.has("by")


def _ranks(said: Said) -> bool:
    if said.one or not said.has("most"):
        return False
    groups = said.has("by") or said.has("district_word")
    return groups or said.has("ask", "where", "list", "quantity", "amount", "count")


def _ranks_by_money(said: Said) -> bool:
    """Which district has the largest budget; not in which district the dearest school is."""
    reading = said.reading
    groups = said.has("by", "district") or said.has("district_word") or said.has("ask", "where")
    if said.one or not groups or reading.values("district"):
        return False
    return any(
        each.value in _BY_SUM and _names_money(reading, each) for each in reading.of("order")
    )


_BY_SUM = frozenset(("dearest", "cheapest", "largest", "smallest"))


def _names_money(reading: Reading, order: Match) -> bool:
    """Tell whether the money is what is largest: «ең көп қаржы бөлінген», "largest budget"."""
    beside = any(
        each.start <= order.end + 1 and order.start <= each.end for each in reading.of("money")
    )
    words = reading.tokens[order.start : order.end]
    return beside or any(each.slot == "money" for word in words for each in match((word,)))


def _first_of_all(said: Said) -> bool:
    """An order, unless it only compares with a sum: cheaper than 50 million."""
    compared = said.reading.amounts and said.has("order", "cheapest", "dearest")
    return said.has("order") and not compared and not _latest(said)


def _latest(said: Said) -> bool:
    """The one that is most overdue; not which district has most that are."""
    most = said.has("most", "most") or said.has("order", "oldest")
    return said.has("ask", "overdue") and most and not said.has("by")


def _first_of_overdue(said: Said) -> bool:
    """The dearest or largest of what is overdue."""
    return said.has("ask", "overdue") and said.has("order", *_OF_VALUE, "latest")


def _total_of_overdue(said: Said) -> bool:
    """The money of what is overdue."""
    return said.has("ask", "overdue") and said.has("ask", "amount", "total")


def _ranks_overdue(said: Said) -> bool:
    """Which district has most that is overdue; not which project is most overdue."""
    groups = said.has("by") or said.has("district_word")
    return said.has("ask", "overdue") and said.has("most") and groups and not said.one


def _asks(*values: str) -> Callable[[Said], bool]:
    return lambda said: said.has("ask", *values)


def _near(said: Said) -> bool:
    if said.one and said.has("ask", *OF_ONE):
        return False
    radius = any(each.value.role == "radius" for each in said.reading.numbers)
    if said.has("ask", "near_me") or radius:
        return True
    return said.has("ask", "near") and bool(said.reading.places)


def is_of_money(reading: Reading) -> bool:
    """Tell whether the text speaks of money."""
    return reading.has("money") or reading.has("ask", "amount", "cost", "total")


def _cost(said: Said) -> bool:
    return said.one and is_of_money(said.reading)


def _total(said: Said) -> bool:
    """Money, unless it only says which projects: those that cost over a billion."""
    if said.reading.amounts and not said.has("ask", "amount", "total", "quantity"):
        return False
    return is_of_money(said.reading) and not _counts_things(said.reading)


def _counts_things(reading: Reading) -> bool:
    """Tell whether the projects are counted, not their money: «сколько школ профинансировано»."""
    if reading.has("ask", "amount", "total", "cost") or set(reading.values("money")) - {"any"}:
        return False
    ends = {each.end for each in reading.of("ask") if each.value in {"quantity", "count"}}
    return any(each.start in ends for slot in ("kind", "noun") for each in reading.of(slot))


def _state(said: Said) -> bool:
    """«Is the airport park finished?» asks for its state, «which parks are finished» does not."""
    if said.has("ask", "state") or _either(said):
        return True
    asks = {each.value for each in said.reading.of("ask")}
    return said.one and said.has("event", "done", "begun") and asks <= {"any"}


def _either(said: Said) -> bool:
    """Tell whether two states are offered: opened, or still being built."""
    states = {*said.reading.values("state"), *said.reading.values("event")}
    one = said.one or bool(said.reading.places)
    return one and said.has("or") and len(states) > 1


def announces(said: Said) -> bool:
    """Tell whether it asks what was announced in a time gone by, or is new; not what is to come."""
    if said.one or said.has("event", "done", "due", "begun"):
        return False
    if said.has("ask", "announced"):
        return True
    begins = [each.value.period.first for each in said.reading.periods if each.value.period]
    past = [first for first in begins if first is None or first <= said.today]
    dated = bool(past) or (not begins and said.has("ask", "new"))
    return dated and said.has("event", "announced")


def _programme(said: Said) -> bool:
    if not said.has("programme"):
        return False
    if said.has("ask", "programme"):
        listed = said.has("ask", "list") and said.has("noun")
        return not said.has("kind") and not listed
    if said.has("ask", "list"):
        return False
    narrowed = ("kind", "sector", "state", "event", "district", "noun")
    asked = any(said.has(slot) for slot in narrowed)
    return not asked and not said.has("ask", "count", "quantity", "any")


def _filtered(said: Said) -> bool:
    filters = ("kind", "sector", "district", "state", "event", "programme", "noun", "area")
    named_place = bool(said.reading.places or said.reading.amounts)
    return said.one or said.some or named_place or any(said.has(slot) for slot in filters)


_RULES: tuple[tuple[Intent, Callable[[Said], bool]], ...] = (
    ("per_resident", _asks("per_resident")),
    ("limit", _asks("limit")),
    ("indicator", lambda said: said.has("indicator")),
    ("indicator", _asks("target")),
    ("about", _asks("about")),
    ("compare", _compare),
    ("changed", _asks(*CHANGES)),
    ("unheard", _asks("unheard")),
    ("rank", _ranks_overdue),
    ("top", _latest),
    ("top", _first_of_overdue),
    ("total", _total_of_overdue),
    ("overdue", _asks("overdue")),
    ("near", _near),
    ("rank", _ranks_by_money),
    ("rank", _ranks),
    ("top", _first_of_all),
    ("cost", _cost),
    ("total", _total),
    ("when", _asks("when")),
    ("who", _asks("who")),
    ("state", _state),
    ("size", _asks("size")),
    ("where", _asks("where")),
    ("new", announces),
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


def order_of(reading: Reading) -> TopOrder | None:
    """Return by what the projects stand in order."""
    if reading.has("ask", "overdue") and not reading.has("order", *_OF_VALUE):
        return "latest"
    orders = [str(each).partition(":")[0] for each in reading.values("order")]
    order = next((order for order in TOP_ORDERS if order in orders[:1]), None)
    if order is not None and order in _BY_MONEY and reading.has("money"):  # the largest budget
        return _BY_MONEY[order]
    return order


_OF_VALUE = ("dearest", "cheapest", "largest", "smallest")
_BY_MONEY: Mapping[TopOrder, TopOrder] = {"largest": "dearest", "smallest": "cheapest"}


def order_events(reading: Reading) -> tuple[str, ...]:
    """Return what happened to the first of an order: the park opened last is completed.

    So is the newest school; the newest of all projects may be one that was only announced.
    """
    if "newest" in reading.values("order") and reading.has("kind") and not reading.has("noun"):
        return ("done",)
    orders = (str(each).partition(":")[2] for each in reading.values("order"))
    return tuple(filter(None, orders))


def ranking(reading: Reading) -> tuple[By, Measure, Direction]:
    """Return what is ranked, by number or by money, from which end."""
    by: tuple[By, ...] = reading.values("by")
    most: tuple[Direction, ...] = reading.values("most")
    measure: Measure = "money" if is_of_money(reading) or not most else "number"
    return (by[0] if by else "district"), measure, (most[0] if most else _end_of(reading))


def _end_of(reading: Reading) -> Direction:
    least = reading.has("order", "cheapest", "smallest")
    return "fewest" if least else "most"
