"""How well and how fast questions are understood: `uv run python -m benchmarks.understanding`.

Reads tests/questions/*.jsonl. A question is right when every slot is what was expected, wrong when
a slot has another value though it was not declined (`unclear`).
"""

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from handlers.answering.known import KnownNames
from handlers.understanding import load, understand
from handlers.understanding.known import Known
from handlers.understanding.question import Amount, Period, PlaceName, Question
from storage import naming
from storage.imports import load_shipped
from storage.models import Project
from storage.schema import upgrade
from storage.store import Store

QUESTIONS = Path(__file__).parent.parent / "tests" / "questions"
TODAY = date(2025, 11, 20)
_FREE = {"evidence", "leftover", "language", "follows", "projects", "intent"}
_DECLINED = {"unclear"}

Line = dict[str, Any]


def main() -> None:
    arguments = _arguments()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    load()
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"vocabulary: {took:.2f} s, {(after - before) / 1024:.0f} MiB more resident memory")
    known, ids = shipped()
    lines = [
        line for path in arguments.files or _files(fresh=arguments.fresh) for line in _read(path)
    ]
    report(lines, known, ids, show=arguments.show)
    speed([line["text"] for line in lines], known)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument(
        "--show", action="store_true", help="print every question that is not right"
    )
    parser.add_argument("--fresh", action="store_true", help="the questions kept for the end only")
    return parser.parse_args()


def _files(*, fresh: bool) -> list[Path]:
    """Return the files of questions; those never read while the parser was made only if asked."""
    return [
        path for path in sorted(QUESTIONS.glob("*.jsonl")) if path.stem.startswith("fresh") == fresh
    ]


def _read(path: Path) -> Iterator[Line]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield {"file": path.stem, **json.loads(line)}


def shipped() -> tuple[Known, dict[str, int]]:
    """Return the names of the shipped data set and its projects' numbers by id."""
    with TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/almaty.db") as store:
        upgrade(store)
        load_shipped(store, lambda: datetime.now(UTC))
        with store.reading() as session:
            rows = session.execute(select(col(Project.key), col(Project.id))).all()
            return KnownNames(naming.names_snapshot(session)), {row[0]: row[1] for row in rows}


def asked(line: Line, known: Known) -> Question:
    """Return what was understood of a line's text, on top of its previous question."""
    previous = line.get("previous")
    person = line.get("language", "kk")
    before = previous_question(previous, person) if previous else None
    return understand(line["text"], previous=before, person=person, today=TODAY, known=known)


def previous_question(slots: Line, person: Any) -> Question:
    """Return the question that a line's `previous` stands for."""
    names = {field.name for field in fields(Question)}
    values = {name: _value(name, value) for name, value in slots.items() if name in names}
    return Question(**{"intent": "list", "language": person, **values})


def _value(name: str, value: Any) -> Any:
    if name == "period":
        return Period(*(date.fromisoformat(day) if day else None for day in value))
    if name == "amount":
        return Amount(*value)
    if name == "place":
        return PlaceName(value, value, value, 43.2, 76.9)
    return tuple(value) if isinstance(value, list) else value


def wrong_slots(line: Line, question: Question, ids: dict[str, int]) -> set[str]:
    """Return the slots that are not what the line expects."""
    if "not" in line:
        return {
            slot
            for slot, values in line["not"].items()
            if set(values if isinstance(values, list) else [values])
            & set(_listed(plain(question, slot)))
        }
    expected = dict(line["expect"])
    project = expected.pop("project", None)
    wrong = {"project"} if project and ids.get(project, -1) not in question.projects else set()
    slots = {field.name for field in fields(Question)} - (_FREE - set(expected)) | {"intent"}
    if expected.get("intent") == "other":
        slots = {"intent"}
    return wrong | {slot for slot in slots if not _same(slot, expected.get(slot), question)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same(slot: str, expected: Any, question: Question) -> bool:
    value = plain(question, slot)
    if slot == "place" and expected:
        place = question.place
        return place is not None and expected in {place.kk, place.ru, place.en}
    if isinstance(expected, list) and isinstance(value, list) and slot not in {"period", "amount"}:
        return sorted(map(str, expected)) == sorted(map(str, value))
    return (expected or None) == (value or None)


def plain(question: Question, slot: str) -> Any:
    """Return a slot's value as JSON has it."""
    value = getattr(question, slot)
    if isinstance(value, Period):
        return [day.isoformat() if day else None for day in (value.first, value.last)]
    if isinstance(value, Amount):
        return [value.minimum, value.maximum]
    if isinstance(value, PlaceName):
        return value.ru
    return list(value) if isinstance(value, tuple) else value


def report(lines: Iterable[Line], known: Known, ids: dict[str, int], *, show: bool) -> None:
    """Print per file, language and manner how many questions are right, wrong and declined."""
    groups: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    slots: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        question = asked(line, known)
        wrong = wrong_slots(line, question, ids)
        outcome = "right" if not wrong else "declined" if question.intent in _DECLINED else "wrong"
        language = line.get("language", "-")
        for group in ((line["file"], "all"), (line["file"], line.get("manner", "-"))):
            groups[group].update((outcome, "asked"))
        if "expect" in line and line["expect"].get("intent") != "other":
            slots[language]["asked"] += 1
            slots[language].update(wrong)
        if show and wrong:
            print(f"{outcome:8} {line['text']}")
            for slot in sorted(wrong & {field.name for field in fields(Question)}):
                wanted = line.get("expect", line.get("not", {})).get(slot)
                print(f"         {slot}: {plain(question, slot)} instead of {wanted}")
            if question.leftover:
                print(f"         left over: {', '.join(question.leftover)}")
    print(f"\n{'':34} asked  right  wrong  declined")
    for group, counts in sorted(groups.items()):
        shares = (100 * counts[each] / counts["asked"] for each in ("right", "wrong", "declined"))
        print(f"{' '.join(group):34} {counts['asked']:5}", *(f"{share:5.1f}%" for share in shares))
    for language, counts in sorted(slots.items()):
        total = counts.pop("asked")
        text = ", ".join(f"{slot} {100 - 100 * n / total:.1f}%" for slot, n in counts.most_common())
        print(f"\n{language}: each slot right (the others 100%): {text}")


def speed(texts: list[str], known: Known) -> None:
    """Print the time a question takes, each text met for the first time and once more."""
    for title in ("again", "and again"):
        spans = []
        for text in texts:
            began = time.perf_counter()
            understand(text, previous=None, person="kk", today=TODAY, known=known)
            spans.append((time.perf_counter() - began) * 1e6)
        spans.sort()
        p50, p99 = spans[len(spans) // 2], spans[int(len(spans) * 0.99)]
        print(f"{title}: p50 {p50:.0f} µs, p99 {p99:.0f} µs, longest {spans[-1]:.0f} µs")


if __name__ == "__main__":
    main()
