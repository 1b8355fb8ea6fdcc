"""Follow-ups: a text that changes the question before it."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.understanding.gazetteer import Known
from handlers.understanding.intents import OF_ONE, says_intent
from handlers.understanding.lexicon.phrase_matcher import match
from handlers.understanding.mentions import find_projects
from handlers.understanding.numbers.senses import words_of
from handlers.understanding.question import Intent, Question
from handlers.understanding.reading import Reading
from storage.values.ranges import Period
from storage.vocabulary.whether import asks_what

_ALONE = frozenset(("about", "help", "other", "limit", "new", "changed", "programme", "indicator"))
"""Intents that stand for themselves and are never read on top of another question."""

_LONGEST_LIST = 20
"""A larger number is a facility's and picks nothing from a list."""

_KEPT = ("area", "programme", "indicator", "contractor", "period", "period_of", "amount", "money")
_OWN = (
    "order",
    "limit",
    "by",
    "measure",
    "direction",
    "pick",
    "radius_m",
    "years",
    "change",
    "announced",
)


def follows(reading: Reading, question: Question, previous: Question | None) -> bool:
    """Tell whether the text only makes sense on top of the previous question.

    It begins or ends with a word that says so (ал ... ше, а, and), points back (олардың, из них,
    there), or names no projects of its own.
    """
    if previous is None or previous.intent in {"other", "unclear", "help", "about"}:
        return False
    if question.intent in _ALONE:
        return False
    if reading.has("follow"):
        return True
    if previous.intent in _OF_FIGURES and question.intent not in {"unclear", *OF_ONE}:
        return False
    return not _names_subject(reading, question) and not _is_whole(reading, question)


_OF_FIGURES = frozenset(("indicator", "limit", "programme"))
"""What is asked of projects goes on with none of these by itself."""


def _is_whole(reading: Reading, question: Question) -> bool:
    """Tell whether a text is complete in itself: «Что просрочено в Наурызбайском районе?».

    It asks, says what happened, and where or when.
    """
    asks = reading.has("ask", "list", "any", *_COMPLETE) or _asks_within(reading)
    if question.intent in OF_ONE or not asks:
        return False
    happened = reading.has("state") or reading.has("event") or reading.has("ask", *_COMPLETE)
    where = question.districts or question.place or question.among or question.area
    return bool(happened and (where or question.period))


def _asks_within(reading: Reading) -> bool:
    """Tell whether a word that asks is part of what happened: «что строят», «не салынып жатыр»."""
    deeds = [*reading.of("state"), *reading.of("event")]
    if any(
        each.start and each.languages == {"kk"} and asks_what(reading.tokens[each.start - 1].folded)
        for each in deeds
    ):
        return True
    words = [reading.tokens[index] for each in deeds for index in range(each.start, each.end - 1)]
    return any(each.slot == "ask" for word in words for each in match((word,)))


_COMPLETE = ("overdue", "unheard", "new", "changed")
"""What is asked of anything, without a subject."""


def _names_subject(reading: Reading, question: Question) -> bool:
    subject = question.kinds or question.sectors or question.programme or question.projects
    return bool(subject or question.number or reading.has("noun"))


def is_told(reading: Reading) -> bool:
    """Tell whether what it is about only stands where the person speaks of themselves."""
    return any(each.slot == "me" for each in reading.whole)


def picking(question: Question) -> Question:
    """Return the question with a small number of no kind as a pick: «номер 5 когда готов?»."""
    if question.number is None or question.kinds:
        return question
    if question.number > _LONGEST_LIST:
        return question
    return replace(question, number=None, projects=(), pick=question.number)


def singled_out(reading: Reading, question: Question, previous: Question) -> Question:
    """Return the question about «it» with the first of an order that was shown: the dearest bridge.

    «Она уже открыта?», «сколько на него потратили?», «ол қай жерде?»: a fact of one, and no word
    for several.
    """
    bare = not _names_subject(reading, question) and not question.districts and not question.period
    if previous.intent != "top" or previous.limit not in {None, 1} or not bare:
        return question
    if not reading.has("follow", "it") and question.intent not in OF_ONE:
        return question
    intent = _OF_IT.get(question.intent, question.intent)
    if reading.has("district_word"):  # «в каком он районе»
        intent = "where"
    if intent not in OF_ONE:
        return question
    return replace(question, intent=intent, pick=1)


_OF_IT: Mapping[Intent, Intent] = {"total": "cost", "list": "state", "unclear": "state"}


def with_number(reading: Reading, question: Question, previous: Question) -> Question:
    """Return the question with the other facility's number that was said alone: «а 147-я?»."""
    if previous.number is None or question.number is not None or question.pick is not None:
        return question
    taken = {
        index
        for each in (*reading.periods, *reading.amounts, *reading.numbers, *reading.places)
        for index in range(each.start, each.end)
    }
    alone = [
        int(each.text)
        for index, each in enumerate(reading.tokens)
        if index not in taken and each.text.isdecimal() and len(each.text) <= _MOST_DIGITS
    ]
    if len(alone) != 1 or not alone[0] > 0:
        return question
    return replace(question, number=alone[0], projects=(), kinds=question.kinds or previous.kinds)


_MOST_DIGITS = 3


def shifted_period(
    reading: Reading, question: Question, previous: Question, today: date
) -> Question:
    """Return the question with the year or month that a lone word means: «а в этом?» after 2025."""
    before = previous.period
    if question.period is not None or before is None or before.first is None:
        return question
    said = [each for each in words_of(reading.tokens) if "rel" in each.senses]
    shifts = [each.senses["rel"] for each in said]
    if len(shifts) != 1 or before.last is None or _says_more(question):
        return question
    words = {each.text for each in reading.tokens[said[0].start : said[0].end]}
    question = replace(
        question, leftover=tuple(each for each in question.leftover if each not in words)
    )
    first = before.first
    if (first.month, first.day) == (1, 1) and before.last == date(first.year, 12, 31):
        year = today.year + shifts[0]
        return replace(question, period=Period(date(year, 1, 1), date(year, 12, 31)))
    if first.day == 1 and before.last == _last_of_month(first):
        months = today.year * 12 + today.month - 1 + shifts[0]
        month = date(months // 12, months % 12 + 1, 1)
        return replace(question, period=Period(month, _last_of_month(month)))
    return question


def _says_more(question: Question) -> bool:
    return bool(question.kinds or question.sectors or question.projects)


def _last_of_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def resolved(question: Question, known: Known) -> Question:
    """Return the question with the project that the number kept from before names."""
    projects = question.projects
    if question.number is not None and not projects:
        projects = find_projects(
            known, number=question.number, kinds=question.kinds, words=(), districts=()
        )
    one = projects or question.number is not None or question.pick is not None
    if one and question.intent == "total":  # what «it» costs
        return replace(question, projects=projects, intent="cost")
    return replace(question, projects=projects)


def merge(reading: Reading, question: Question, previous: Question) -> Question:
    """Return the previous question with the slots that the text fills."""
    changes: dict[str, Any] = {
        "language": question.language,
        "follows": True,
        "evidence": question.evidence,
        "leftover": question.leftover,
        "pick": question.pick,
    }
    changes |= _subject(question) | _where(question) | _when(question, previous)
    if reading.has("all"):
        changes |= {
            slot: getattr(question, slot) for slot in ("districts", "place", "among", "named")
        }
    for slot in ("amount", "money", "contractor", "area", "programme", "limit"):
        if getattr(question, slot) is not None:
            changes[slot] = getattr(question, slot)
    return replace(previous, **changes | _intent_changes(reading, question, previous))


def _intent_changes(reading: Reading, question: Question, previous: Question) -> dict[str, Any]:
    if previous.intent == "rank" and reading.has("most") and not reading.has("ask"):
        return {"direction": question.direction or reading.values("most")[0]}
    if _by_money(reading, question, previous):
        return {"measure": "money"}
    if question.pick is not None and question.intent in OF_ONE:
        return {"intent": question.intent}
    if question.intent == "unclear" and (question.limit is not None or reading.has("ask", "list")):
        ordered = question.limit is not None and previous.order
        return {"intent": previous.intent if ordered else "list"}
    if not _changes_intent(reading, question, previous):
        return {}
    changes: dict[str, Any] = {"intent": question.intent}
    changes |= {slot: getattr(question, slot) for slot in _OWN if slot != "pick"}
    if question.order and previous.order and question.limit is None:
        changes["limit"] = previous.limit
    return changes


def _changes_intent(reading: Reading, question: Question, previous: Question) -> bool:
    if question.intent == "list" and previous.intent in _SHOWN and _narrows(question):
        return False  # «show me the same for Zhetysu»
    return says_intent(reading) and question.intent != "unclear"


_SHOWN = frozenset(("total", "top", "rank", "compare", "overdue", "unheard", "per_resident"))


def _narrows(question: Question) -> bool:
    return bool(question.districts or question.period or question.place)


def _by_money(reading: Reading, question: Question, previous: Question) -> bool:
    """Tell whether what was ranked or compared is to be so by money: «а по деньгам?»."""
    bare = not reading.has("ask") and not question.order
    return previous.intent in {"rank", "compare"} and question.intent == "total" and bare


def _subject(question: Question) -> dict[str, Any]:
    """A new kind or sector takes the place of both; a named project of what was named before."""
    found: dict[str, Any] = {}
    if question.kinds or question.sectors:
        found = {"kinds": question.kinds, "sectors": question.sectors}
        found |= {"projects": (), "number": None}
    if question.projects or question.number is not None:
        found |= {"projects": question.projects, "number": question.number}
    return found


def _where(question: Question) -> dict[str, Any]:
    if not (question.districts or question.place or question.among):
        return {}
    found: dict[str, Any] = {
        slot: getattr(question, slot) for slot in ("districts", "place", "among", "named")
    }
    return found | ({} if question.projects else {"projects": (), "number": None})


def _when(question: Question, previous: Question) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if question.states:
        found |= {"states": question.states, "announced": False, "final": question.final}
        completed = question.states == ("completed",)
        if previous.period is not None:
            found["period_of"] = "completed" if completed else None
    if question.period is not None or question.years:
        found |= {"period": question.period, "years": question.years}
        found["period_of"] = question.period_of or found.get("period_of") or previous.period_of
        if not found["period_of"] and "completed" in (question.states or previous.states):
            found["period_of"] = "completed"
    if question.period_of is not None:
        found["period_of"] = question.period_of
    return found
