"""Follow-ups: a text that changes the question before it."""

from dataclasses import replace
from typing import Any

from handlers.understanding.gazetteer import Known
from handlers.understanding.intents import says_intent
from handlers.understanding.mentions import find_projects
from handlers.understanding.question import Question
from handlers.understanding.reading import Reading

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
    return not _names_subject(reading, question)


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
    if previous.intent == "rank" and reading.has("most") and not reading.has("ask"):
        changes["direction"] = question.direction or reading.values("most")[0]
    elif _by_money(reading, question, previous):
        changes["measure"] = "money"
    elif question.intent == "unclear" and question.limit is not None:
        changes["intent"] = previous.intent if previous.order else "list"
    elif question.intent == "unclear" and reading.has("ask", "list"):
        changes["intent"] = "list"
    elif _changes_intent(reading, question, previous):
        changes["intent"] = question.intent
        changes |= {slot: getattr(question, slot) for slot in _OWN if slot != "pick"}
        if question.order and previous.order and question.limit is None:
            changes["limit"] = previous.limit
    return replace(previous, **changes)


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
        found |= {"states": question.states, "announced": False}
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
