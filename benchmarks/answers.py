"""What an answer costs: near me, a question, a card, budgets and /start, beside bare echo bots.

    make bench && .venv/bin/python -m benchmarks.answers
    ... --postgres postgresql://USER:PASSWORD@HOST:PORT/NAME    a role that may create databases
    ... --delay-ms 50                        each call is answered so much later, as over a network
    ... --checkout . --checkout ../other     checkouts that were set up; without it this one
    ... --rounds 1 --seconds 2               a short look

Each bot is a process of its own; all of them share one core and are measured turn about, round
after round, while this process, with a Bot API that answers at once, has another. They are started
as for residents: `qala run` on the shipped list, python-telegram-bot and aiogram with their
defaults and a handler that repeats the text, all by long polling. Two thousand people take turns.

- Answers a second: `--outstanding` updates are kept waiting for the bot, a new one for each that is
  answered. Ratios to the echo bots are of the same round; the median counts.
- Processor: milliseconds of the bot's processes, user and system, for an answer. PostgreSQL's own
  processes are not in it.
- p50, p99: at 20 updates a second, from handing out the update to the arrival of the answer.
- Calls to the Bot API an answer, getUpdates included: it is answered as soon as there is anything.
- Statements and transactions an answer: counted in a run of their own, at 20 a second. BEGIN and
  COMMIT are no statements.
- A question without its reading: `understand()` is timed in that same run, on the same questions;
  its processor time is taken off the time of a question.
- Start: from the start of the process until /start, sent before, is answered; and the same for a
  question. Memory: after all of it was measured.

Nothing is written to disk but a store in a temporary folder.
"""

import argparse
import asyncio
import os
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

from benchmarks.bots import processes
from benchmarks.bots.bot_api import Line, bot_api
from benchmarks.bots.figures import print_figures
from benchmarks.bots.measuring import (
    PER_SECOND,
    Bot,
    Case,
    as_fast_as_it_can,
    at_a_pace,
    begin,
    count,
    warm_up,
)
from benchmarks.bots.residents import Residents

HERE = Path(__file__).resolve().parents[1]
LIBRARIES = ("python-telegram-bot", "aiogram")
KINDS = {
    "near me": "location",
    "a question": "question",
    "a card": "card",
    "budgets": "budgets",
    "/start": "start",
}


async def measure(arguments: argparse.Namespace) -> None:
    """All of it, printed."""
    load_core, bot_core = _cores()
    os.sched_setaffinity(0, {load_core})
    checkouts = [path.resolve() for path in arguments.checkout or [HERE]]
    lines = [
        Line(f"42000000{number:02}:{'B' * 35}", arguments.delay_ms / 1000)
        for number in range(len(LIBRARIES) + len(checkouts))
    ]
    with ExitStack() as stores:
        async with bot_api(lines) as root:
            bots = [
                Bot(name, line, processes.echo(name, root, line.token), Residents(HERE))
                for name, line in zip(LIBRARIES, lines, strict=False)
            ]
            for checkout, line in zip(checkouts, lines[len(LIBRARIES) :], strict=True):
                database = stores.enter_context(processes.new_database(arguments.postgres))
                processes.load_list(checkout, database)
                program = processes.qala(checkout, root, line.token, database)
                bots.append(Bot(checkout.name, line, program, Residents(HERE), checkout))
            cases = _cases(bots)
            await _turn_about(arguments, bots, cases, bot_core)
            await _count(bots, cases, bot_core)
    print_figures(arguments, cases, bots)


async def _turn_about(
    arguments: argparse.Namespace, bots: list[Bot], cases: list[Case], core: int
) -> None:
    """Everything but what needs an instrumented bot."""
    for _ in range(arguments.rounds - 1):
        for bot in bots:
            async with AsyncExitStack() as once:
                await begin(bot, core, once)
    async with AsyncExitStack() as running:
        for bot in bots:
            await begin(bot, core, running)
        for bot in bots:
            await warm_up(bot, [case.send for case in cases if case.bot is bot])
        for _ in range(arguments.rounds):
            for case in cases:
                await as_fast_as_it_can(case, arguments.outstanding, arguments.seconds)
            for case in cases:
                case.waits_ms += await at_a_pace(case, int(PER_SECOND * arguments.pace_seconds))
        for bot in bots:
            bot.memory_mib = bot.process.memory_mib()


async def _count(bots: list[Bot], cases: list[Case], core: int) -> None:
    """The instrumented run of each checkout."""
    for bot in bots:
        if bot.checkout is None:
            continue
        async with processes.instrumented(bot.program, core) as (running, counts):
            bot.running = running
            for case in cases:
                if case.bot is bot:
                    await count(case, counts)


def _cores() -> tuple[int, int]:
    """A core for the load and one for the bots; SystemExit where there is only one."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise SystemExit("this needs two cores: one for the bots, one for who asks them")
    return cores[0], cores[-1]


def _cases(bots: list[Bot]) -> list[Case]:
    """The echo bots, then one kind of answer after another."""
    cases = [Case("echo", bot, bot.residents.question) for bot in bots if bot.checkout is None]
    for name, kind in KINDS.items():
        for bot in bots:
            if bot.checkout is not None:
                cases.append(Case(name, bot, getattr(bot.residents, kind)))
    return cases


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--postgres", help="a server on which to measure instead of SQLite")
    parser.add_argument("--delay-ms", type=int, default=0)
    parser.add_argument("--checkout", type=Path, action="append", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4, help="at full speed, a case and round")
    parser.add_argument("--pace-seconds", type=float, default=10, help="at 20 a second, likewise")
    parser.add_argument("--outstanding", type=int, help="64; with a delay 256")
    arguments = parser.parse_args()
    arguments.outstanding = arguments.outstanding or (256 if arguments.delay_ms else 64)
    asyncio.run(measure(arguments))


if __name__ == "__main__":
    main()
