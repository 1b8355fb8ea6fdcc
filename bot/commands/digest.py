"""`qala digest`: what a run would be, how it goes, and a run before its time."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Bot

from bot.app import build_bot
from bot.base_settings import PaceSettings
from bot.commands.run import stop_on_signals
from bot.digests.delivery import LEASE
from bot.digests.planning import Planning
from bot.digests.service import Digests, digests_of
from bot.running import RefusedError, StoppedError, persistently, until_stopped
from bot.settings import Settings, SettingsError
from bot.typed import typed
from storage.database.store import Store
from storage.digests import deliveries, leases
from storage.digests.deliveries import Counts
from storage.digests.forecast import forecast
from storage.digests.leases import Held
from storage.values.city import CITY_TIME

Echo = Callable[[str], object]
Clock = Callable[[], datetime]
SHOWN = timedelta(days=7)
RATED = timedelta(minutes=1)
LOOK_S = 1.0
TELL_EVERY = 10  # looks
SURE = 2  # looks at which nothing is left: one may come between two states
NOBODY_FOR = 90  # looks without anybody delivering: longer than a dead process holds the lease


def print_forecast(store: Store, pace: PaceSettings, echo: Echo, now: datetime) -> None:
    """Print how many chats and messages a run of now would be, and how long it would take."""
    with store.reading() as session:
        found = forecast(session, now)
        waiting = deliveries.waiting(session, now)
    messages = sum(found.deliveries.values())
    cadences = ", ".join(f"{number} {name}" for name, number in found.deliveries.items())
    echo(f"Due now: {found.subscriptions} subscriptions")
    echo(f"To be planned: {messages} messages to {found.chats} chats" + _brackets(cadences))
    echo(f"Planned already and waiting: {waiting} messages")
    echo(f"Texts to be written: {found.texts}")
    echo(f"Time: {_minutes(messages + waiting, _rate(pace))}. Nothing was written or sent.")


def _rate(pace: PaceSettings) -> int:
    return pace.paid_messages_per_second or pace.messages_per_second


def _minutes(messages: int, rate: int) -> str:
    if not rate:
        return f"{messages} messages without any limit of pace"
    minutes = messages / rate / 60
    said = "less than a minute" if minutes < 1 else f"about {minutes:.0f} minutes"
    return f"{said} for {messages} messages at {rate} a second"


def _brackets(text: str) -> str:
    return f" ({text})" if text else ""


@dataclass(frozen=True, slots=True)
class Status:
    """How delivering goes: who does it, what waits, what was done of late, a second."""

    holder: Held | None
    counts: Counts
    sendable: int
    rate: float

    @classmethod
    def of(cls, store: Store, now: datetime) -> "Status":
        """As it is at a moment (UTC)."""
        with store.reading() as session:
            waiting = deliveries.waiting(session, now)  # before what is on its way: none gets lost
            return cls(
                leases.held(session, LEASE, now),
                deliveries.counts(session, now - SHOWN),
                waiting,
                _a_second(*deliveries.finished(session, now - RATED), now),
            )

    def state(self, name: str) -> int:
        """How many deliveries are in a state."""
        return self.counts.states.get(name, 0)

    @property
    def left(self) -> int:
        """How many are to be sent now or are on their way."""
        return self.sendable + self.state("sending")


def _a_second(number: int, first: datetime | None, now: datetime) -> float:
    """The rate since the first of them."""
    return number / max(1.0, (now - first).total_seconds()) if first else 0.0


def print_status(store: Store, pace: PaceSettings, echo: Echo, now: datetime) -> None:
    """Print how the deliveries of the last seven days stand, and how long the rest takes."""
    status = Status.of(store, now)
    held_back = max(0, status.state("pending") - status.sendable)
    failed = ", ".join(f"{reason} {n}" for reason, n in sorted(status.counts.failed.items()))
    echo(f"Planned in the last 7 days: {sum(status.counts.states.values())}")
    echo(f"  waiting    {status.sendable}")
    echo(f"  held back  {held_back}  (their chats pause or rest, or it is night)")
    echo(f"  on the way {status.state('sending')}")
    echo(f"  sent       {status.state('sent')}")
    echo(f"  failed     {status.state('failed')}" + _brackets(failed))
    echo(f"  unknown    {status.state('unknown')}")
    echo(f"Rate: {status.rate:.1f} a second in the last minute; {_time_left(status, _rate(pace))}")
    echo(_who(status.holder))


def _time_left(status: Status, pace: int) -> str:
    if not status.left:
        return "nothing is left to be sent"
    if status.holder is None:
        return f"{status.left} are left, and nobody sends them"
    rate = status.rate or pace
    if not rate:
        return f"{status.left} are left"
    return f"{status.left} are left, about {max(1, round(status.left / rate / 60))} min"


def _who(holder: Held | None) -> str:
    if holder is None:
        return "Delivering: nobody (is qala run running?)"
    return (
        f"Delivering: {holder.holder}, at least until {holder.until.astimezone(CITY_TIME):%H:%M:%S}"
    )


def deliver_now(store: Store, settings: Callable[[], Settings], echo: Echo, clock: Clock) -> None:
    """Plan everybody's next digest now; a running bot delivers it, else this process does.

    `settings` are asked for only where this process delivers: SettingsError without a token.
    """
    asyncio.run(_deliver_now(store, settings, echo, clock))


async def _deliver_now(
    store: Store, settings: Callable[[], Settings], echo: Echo, clock: Clock
) -> None:
    held = await store.read(leases.held, LEASE, clock())
    try:
        with stop_on_signals() as stop, suppress(StoppedError):
            if held is None:
                await _by_itself(store, await _settings(store, settings, clock), echo, clock, stop)
                return
            planning = Planning(store, clock, lambda _: None)
            echo(f"Planned: {await planning.plan(stop, early=True)}")
            echo(_who(held))
            await until_stopped(stop, _follow(store, echo, clock))
    finally:
        await store.aclose()


async def _settings(store: Store, settings: Callable[[], Settings], clock: Clock) -> Settings:
    """The settings; without them a word on `qala try`, whose page moves its own time on."""
    try:
        return settings()
    except SettingsError:
        until = await store.read(leases.ahead, LEASE, clock())
        if until is None:
            raise
        raise RefusedError(
            f"The bot on this store takes it to be {until.astimezone(CITY_TIME):%Y-%m-%d %H:%M}: "
            "the page of qala try moved its time on. Move it on there to see the next digest"
        ) from None


async def _by_itself(
    store: Store, settings: Settings, echo: Echo, clock: Clock, stop: asyncio.Event
) -> None:
    bot: Bot = build_bot(settings)
    digests: Digests = digests_of(settings, store, bot, clock)
    try:
        await until_stopped(stop, persistently(bot.initialize, "getMe"))
        echo(f"Planned: {await digests.plan(stop, early=True)}")
        async with asyncio.TaskGroup() as group:
            waking = group.create_task(_wake_at(stop, digests))
            delivered = await digests.deliver(stop)
            waking.cancel()
        if not delivered and not stop.is_set():
            echo("Another process began to deliver meanwhile.")
            await until_stopped(stop, _follow(store, echo, clock))
    finally:
        await bot.shutdown()
    _tell(Status.of(store, clock()), echo)


async def _wake_at(stop: asyncio.Event, digests: Digests) -> None:
    await stop.wait()
    digests.wake()


async def _follow(store: Store, echo: Echo, clock: Clock) -> None:
    """Tell how far it is until nothing is left; RefusedError where nobody delivers any more."""
    looks = alone = done = 0
    while done < SURE:
        status = Status.of(store, clock())
        done = 0 if status.left else done + 1
        alone = 0 if status.holder else alone + 1
        if alone > NOBODY_FOR:
            raise RefusedError(f"Nobody delivers any more: start it ({typed('run')}), or try again")
        if status.left and looks % TELL_EVERY == 0:
            _tell(status, echo)
        looks += 1
        await asyncio.sleep(LOOK_S)
    _tell(Status.of(store, clock()), echo)


def _tell(status: Status, echo: Echo) -> None:
    echo(
        f"Sent {status.state('sent')}, failed {status.state('failed')}, unknown "
        f"{status.state('unknown')}, left {status.left} (of the last 7 days)"
    )
