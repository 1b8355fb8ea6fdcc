"""The table of what was measured."""

import argparse
import os
from collections.abc import Sequence
from statistics import median, quantiles

from benchmarks.bots.measuring import Bot, Case

NAME, COLUMN = 40, 11
COLUMNS = (
    "answers/s", "x ptb", "x aiogram", "cpu ms", "x ptb", "p50 ms", "p99 ms", "stmts", "transact",
    "calls",
)  # fmt: skip


def print_figures(arguments: argparse.Namespace, cases: list[Case], bots: list[Bot]) -> None:
    """Every case beside the echo bots, then every bot."""
    store = "PostgreSQL" if arguments.postgres else "SQLite"
    print(
        f"{store}, {arguments.delay_ms} ms of network, {arguments.outstanding} updates outstanding,"
        f" median of {arguments.rounds} rounds turn about; load average {os.getloadavg()[0]:.1f}"
    )
    _print_row("", COLUMNS)
    echoes = [case for case in cases if case.bot.checkout is None]
    for case in cases:
        speed = _speed(case, echoes)
        slow = quantiles(case.waits_ms, n=100)[98]
        rest = [f"{median(case.waits_ms):.1f}", f"{slow:.1f}"]
        rest += [_number(each) for each in (case.statements, case.transactions, case.calls)]
        _print_row(f"{case.name} ({case.bot.name})", [*speed, *rest, "!" if case.busy else ""])
        if case.reading_ms is not None:
            name = f"  without its reading, {case.reading_ms:.1f} ms"
            _print_row(name, _speed(case, echoes, less_ms=case.reading_ms))
    _print_row("", ())
    _print_row("", ("start s", "question s", "RSS MiB", "PSS MiB"))
    for bot in bots:
        starts = [f"{median(each):.2f}" for each in (bot.starts_s, bot.first_questions_s)]
        _print_row(bot.name, [*starts, *(f"{each:.0f}" for each in bot.memory_mib)])
    if any(case.busy for case in cases):
        print("! the load itself kept its core busy: a faster bot would not show")


def _speed(case: Case, echoes: list[Case], less_ms: float = 0.0) -> list[str]:
    """Answers a second and processor time, and both beside the echo bots' of the same rounds."""
    rates = [1000 / (1000 / rate - less_ms) for rate in case.rates]
    processor = [each - less_ms for each in case.processor_ms]
    faster = [_ratio(rates, echo.rates) for echo in echoes]
    cheaper = _ratio(echoes[0].processor_ms, processor)
    ratios = [f"{each:.2f}" for each in faster]
    return [f"{median(rates):.0f}", *ratios, f"{median(processor):.2f}", f"{cheaper:.2f}"]


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _print_row(name: str, cells: Sequence[str]) -> None:
    print(f"{name:{NAME}}{''.join(f'{each:>{COLUMN}}' for each in cells)}".rstrip())
