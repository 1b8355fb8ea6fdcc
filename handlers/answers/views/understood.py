"""The first line of an answer: what was understood, slot by slot, before anything is answered.

«Түсіндім: мектеп · Алатау · салынып жатыр». Whoever was misunderstood sees it here.
"""

from collections.abc import Iterator

from markupsafe import Markup

from handlers.frame.phone import LINE_PX, width
from handlers.frame.texts import Texts, plain
from handlers.understanding.question import Question
from handlers.views import names as say
from handlers.views.lists import heading, shortened
from handlers.views.money import short_money
from handlers.views.names import Names
from handlers.views.numbers import distance
from handlers.views.phrases import during, listing, place_name, quoted, span
from handlers.views.told_apart import told_apart
from storage.values.city import REGION
from storage.values.ranges import Amount
from storage.values.states import FINAL
from storage.vocabulary import AREAS, KINDS, SECTORS
from storage.words.kazakh_inflection import with_suffix

MOST_NAME = 80  # characters of a programme, a project or a contractor


def understood(t: Texts, names: Names, question: Question, title: str = "") -> Markup:
    """Return the line; `title` is the name of the one project that is asked about."""
    words = understood_words(t, names, question, title)
    return t("<i>I understood: {words}</i>", words=words)


def understood_words(t: Texts, names: Names, question: Question, title: str = "") -> Markup:
    """Return the slots alone: «мектеп · Алатау · салынып жатыр»."""
    words = heading(*_words(t, names, question, title))
    if words:
        return words
    return t("a project by its name") if question.projects else t("everything in the list")


def in_the_line(t: Texts, question: Question, title: str) -> str:
    """As much of a title as the line has room for, where it stands in full below."""

    def fits(text: str) -> bool:
        words = heading(intent_words(t, question), text)
        return width(plain(t("<i>I understood: {words}</i>", words=words))) <= LINE_PX

    return told_apart([title], fits, ends=t.language == "kk")[0]


def _words(t: Texts, names: Names, question: Question, title: str) -> Iterator[str]:
    yield intent_words(t, question)
    if title:
        yield shortened(title, MOST_NAME)
        return  # the slots that led to the one project say nothing more
    yield from sector_words(t, question) if question.intent == "total" else kind_words(t, question)
    if question.number is not None and not question.projects:
        yield f"№{question.number}"
    yield from _where(t, names, question)
    if question.programme:
        yield shortened(names.programme(t, question.programme), MOST_NAME)
    dated = question.period is not None and question.period_of
    for state in question.states:
        if question.final:
            yield say.status(t, *FINAL)
        elif state != dated:  # "completed in 2024" says it
            yield state_word(t, state)
    yield _when(t, question)
    yield ", ".join(map(str, question.years))
    if question.contractor:
        yield shortened(question.contractor, MOST_NAME)
    if question.amount:
        yield _amount(t, question.amount)
    if question.overdue:
        yield t("overdue")


def kind_words(t: Texts, question: Question) -> Iterator[str]:
    """What kinds and sectors are asked about: «мектеп», «көлік және жол»."""
    for code in question.kinds:
        yield KINDS[code].labels[t.language]
    yield from sector_words(t, question)


def sector_words(t: Texts, question: Question) -> Iterator[str]:
    """What sectors are asked about: «көлік және жол»."""
    for code in question.sectors:
        yield SECTORS[code].labels[t.language]


def _where(t: Texts, names: Names, question: Question) -> Iterator[str]:
    for slug in question.districts:
        yield names.district_short(t, slug)
    if question.area == REGION:
        yield AREAS[REGION].labels[t.language]
    if question.place is not None:
        yield f"📍 {place_name(t, question)}"
    elif question.named is not None:
        yield quoted(t, question.named)
    if question.radius_m is not None:
        yield distance(t, question.radius_m)


def _when(t: Texts, question: Question) -> str:
    if question.period is None:
        return ""
    said = during(t, question.period)
    words = {
        "completed": t("completed {time}", time=said),
        "due": t("due {time}", time=said),
        "started": t("started {time}", time=said),
    }
    return words.get(question.period_of or "any", Markup.escape(span(t, question.period)))


def _amount(t: Texts, amount: Amount) -> str:
    least, most = amount.minimum, amount.maximum
    if least is not None and least == most:
        return short_money(t, least)
    if least is not None and most is not None:
        return f"{short_money(t, least)} – {short_money(t, most)}"
    if least is not None:
        return t("from {sum}", sum=short_money(t, least))
    return t("up to {sum}", sum=short_money(t, most)) if most is not None else ""


def state_word(t: Texts, state: str) -> Markup:
    """Return a state as it stands inside a sentence: «салынып жатыр»."""
    words = {
        "building": t("being built"),
        "planned": t("planned"),
        "completed": t("completed"),
        "suspended": t("suspended"),
        "cancelled": t("cancelled"),
    }
    return words[state]


def intent_words(t: Texts, question: Question) -> Markup | str:
    """Return what is wanted of the facts; "" for a list, which is what one gets anyway."""
    words = {
        "count": t("how many"),
        "total": _money(t, question),
        "cost": t("what it costs"),
        "when": t("when"),
        "state": t("in which state"),
        "where": t("where"),
        "who": t("who builds"),
        "size": t("how big"),
        "overdue": t("overdue"),
        "unheard": t("no news since"),
        "new": t("what was announced") if question.announced else t("what is new"),
        "changed": t("what changed"),
        "near": t("nearby"),
        "programme": t("programme"),
        "indicator": t("indicators"),
        "limit": t("limit of the participatory budget"),
        "per_resident": t("per resident"),
        "about": t("about the data"),
        "help": t("help"),
    }
    if question.intent == "top":
        return order_words(t, question.order or "dearest")
    if question.intent == "rank":
        return heading(_by(t, question), _most(t, question))
    if question.intent == "compare":
        return heading(t("comparison"), _by(t, question))
    return words.get(question.intent, "")


def _money(t: Texts, question: Question) -> Markup:
    """Which sum is wanted, and of what: «сколько потрачено на дороги»."""
    words = {
        "planned": t("how much is planned"),
        "contracted": t("how much is contracted"),
        "spent": t("how much is spent"),
    }
    sums = words.get(question.money or "", t("how much money"))
    kinds = listing(t, [KINDS[code].plurals[t.language] for code in question.kinds])
    if not kinds:
        return sums
    if t.language == "kk":
        kinds = with_suffix(kinds, "dative")
    return t("{sums} for {kinds}", sums=sums, kinds=kinds)


def order_words(t: Texts, order: str) -> Markup:
    """Return which of all is wanted: «ең қымбаты»."""
    words = {
        "dearest": t("the most expensive"),
        "cheapest": t("the cheapest"),
        "largest": t("the largest"),
        "smallest": t("the smallest"),
        "newest": t("the newest"),
        "oldest": t("the oldest"),
        "latest": t("the most overdue"),
        "soonest": t("the next to open"),
    }
    return words[order]


def _by(t: Texts, question: Question) -> str:
    words = {
        "district": t("by district"),
        "kind": t("by kind"),
        "sector": t("by sector"),
        "year": t("by year"),
        "programme": t("by programme"),
        "state": t("by state"),
    }
    return words.get(question.by or "", "")


def _most(t: Texts, question: Question) -> Markup:
    money, fewest = question.measure == "money", question.direction == "fewest"
    if money:
        return t("the least money") if fewest else t("the most money")
    return t("the fewest projects") if fewest else t("the most projects")
