"""Reads files of questions: each line has to be one, and to have an answer in its city.

    .venv/bin/python -m benchmarks.exam.check benchmarks/exam/questions/train/*.jsonl

Prints a sentence for each bad line, and exits with 1 if there is any.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.exam.city import DAY, Project, build
from benchmarks.exam.reply import words
from benchmarks.exam.spec import FILTERS, INTENTS, OF_ONE, meant, period
from storage.vocabulary import KINDS, SECTORS, STATUSES

MANNERS = ("clean", "colloquial", "typo", "translit", "mixed", "together", "spoken", "complaint")
_KEYS = {
    "id",
    "lang",
    "manner",
    "writer",
    "seed",
    "text",
    "turns",
    "spec",
    "chat",
    "reply",
    "subset",
}
_TURN = {"text", "press", "spec", "chat", "reply"}
_SPEC = {
    *("intent", "where", "also", "project", "order", "by", "measure", "yes", "says", "beside"),
    "empty",
}


@cache
def city_of(seed: int) -> Sequence[Project]:
    """Return the city of a seed, built once."""
    return build(seed)


def lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the questions of a file with the numbers of their lines."""
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text.strip():
            yield number, json.loads(text)


def faults(question: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a question, in sentences."""
    if unknown := question.keys() - _KEYS:
        yield f"no such keys: {sorted(unknown)}"
    for name in ("id", "lang", "manner", "writer", "seed"):
        if name not in question:
            yield f"{name} is missing"
            return
    if question["lang"] not in {"kk", "ru", "en"}:
        yield f"lang {question['lang']!r} is none of kk, ru, en"
    if question["manner"] not in MANNERS:
        yield f"manner {question['manner']!r} is none of {MANNERS}"
    for turn in question.get("turns") or [question]:
        if not turn.get("text") and not turn.get("press"):
            yield "a turn has neither text nor press"
        if "turns" in question and (unknown := turn.keys() - _TURN):
            yield f"a turn has no such keys: {sorted(unknown)}"
        if not isinstance(turn.get("spec"), dict):
            yield "a turn has no spec"
            continue
        yield from _of_spec(turn["spec"], city_of(question["seed"]))


def _of_spec(spec: Mapping[str, Any], city: Sequence[Project]) -> Iterator[str]:
    intent = spec.get("intent")
    if intent not in INTENTS:
        yield f"intent {intent!r} is none of {INTENTS}"
        return
    if unknown := spec.keys() - _SPEC:
        yield f"a spec has no such keys: {sorted(unknown)}"
    where = spec.get("where", {})
    wrong = list(_of_filters(where))
    yield from wrong
    if wrong:
        return
    for each in spec.get("also", ()):
        yield from _of_spec(each, city)
    yield from _of_intent(spec, city)


def _of_intent(spec: Mapping[str, Any], city: Sequence[Project]) -> Iterator[str]:
    intent, where = spec["intent"], spec.get("where", {})
    if intent in OF_ONE:
        if spec.get("project") not in {each.id for each in city}:
            yield f"{intent} needs a project of the city, not {spec.get('project')!r}"
        return
    if intent == "command" and not spec.get("says"):
        yield "command needs says: a word of the screen that has to come"
    if intent == "edge" and spec.get("by") not in {"completed_on", "due_on"}:
        yield "edge needs by: completed_on or due_on"
    if intent == "compare" and len(where.get("district", ())) < 2:
        yield "compare needs two districts in where.district"
    if intent in _NEED_SOME and not spec.get("empty") and not meant(spec, city, DAY):
        yield f'no project fits {where}: say "empty": true in the spec if that is meant'


_NEED_SOME = frozenset(("list", "count", "sum", "top", "edge", "group"))


def _of_filters(where: Mapping[str, Any]) -> Iterator[str]:
    if unknown := where.keys() - set(FILTERS):
        yield f"no such filters: {sorted(unknown)}; there are {FILTERS}"
    known = {
        "district": words("districts"),
        "kind": KINDS,
        "status": STATUSES,
    }
    for name, values in known.items():
        given = where.get(name, [])
        if not isinstance(given, list):
            yield f"{name} is a list: {given!r}"
        elif odd := [each for each in given if each not in values]:
            yield f"{name} has no {odd}; there are {sorted(values)}"
    if "sector" in where and where["sector"] not in SECTORS:
        yield f"no sector {where['sector']!r}; there are {sorted(SECTORS)}"
    for name in ("completed", "due", "started"):
        if name in where:
            try:
                period(where[name], DAY)
            except (KeyError, TypeError, ValueError):
                yield f"{name} is no period: {where[name]!r}"


def main(paths: Sequence[str]) -> int:
    """Check files; return how many lines are bad, at most 1."""
    bad, ids, count = 0, set(), 0
    for path in map(Path, paths):
        for number, question in lines(path):
            count += 1
            told = list(faults(question))
            if question.get("id") in ids:
                told.append(f"the id {question.get('id')!r} stands twice")
            ids.add(question.get("id"))
            for each in told:
                print(f"{path}:{number}: {each}")
            bad += bool(told)
    print(f"{count} questions, {bad} of them bad")
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
