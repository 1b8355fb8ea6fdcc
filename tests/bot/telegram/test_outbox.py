"""What is repeated, what is not, and what is said of it: with a clock of its own and no network."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.telegram.http import NotArrivedError, NotConnectedInTimeError
from bot.telegram.outbox import HALTS, TRIES, Answer, Call, Outbox, UnknownOutcomeError, in_lane
from bot.telegram.pace import Lane, Limits
from tests.bot.telegram.virtual_time import VirtualTime

DONE = (200, b'{"ok": true, "result": {}}')
SEND, EDIT, UPDATES = Call("sendMessage", 7), Call("editMessageText", 7), Call("getUpdates")


def refusal(code: int, **parameters: int) -> Answer:
    body = {"ok": False, "error_code": code, "description": "No", "parameters": parameters}
    return code, json.dumps(body).encode()


class Telegram:
    """Answers with what it was given, one after the other, then with success."""

    def __init__(self, time: VirtualTime, *answers: Answer | Exception) -> None:
        self.time = time
        self.answers = list(answers)
        self.asked_at: list[float] = []

    async def __call__(self) -> Answer:
        self.asked_at.append(self.time.now)
        answer = self.answers.pop(0) if self.answers else DONE
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def pauses(self) -> Sequence[float]:
        return [round(b - a, 2) for a, b in zip(self.asked_at, self.asked_at[1:], strict=False)]


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


@pytest.fixture
def outbox(time: VirtualTime) -> Outbox:
    return Outbox(Limits(), clock=time.clock, sleep=time.sleep, chance=lambda: 1.0)


async def carried(time: VirtualTime, outbox: Outbox, call: Call, telegram: Telegram) -> Answer:
    answers: list[Answer] = []

    async def carry() -> None:
        answers.append(await outbox.carry(call, telegram))

    await time.run(carry())
    return answers[0]


@pytest.mark.parametrize("call", [SEND, EDIT])
@pytest.mark.parametrize(
    "trouble",
    [
        NotArrivedError("refused"),
        NotConnectedInTimeError("no connection"),
        refusal(500),
        refusal(502),
    ],
)
async def test_what_did_not_arrive_is_repeated_with_growing_pauses(
    time: VirtualTime, outbox: Outbox, call: Call, trouble: Answer | Exception
) -> None:
    telegram = Telegram(time, trouble, trouble, trouble)
    assert await carried(time, outbox, call, telegram) == DONE
    assert telegram.pauses == [0.5, 1, 2]


async def test_in_the_end_it_says_that_nothing_arrived(time: VirtualTime, outbox: Outbox) -> None:
    telegram = Telegram(time, *[refusal(500)] * 9)
    with pytest.raises(NotArrivedError, match="No"):
        await carried(time, outbox, SEND, telegram)
    assert len(telegram.asked_at) == TRIES


async def test_pauses_differ_by_chance(time: VirtualTime) -> None:
    outbox = Outbox(Limits(), clock=time.clock, sleep=time.sleep, chance=lambda: 0.0)
    telegram = Telegram(time, *[NotArrivedError("refused")] * 3)
    await carried(time, outbox, SEND, telegram)
    assert telegram.pauses == [0.25, 0.5, 1]


@pytest.mark.parametrize(
    "trouble",
    [
        TimedOut(),
        NetworkError("ServerDisconnectedError"),
        refusal(504),
        (502, b"<html>Bad Gateway</html>"),
        (500, b"[]"),
    ],
)
async def test_a_message_whose_answer_was_lost_is_not_sent_again(
    time: VirtualTime, outbox: Outbox, trouble: Answer | Exception
) -> None:
    telegram = Telegram(time, trouble)
    with pytest.raises(UnknownOutcomeError, match="whether sendMessage was carried out is not"):
        await carried(time, outbox, SEND, telegram)
    assert len(telegram.asked_at) == 1
    telegram = Telegram(time, trouble)
    assert await carried(time, outbox, EDIT, telegram) == DONE  # twice is as good as once
    assert len(telegram.asked_at) == 2


@pytest.mark.parametrize("call", [SEND, EDIT, Call("answerCallbackQuery")])
async def test_a_429_is_waited_for_and_the_call_made_again(
    time: VirtualTime, outbox: Outbox, call: Call
) -> None:
    telegram = Telegram(time, refusal(429, retry_after=7), refusal(429, retry_after=3))
    with capture_logs() as logged:
        assert await carried(time, outbox, call, telegram) == DONE
    assert telegram.pauses == [7, 3]
    assert [entry["seconds"] for entry in logged] == [7, 3]


async def test_a_429_without_a_time_waits_a_while(time: VirtualTime, outbox: Outbox) -> None:
    telegram = Telegram(time, refusal(429), (429, b"slow down"))
    await carried(time, outbox, SEND, telegram)
    assert telegram.pauses == [5, 5]


async def test_a_429_holds_back_every_other_call(time: VirtualTime, outbox: Outbox) -> None:
    telegram = Telegram(time, refusal(429, retry_after=20))
    others = Telegram(time)

    async def digest() -> None:
        with in_lane(Lane.DIGESTS):
            await outbox.carry(Call("sendMessage", 8), others)

    async def later() -> None:
        await time.sleep(1)
        for call in (Call("sendMessage", 9), Call("answerCallbackQuery"), UPDATES, Call("getMe")):
            await outbox.carry(call, others)

    begun = time.now
    await time.run(outbox.carry(SEND, telegram), later(), digest())
    assert len(others.asked_at) == 5
    assert min(others.asked_at) >= begun + 20


async def test_429s_without_end_are_handed_on(time: VirtualTime, outbox: Outbox) -> None:
    telegram = Telegram(time, *[refusal(429, retry_after=1)] * 99)
    status, _ = await carried(time, outbox, SEND, telegram)
    assert status == 429
    assert len(telegram.asked_at) == HALTS + 1


async def test_an_answer_that_would_come_far_too_late(time: VirtualTime, outbox: Outbox) -> None:
    telegram = Telegram(time, refusal(429, retry_after=90))
    with pytest.raises(RetryAfter) as late:
        await carried(time, outbox, SEND, telegram)
    assert late.value.retry_after == timedelta(seconds=90)
    with in_lane(Lane.DIGESTS):
        await carried(time, outbox, SEND, telegram)
    assert telegram.pauses == [90]


@pytest.mark.parametrize("trouble", [refusal(429, retry_after=1), refusal(502)])
async def test_who_asks_for_updates_hears_of_trouble_at_once(
    time: VirtualTime, outbox: Outbox, trouble: Answer
) -> None:
    assert await carried(time, outbox, UPDATES, Telegram(time, trouble)) == trouble
    with pytest.raises(NotArrivedError):
        await carried(time, outbox, UPDATES, Telegram(time, NotArrivedError("refused")))


@pytest.mark.parametrize(
    ("method", "message", "repeatable"),
    [
        ("sendMessage", True, False),
        ("sendMediaGroup", True, False),
        ("forwardMessage", True, False),
        ("copyMessages", True, False),
        ("editMessageText", True, True),
        ("sendChatAction", False, True),
        ("answerCallbackQuery", False, True),
        ("getMe", False, True),
        ("setMyCommands", False, True),
        ("deleteMessage", False, True),
        ("createChatInviteLink", False, False),
    ],
)
def test_sorts_of_calls(method: str, message: bool, repeatable: bool) -> None:
    call = Call(method)
    assert (call.is_message, call.is_repeatable) == (message, repeatable)
