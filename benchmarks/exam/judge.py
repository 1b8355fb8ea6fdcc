"""Whether a reply answers a question: right, wrong (sure of itself and not so) or declined."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from benchmarks.exam.city import Project
from benchmarks.exam.reply import Reply, words
from benchmarks.exam.spec import OF_ONE, Spec, meant

Outcome = Literal["right", "wrong", "declined"]

_FEW = 3
"""So many of a list's projects have to stand on its first page."""


@dataclass(frozen=True)
class Verdict:
    """The outcome, and in a few words why."""

    outcome: Outcome
    why: str = ""


RIGHT = Verdict("right")


@dataclass(frozen=True)
class Case:
    """A question with its reply, the projects it means, and the whole city."""

    spec: Spec
    reply: Reply
    city: Sequence[Project]
    today: date
    meant: Sequence[Project]

    @property
    def alien(self) -> list[str]:
        """The projects named that are not meant."""
        own = {each.id for each in self.meant}
        return [each for each in self.reply.named if each not in own]


def judge(spec: Spec, reply: Reply, city: Sequence[Project], today: date, language: str) -> Verdict:
    """Return the verdict; several questions in one message (`also`) have to be answered all."""
    if "also" in spec:
        return _all(spec, reply, city, today, language)
    case = Case(spec, reply, city, today, meant(spec, city, today))
    intent = spec["intent"]
    if intent in _FREE:
        return _FREE[intent](case)
    if not reply.text.strip():
        return Verdict("declined", "no reply")
    if reply.is_lost:
        return Verdict("declined", "says that it did not understand")
    verdict = _of_one(case) if intent in OF_ONE else _JUDGES[intent](case)
    if verdict.outcome == "right" and "yes" in spec:
        return _yes_or_no(case, language)
    return verdict


def _all(spec: Spec, reply: Reply, city: Sequence[Project], today: date, language: str) -> Verdict:
    first = {name: value for name, value in spec.items() if name != "also"}
    found = [judge(each, reply, city, today, language) for each in (first, *spec["also"])]
    for outcome in ("wrong", "declined"):
        for each in found:
            if each.outcome == outcome:
                half = outcome == "wrong" and any(one.outcome == "right" for one in found)
                return Verdict("declined", f"half: {each.why}") if half else each
    return RIGHT


def _yes_or_no(case: Case, language: str) -> Verdict:
    pattern = words("yes" if case.spec["yes"] else "no")[language]
    return RIGHT if case.reply.has(pattern) else Verdict("declined", "neither yes nor no first")


def _nothing_named(case: Case) -> Verdict:
    if case.reply.named and not case.reply.is_lost:
        return Verdict("wrong", f"names {case.reply.named[:3]}")
    return RIGHT


def _unknown_place(case: Case) -> Verdict:
    if case.reply.is_lost or not case.reply.named:
        return RIGHT
    return Verdict("wrong", f"names {case.reply.named[:3]}, for a place that is none")


def _silence(case: Case) -> Verdict:
    return Verdict("wrong", "speaks") if case.reply.text.strip() else RIGHT


def _command(case: Case) -> Verdict:
    if case.reply.is_lost:
        return Verdict("declined", "says that it did not understand")
    seen = "\n".join((case.reply.text, *case.reply.labels)).lower()
    wanted = str(case.spec["says"]).lower()
    return RIGHT if wanted in seen else Verdict("wrong", f"{wanted!r} is not said")


def _near(case: Case) -> Verdict:
    if case.reply.named:
        return Verdict("wrong", f"names {case.reply.named[:3]} without knowing where")
    if case.reply.has(words("where_are_you")["any"]):
        return RIGHT
    return Verdict("declined", "does not ask where")


def _of_one(case: Case) -> Verdict:
    project = next(each for each in case.city if each.id == case.spec["project"])
    named, reply, intent = case.reply.named, case.reply, case.spec["intent"]
    if project.id not in named:
        return _another(case, project)
    if len(named) > 1 and reply.asks_which:
        return Verdict("declined", f"asks which of {len(named)}")
    several = len(case.spec.get("beside", ())) + 1
    if len(named) > several + 1:
        return Verdict("wrong", f"a list of {len(named)} for a question about one")
    return _FACTS[intent](case, project)


def _another(case: Case, project: Project) -> Verdict:
    named, reply = case.reply.named, case.reply
    if named and reply.asks_which:
        return Verdict("declined", f"asks which of {named[:3]}, not {project.id}")
    if named:
        return Verdict("wrong", f"names {named[:3]}, not {project.id}")
    if reply.says_none:
        return Verdict("wrong", "says that there is no such project")
    if case.spec["intent"] == "budget" and reply.has_money:
        return Verdict("wrong", "a sum of other projects")
    return Verdict("declined", "the project is not named")


def _when(case: Case, project: Project) -> Verdict:
    day = project.completed or project.due
    if day is None or day in case.reply.days:
        return RIGHT
    return Verdict("wrong", f"{day} is not said")


def _status(case: Case, project: Project) -> Verdict:
    said = case.reply.has(words("status")[project.status])
    return RIGHT if said else Verdict("wrong", f"{project.status} is not said")


def _budget(case: Case, project: Project) -> Verdict:
    known = project.planned is None or case.reply.has_sum(project.planned)
    return RIGHT if known else Verdict("wrong", f"{project.planned} is not said")


def _where(case: Case, project: Project) -> Verdict:
    said = case.reply.has(words("districts")[project.district])
    return RIGHT if said else Verdict("wrong", f"{project.district} is not said")


def _who(case: Case, project: Project) -> Verdict:
    name = project.contractor.lower().strip("«»")
    said = not name or name in case.reply.text.lower()
    return RIGHT if said else Verdict("wrong", f"{name} is not said")


def _list(case: Case) -> Verdict:
    reply, wanted = case.reply, min(_FEW, len(case.meant))
    if not case.meant:
        return Verdict("wrong", f"names {case.alien[:3]}, none fits") if case.alien else RIGHT
    own = len(reply.named) - len(case.alien)
    near = "place" in case.spec.get("where", {}) and own >= wanted
    if case.alien and not near:
        return Verdict("wrong", f"names {case.alien[:3]} that do not fit")
    if not reply.named and reply.says_none:
        return Verdict("wrong", f"says that there are none of {len(case.meant)}")
    return RIGHT if own >= wanted else Verdict("declined", f"names {own} of {len(case.meant)}")


def _count(case: Case) -> Verdict:
    wanted, numbers = len(case.meant), case.reply.numbers
    if wanted in numbers or (not wanted and case.reply.says_none):
        return Verdict("wrong", f"names {case.alien[:3]}") if case.alien else RIGHT
    if numbers or case.reply.named or case.reply.says_none:
        return Verdict("wrong", f"{wanted} is not among {numbers[:5]}")
    return Verdict("declined", "no number")


def _money(column: Callable[[Project], int | None]) -> Callable[[Case], Verdict]:
    def told(case: Case) -> Verdict:
        total = sum(column(each) or 0 for each in case.meant)
        if case.reply.has_sum(total) or (not total and not case.reply.has_money):
            return RIGHT
        if case.reply.has_money:
            return Verdict("wrong", f"{total} is not said")
        return Verdict("declined", "no money")

    return told


def _top(case: Case) -> Verdict:
    known = [each for each in case.meant if each.planned is not None]
    named = case.reply.named
    if not known:
        return Verdict("wrong", "none has a sum") if named else RIGHT
    pick = min if case.spec.get("order") == "asc" else max
    best = pick(each.planned or 0 for each in known)
    if not named:
        return Verdict("declined", "none is named")
    first = next(each for each in case.city if each.id == named[0])
    fits = first in known and first.planned == best
    return RIGHT if fits else Verdict("wrong", f"{named[0]} first")


def _edge(case: Case) -> Verdict:
    by = "completed" if case.spec["by"] == "completed_on" else "due"
    days = {each.id: day for each in case.meant if (day := getattr(each, by)) is not None}
    named = case.reply.named
    if not named:
        return Verdict("declined", "none is named") if days else RIGHT
    pick = min if case.spec.get("order") == "asc" else max
    fits = days.get(named[0]) == pick(days.values(), default=None)
    return RIGHT if fits else Verdict("wrong", f"{named[0]} first")


def _scores(case: Case, districts: Sequence[str]) -> dict[str, float]:
    money = case.spec.get("measure") == "planned_kzt"
    return {
        slug: sum(
            float(each.planned or 0) if money else 1.0
            for each in case.meant
            if each.district == slug
        )
        for slug in districts
    }


def _group(case: Case) -> Verdict:
    scores = _scores(case, tuple(words("districts")))
    pick = min if case.spec.get("order") == "asc" else max
    best = {slug for slug, score in scores.items() if score == pick(scores.values())}
    first = _first_district(case.reply)
    if first is None:
        return Verdict("declined", "no district is named")
    return RIGHT if first in best else Verdict("wrong", f"{first} first, not {sorted(best)}")


def _first_district(reply: Reply) -> str | None:
    places = {
        slug: at
        for slug, pattern in words("districts").items()
        if (at := _place_of(pattern, reply.answer)) is not None
    }
    return min(places, key=lambda slug: places[slug]) if places else None


def _place_of(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return found.start() if found else None


def _compare(case: Case) -> Verdict:
    scores = _scores(case, case.spec["where"]["district"])
    named = [slug for slug in scores if case.reply.has(words("districts")[slug])]
    if not named:
        return Verdict("declined", "no district is named")
    if case.spec.get("measure") == "planned_kzt":
        told = all(not score or case.reply.has_sum(score) for score in scores.values())
    else:
        told = all(int(score) in case.reply.numbers for score in scores.values())
    winner = len(named) == 1 and scores[named[0]] == max(scores.values())
    return RIGHT if told or winner else Verdict("wrong", f"{scores} is not said")


_FREE: Mapping[str, Callable[[Case], Verdict]] = {
    "oos": _nothing_named,
    "unknown_place": _unknown_place,
    "silence": _silence,
    "command": _command,
}
_FACTS: Mapping[str, Callable[[Case, Project], Verdict]] = {
    "when": _when,
    "status": _status,
    "budget": _budget,
    "where_is": _where,
    "who": _who,
}
_JUDGES: Mapping[str, Callable[[Case], Verdict]] = {
    "near": _near,
    "list": _list,
    "count": _count,
    "sum": _money(lambda each: each.planned),
    "spent": _money(lambda each: int(each.spent_kzt) if each.spent_kzt else None),
    "top": _top,
    "edge": _edge,
    "group": _group,
    "compare": _compare,
}
