"""Puts the exam's questions to the bot: how many are answered rightly, wrongly, or declined.

    .venv/bin/python -m benchmarks.exam benchmarks/exam/questions/dev      # a folder, or files
    .venv/bin/python -m benchmarks.exam FILE.jsonl --language kk --show --json /tmp/results.json

«score» is right minus ten times wrong, of 100 turns: what counts where an answer must be trusted.
"""

import argparse
import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.exam.check import lines
from benchmarks.exam.sitting import Result, sit
from handlers.understanding import load_for_good

_TEN = 10


def questions_of(paths: Iterable[Path], wanted: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the questions of files and folders that are wanted."""
    files = [
        file
        for path in paths
        for file in (sorted(path.rglob("*.jsonl")) if path.is_dir() else [path])
    ]
    for file in files:
        for _, question in lines(file):
            if all(
                getattr(wanted, name) in {None, question[key]}
                for name, key in (("language", "lang"), ("manner", "manner"), ("writer", "writer"))
            ):
                yield question


def table(results: Sequence[Result]) -> str:
    """Return the shares by language, manner, writer, intent and subset, the whole last."""
    told = []
    for name in ("lang", "manner", "writer", "intent", "subset"):
        groups: dict[str, list[Result]] = defaultdict(list)
        for each in results:
            groups[_group(each, name)].append(each)
        told += [_line(name, key, found) for key, found in sorted(groups.items()) if key]
    return "\n".join((*told, _line("all", "", results)))


def _group(result: Result, name: str) -> str:
    if name == "intent":
        return result.intent
    if name == "subset" and "turns" in result.question:
        return "conversation"
    return str(result.question.get(name, ""))


def _line(name: str, key: str, results: Sequence[Result]) -> str:
    count = Counter(each.verdict.outcome for each in results)
    total = max(1, len(results))
    shares = {each: 100 * count[each] / total for each in ("right", "wrong", "declined")}
    score = shares["right"] - _TEN * shares["wrong"]
    parts = "  ".join(f"{each} {share:5.1f} %" for each, share in shares.items())
    return f"{name:8}{key:22}{len(results):5}  {parts}  score {score:7.1f}"


def shown(result: Result) -> str:
    """Return a result that is not right as text to read."""
    question, verdict = result.question, result.verdict
    reply = result.reply[:400].replace("\n", "\n    ")
    return f"{question['id']} {verdict.outcome}: {verdict.why}\n  {result.text}\n    {reply}\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    for name in ("language", "manner", "writer"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--show", action="store_true", help="print what is not right")
    parser.add_argument("--json", type=Path, help="write every turn there")
    arguments = parser.parse_args()
    load_for_good()
    by_seed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for question in questions_of(arguments.paths, arguments):
        by_seed[question["seed"]].append(question)
    results = [
        each for seed, found in sorted(by_seed.items()) for each in asyncio.run(sit(seed, found))
    ]
    if arguments.show:
        print("\n".join(shown(each) for each in results if each.verdict.outcome != "right"))
    print(table(results))
    if arguments.json:
        arguments.json.write_text(
            json.dumps([_plain(each) for each in results], ensure_ascii=False)
        )


def _plain(result: Result) -> dict[str, Any]:
    question = {name: result.question[name] for name in ("id", "lang", "manner", "writer")}
    verdict = {"verdict": result.verdict.outcome, "why": result.verdict.why}
    return (
        question | verdict | {"text": result.text, "intent": result.intent, "reply": result.reply}
    )


if __name__ == "__main__":
    main()
