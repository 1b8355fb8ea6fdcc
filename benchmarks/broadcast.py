"""How the road out carries a broadcast: how fast, how evenly, at whose expense.

    .venv/bin/python -m benchmarks.broadcast

Prints, against a server in a process of its own that answers every call at once:

- messages a second with the pace off, beside bare aiohttp posting the same as a form (1x) or
  as JSON and beside the library without the outbox, turn about in the same run;
- a broadcast at 30 a second with residents asking meanwhile: the worst second as the server saw the
  messages arrive, how much longer an answer took than without a broadcast, and the share of one
  processor that the broadcast took.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from statistics import median, quantiles
from typing import Any, ClassVar

import aiohttp
from telegram import Bot

from bot.telegram.http import AiohttpRequest
from bot.telegram.outbox import Outbox, OutboxRequest, in_lane
from bot.telegram.pace import Lane, Limits

TOKEN = "4200000000:BENCHMARK-no-secret-works-nowhere-00"
AT_ONCE = 50
ROUNDS = 3
ANSWERS_PER_SECOND = 4
TEXT = "Аптаның жаңалықтары: " + "Медеу ауданы, №25 мектеп салынды · " * 20
MESSAGE = {
    "message_id": 1,
    "date": 1_763_640_000,
    "chat": {"id": 7, "type": "private", "first_name": "A"},
    "text": TEXT,
}
ME = {"id": 4_200_000_000, "is_bot": True, "first_name": "Qala", "username": "qala_bot"}

Send = Callable[[int], Awaitable[object]]
_chats = count(1_000)


class Telegram(asyncio.Protocol):
    """As little of an HTTP server as answers a Bot API call; notes when messages arrive."""

    arrived: ClassVar[list[float]] = []

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._data = b""

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, body = self._data.partition(b"\r\n\r\n")
        if not found:
            return
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        if len(body) >= length:
            self._data = body[length:]
            self._answer(head.partition(b" HTTP")[0])

    def _answer(self, line: bytes) -> None:
        result: Any = MESSAGE
        if line.endswith(b"/sendMessage"):
            self.arrived.append(time.monotonic())
        elif line.endswith(b"/getMe"):
            result = ME
        elif line.endswith(b"/arrived"):
            result, Telegram.arrived = self.arrived, []
        body = json.dumps({"ok": True, "result": result}).encode()
        kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        self._transport.write(kind + str(len(body)).encode() + b"\r\n\r\n" + body)


def _serve(port: Any) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(Telegram, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


@asynccontextmanager
async def _bot(root: str, limits: Limits | None) -> AsyncIterator[Bot]:
    """A bot on the road out, or on the bare pool where there are no limits."""
    pool = AiohttpRequest()
    request = pool if limits is None else OutboxRequest(pool, Outbox(limits))
    async with Bot(TOKEN, base_url=f"{root}/bot", request=request) as bot:
        yield bot


async def _arrived(root: str) -> list[float]:
    """When the messages since the last look arrived."""
    async with aiohttp.ClientSession() as session, session.get(f"{root}/arrived") as answer:
        moments: list[float] = (await answer.json())["result"]
    return moments


async def _all(send: Send, messages: int) -> float:
    """Messages a second, fifty under way at a time."""
    left = iter(range(messages))

    async def work() -> None:
        for _ in left:
            await send(next(_chats))

    begun = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return messages / (time.perf_counter() - begun)


async def _bare(root: str, messages: int, kind: str) -> float:
    async with aiohttp.ClientSession() as session:

        async def send(chat: int) -> None:
            body: Any = {"chat_id": str(chat), "text": TEXT, "parse_mode": "HTML"}
            address = f"{root}/bot{TOKEN}/sendMessage"
            async with session.post(address, **{kind: body}) as answer:
                json.loads(await answer.read())

        return await _all(send, messages)


async def _library(root: str, messages: int, limits: Limits | None) -> float:
    async with _bot(root, limits) as bot:

        async def send(chat: int) -> None:
            with in_lane(Lane.DIGESTS):
                await bot.send_message(chat, TEXT, parse_mode="HTML")

        return await _all(send, messages)


async def _speed(root: str, messages: int) -> None:
    figures: dict[str, list[float]] = {
        name: [] for name in ("aiohttp, form", "aiohttp, JSON", "library", "outbox")
    }
    for _ in range(ROUNDS):
        figures["aiohttp, form"].append(await _bare(root, messages, "data"))
        figures["aiohttp, JSON"].append(await _bare(root, messages, "json"))
        figures["library"].append(await _library(root, messages, None))
        figures["outbox"].append(await _library(root, messages, Limits(per_second=0)))
    bare = median(figures["aiohttp, form"])
    print(f"pace off, {messages} messages, median of {ROUNDS} runs turn about:")
    for name, runs in figures.items():
        print(f"  {name:14} {median(runs):6.0f} messages/s   {median(runs) / bare:.2f}x")


async def _answers(bot: Bot, seconds: float, chance: random.Random) -> list[float]:
    """How long each answer took, at random moments within that time."""

    async def answer(after: float) -> float:
        await asyncio.sleep(after)
        begun = time.perf_counter()
        await bot.send_message(next(_chats), TEXT)
        return time.perf_counter() - begun

    moments = (chance.uniform(0, seconds) for _ in range(int(ANSWERS_PER_SECOND * seconds)))
    return await asyncio.gather(*(answer(moment) for moment in moments))


async def _broadcast(bot: Bot, until: float) -> int:
    """Digests, fifty under way at a time, till that moment; how many there were."""
    sent = 0

    async def work() -> None:
        nonlocal sent
        with in_lane(Lane.DIGESTS):
            while time.perf_counter() < until:
                await bot.send_message(next(_chats), TEXT)
                sent += 1

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return sent


async def _evenness(root: str, seconds: float) -> None:
    chance = random.Random(1)
    async with _bot(root, Limits()) as bot:
        alone = await _answers(bot, seconds / 2, chance)
        await _arrived(root)
        used, begun = time.process_time(), time.perf_counter()
        sent, during = await asyncio.gather(
            _broadcast(bot, begun + seconds), _answers(bot, seconds, chance)
        )
        took = time.perf_counter() - begun
        share = (time.process_time() - used) / took
    moments = await _arrived(root)
    extra = [wait - median(alone) for wait in during]
    print(f"30 a second, {sent} digests and {len(during)} answers in {took:.1f} s:")
    print(
        f"  worst second   {_worst_second(moments)} messages; {len(moments) / took:.1f} on average"
    )
    print(f"  extra wait     p50 {median(extra) * 1000:.0f} ms, p99 {_p99(extra) * 1000:.0f} ms")
    print(f"  processor      {share:.1%} of one core")


def _worst_second(moments: list[float]) -> int:
    worst = first = 0
    for last, moment in enumerate(sorted(moments)):
        while moment - moments[first] >= 1:
            first += 1
        worst = max(worst, last - first + 1)
    return worst


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98]


async def _measure(root: str, messages: int, seconds: float) -> None:
    await _speed(root, messages)
    await _evenness(root, seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    root = f"http://127.0.0.1:{ours.recv()}"
    asyncio.run(_measure(root, arguments.messages, arguments.seconds))
    server.terminate()


if __name__ == "__main__":
    main()
