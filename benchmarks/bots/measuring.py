"""What is measured of one bot that is asked for one thing."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks.bots import processes
from benchmarks.bots.bot_api import Line
from benchmarks.bots.processes import Counts, Program, Running
from benchmarks.bots.residents import PEOPLE, Residents, Send, Update

T = TypeVar("T")

PER_SECOND = 20
GIVES_UP_S = 120  # without any answer
BUSY = 0.9  # of a core: then the load itself may have been what was slow
WARM_UP = 300  # answers of each kind before anything counts
AT_ONCE = 32  # while warming up
ASKED = 60  # times of each kind while statements are counted
IDLE_S = 2.0  # how long an idle bot's own statements are counted, to be taken off
AFTERWARDS_S = 0.5  # for what is written after the answer


@dataclass
class Bot:
    """A bot under test: its line at the Bot API, its process, and who writes to it.

    `checkout` is None for one that only echoes.
    """

    name: str
    line: Line
    program: Program
    residents: Residents
    checkout: Path | None = None
    running: Running | None = None
    starts_s: list[float] = field(default_factory=list)
    first_questions_s: list[float] = field(default_factory=list)
    memory_mib: tuple[float, float] = (0.0, 0.0)

    @property
    def process(self) -> Running:
        """Its process; RuntimeError before it has one."""
        if self.running is None:
            raise RuntimeError(f"{self.name} was not started")
        return self.running


@dataclass
class Case:
    """One bot asked for one thing, and what was measured of it, a value a round."""

    name: str
    bot: Bot
    send: Send
    rates: list[float] = field(default_factory=list)
    processor_ms: list[float] = field(default_factory=list)
    waits_ms: list[float] = field(default_factory=list)
    calls: float = 0.0
    busy: bool = False
    statements: float | None = None
    transactions: float | None = None
    reading_ms: float | None = None

    @property
    def updates(self) -> Iterator[Update]:
        """Person after person asking for it, for ever."""
        return self.bot.residents.all_sending(self.send)


async def begin(bot: Bot, core: int, stack: AsyncExitStack) -> None:
    """Start it, to be stopped with the stack. /start and a question wait for it already."""
    loop = asyncio.get_running_loop()
    first: dict[int, asyncio.Future[float]] = {1: loop.create_future(), 2: loop.create_future()}
    bot.line.forget()
    bot.line.answered = lambda chat, _seconds: first[chat].set_result(time.perf_counter())
    residents = bot.residents
    bot.line.put(1, residents.start(1) if bot.checkout else residents.question(1))
    bot.line.put(2, residents.question(2))
    begun = time.perf_counter()
    bot.running = await stack.enter_async_context(processes.started(bot.program, core))
    start, question = await _patiently(bot, asyncio.gather(first[1], first[2]))
    bot.starts_s.append(start - begun)
    bot.first_questions_s.append(question - begun)


async def warm_up(bot: Bot, sends: list[Send]) -> None:
    """Let every person be known and every kind of answer be given some times."""
    residents = bot.residents
    if bot.checkout is not None:
        await answered(bot, residents.start, PEOPLE)
        await answered(bot, residents.location, WARM_UP)
        residents.keep(bot.line.shown)
    for send in sends:
        await answered(bot, send, WARM_UP)


async def answered(bot: Bot, send: Send, number: int) -> None:
    """So many answers, as fast as it can."""
    updates = islice(bot.residents.all_sending(send), number)
    done = asyncio.get_running_loop().create_future()

    def again(_chat: int, _seconds: float) -> None:
        for chat, update in islice(updates, 1):
            bot.line.put(chat, update)
        if not bot.line.at_hand:
            done.set_result(None)

    bot.line.answered = again
    for chat, update in islice(updates, AT_ONCE):
        bot.line.put(chat, update)
    await _patiently(bot, done)


async def as_fast_as_it_can(case: Case, outstanding: int, seconds: float) -> None:
    """Answers a second and processor time, from the first full turn of all that wait."""
    line, updates, answers = case.bot.line, case.updates, 0
    pushing = True
    loop = asyncio.get_running_loop()
    warm, drained = loop.create_future(), loop.create_future()

    def again(_chat: int, _seconds: float) -> None:
        nonlocal answers
        answers += 1
        if answers == outstanding:
            warm.set_result(None)
        if pushing:
            line.put(*next(updates))
        elif not line.at_hand:
            drained.set_result(None)

    def now() -> tuple[float, ...]:
        own = time.process_time()
        return answers, time.perf_counter(), case.bot.process.processor_s(), line.calls.total(), own

    line.answered = again
    for chat, update in islice(updates, outstanding):
        line.put(chat, update)
    await _patiently(case.bot, warm)
    before = now()
    await asyncio.sleep(seconds)
    number, took, processor, calls, own = (b - a for a, b in zip(before, now(), strict=True))
    pushing = False
    await _patiently(case.bot, drained)
    case.rates.append(number / took)
    case.processor_ms.append(1000 * processor / number)
    case.calls = calls / number
    case.busy = case.busy or own / took > BUSY


async def at_a_pace(case: Case, number: int) -> list[float]:
    """How long each answer took at 20 a second, in milliseconds."""
    done = asyncio.get_running_loop().create_future()
    waits: list[float] = []

    def arrived(_chat: int, seconds: float) -> None:
        waits.append(1000 * seconds)
        if len(waits) == number:
            done.set_result(None)

    case.bot.line.answered = arrived
    begun = time.perf_counter()
    for turn, (chat, update) in enumerate(islice(case.updates, number)):
        await asyncio.sleep(begun + turn / PER_SECOND - time.perf_counter())
        case.bot.line.put(chat, update)
    await _patiently(case.bot, done)
    return waits


async def count(case: Case, counts: Counts) -> None:
    """Statements and transactions of an answer, and how long its reading takes when it is busy."""
    await answered(case.bot, case.send, WARM_UP)
    cold = await counts.read()
    await answered(case.bot, case.send, WARM_UP)
    first = await counts.read()
    if readings := first["readings"] - cold["readings"]:
        case.reading_ms = 1000 * (first["reading_s"] - cold["reading_s"]) / readings
    await asyncio.sleep(IDLE_S)
    before = await counts.read()
    await at_a_pace(case, ASKED)
    await asyncio.sleep(AFTERWARDS_S)
    after = await counts.read()

    def each(name: str) -> float:
        idle = (before[name] - first[name]) / IDLE_S * (ASKED / PER_SECOND + AFTERWARDS_S)
        return max(0.0, after[name] - before[name] - idle) / ASKED

    case.statements, case.transactions = each("statements"), each("transactions")


async def _patiently(bot: Bot, done: asyncio.Future[T]) -> T:
    """What is waited for; RuntimeError with the end of the bot's log where it falls silent."""
    answers = -1
    while answers < bot.line.answers:
        answers = bot.line.answers
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(done), GIVES_UP_S)
    raise RuntimeError(f"{bot.name} does not answer:\n{bot.process.log_end()}")
