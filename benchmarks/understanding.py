"""How well and how fast questions are understood: `.venv/bin/python -m benchmarks.understanding`.

Reads tests/questions/*.jsonl (see tests/handlers/understanding/scoring.py). A question is right
when every slot is what was expected and the answer's language too, wrong when a slot has another
value though the question was not declined (`unclear`).
"""

import argparse
import asyncio
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlmodel import col

from handlers.frame.gazetteer import NamesInMemory
from handlers.understanding import load, understand
from handlers.understanding.gazetteer import Known
from handlers.understanding.question import Question
from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import load_shipped
from storage.tables.facts import Project
from tests.handlers.understanding.odd import ODD
from tests.handlers.understanding.scoring import (
    TODAY,
    Line,
    asked,
    files,
    lines,
    outcome,
    plain,
    wrong_slots,
)


def main() -> None:
    arguments = _arguments()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    load()
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"vocabulary: {took:.2f} s, {(after - before) / 1024:.0f} MiB more resident memory")
    known, ids = shipped()
    chosen = arguments.files or files(fresh=arguments.fresh)
    corpus = [line for path in chosen for line in lines(path)]
    speed("met for the first time", [line["text"] for line in corpus], known)
    speed("met again", [line["text"] for line in corpus], known)
    speed("odd texts of 4,096 characters", [*ODD.values()] * 2, known)
    report(corpus, known, ids, show=arguments.show)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument(
        "--show", action="store_true", help="print every question that is not right"
    )
    parser.add_argument("--fresh", action="store_true", help="the questions kept for the end only")
    return parser.parse_args()


def shipped() -> tuple[Known, dict[str, int]]:
    """Return the names of the shipped data set and its projects' numbers by id."""
    with TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/almaty.db") as store:
        upgrade(store)
        load_shipped(store, lambda: datetime.now(UTC))
        with store.reading() as session:
            rows = session.execute(select(col(Project.key), col(Project.id))).all()
        return asyncio.run(NamesInMemory().of(store, None)), {row[0]: row[1] for row in rows}


def report(corpus: Iterable[Line], known: Known, ids: dict[str, int], *, show: bool) -> None:
    """Print per file, language and manner how many questions are right, wrong and declined."""
    groups: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    slots: dict[str, Counter[str]] = defaultdict(Counter)
    for line in corpus:
        question = asked(line, known)
        wrong = wrong_slots(line, question, ids)
        for group in ((line["file"], "all"), (line["file"], line.get("manner", "-"))):
            groups[group].update((outcome(question, wrong), "asked"))
        if "expect" in line and line["expect"].get("intent") != "other":
            slots[line["language"]]["asked"] += 1
            slots[line["language"]].update(wrong)
        if show and wrong:
            _show(line, question, wrong)
    print(f"\n{'':34} asked  right  wrong  declined")
    for group, counts in sorted(groups.items()):
        shares = (100 * counts[each] / counts["asked"] for each in ("right", "wrong", "declined"))
        print(f"{' '.join(group):34} {counts['asked']:5}", *(f"{share:5.1f}%" for share in shares))
    for language, counts in sorted(slots.items()):
        total = counts.pop("asked")
        text = ", ".join(f"{slot} {100 - 100 * n / total:.1f}%" for slot, n in counts.most_common())
        print(f"\n{language}: each slot right (the others 100%): {text}")


def _show(line: Line, question: Question, wrong: set[str]) -> None:
    print(f"{outcome(question, wrong):8} {line['text']}")
    for slot in sorted(wrong - {"project"}):
        wanted = line.get("expect", line.get("not", {})).get(slot)
        print(f"         {slot}: {plain(question, slot)} instead of {wanted}")
    if "project" in wrong:
        print(f"         projects: {question.projects} instead of {line['expect']['project']}")
    if question.leftover:
        print(f"         left over: {', '.join(question.leftover)}")


def speed(title: str, texts: list[str], known: Known) -> None:
    """Print how long a question takes: the wall clock, in microseconds."""
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
