"""More than 20 updates in 10 seconds: one notice, a minute of silence; others feel nothing."""

from datetime import timedelta

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.flood import MOST_PEOPLE, FloodGate, Verdict
from tests.conversation.clock import Clock

NOTICE = "That was a lot at once"


async def test_one_notice_then_silence_for_a_minute(
    daniel: Resident, resident: Resident, clock: Clock
) -> None:
    clock.hold()
    for _ in range(40):
        await daniel.send("/privacy")
    await resident.send("/privacy")
    await daniel.wait_for(lambda m: NOTICE in m.text)
    await daniel.wait_idle()
    assert len(daniel.messages) == 21
    assert NOTICE in daniel.last.text
    assert len(resident.messages) == 1  # the others feel nothing
    clock.advance(seconds=59)
    await daniel.send("/help")
    await daniel.wait_idle()
    assert len(daniel.messages) == 21
    clock.advance(seconds=2)
    await daniel.send("/help")
    await daniel.wait_for(lambda m: "How to ask me" in m.text)


async def test_twenty_in_ten_seconds_are_welcome(daniel: Resident, clock: Clock) -> None:
    clock.hold()
    for _ in range(20):
        await daniel.send("/privacy")
    await daniel.wait_idle()
    clock.advance(seconds=10)
    for _ in range(20):
        await daniel.send("/privacy")
    await daniel.wait_idle()
    assert len(daniel.messages) == 40
    assert not any(NOTICE in message.text for message in daniel.messages)


async def test_presses_count_and_hear_the_notice(daniel: Resident, clock: Clock) -> None:
    await daniel.send("/settings")
    await daniel.next_message()
    clock.advance(minutes=1)
    clock.hold()
    presses = [await daniel.press("📏 Radius") for _ in range(1)]
    await daniel.wait_idle()
    presses += [await daniel.press_data(daniel.last, "o:radius") for _ in range(22)]
    assert NOTICE in (await daniel.answer_to(presses[20])).text
    assert (await daniel.answer_to(presses[20])).show_alert
    await daniel.wait_idle()
    assert presses[21] not in [answer.query_id for answer in daniel.answers]


async def test_what_a_group_says_to_itself_does_not_count(
    sandbox: Sandbox, olga: Resident, clock: Clock
) -> None:
    clock.hold()
    for n in range(30):
        await olga.send(f"Көрші {n}", chat=sandbox.group)
    await olga.send("/help")
    assert "Как спрашивать" in (await olga.next_message()).text


def test_slow_answers_hide_nobodys_haste() -> None:
    clock = Clock()
    clock.hold()
    gate = FloodGate(clock)
    verdicts = [gate.arrived(n, 1) for n in range(22)]
    assert verdicts == [Verdict.ANSWER] * 20 + [Verdict.NOTICE, Verdict.SILENCE]
    clock.advance(seconds=30)  # the updates are worked on much later
    assert [gate.verdict(n) for n in (0, 20, 21)] == [
        Verdict.ANSWER,
        Verdict.NOTICE,
        Verdict.SILENCE,
    ]
    assert gate.verdict(20) is Verdict.ANSWER  # asked once, then forgotten


def test_the_window_slides() -> None:
    clock = Clock()
    clock.hold()
    gate = FloodGate(clock)
    for n in range(100):
        clock.now += timedelta(seconds=0.5)
        assert gate.arrived(n, 1) is Verdict.ANSWER, n
    clock.now += timedelta(seconds=0.4)
    assert gate.arrived(100, 1) is Verdict.NOTICE


def test_memory_is_bounded() -> None:
    clock = Clock()
    clock.hold()
    gate = FloodGate(clock)
    for person in range(MOST_PEOPLE + 100):
        gate.arrived(person, person)
    assert len(gate._paces) == MOST_PEOPLE
