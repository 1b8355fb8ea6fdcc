"""`qala run` delivers, stops in the middle, goes on; `qala digest` looks on from beside it."""

import re
import signal
from pathlib import Path

from bot.sandbox.server import Sandbox
from storage.database.schema import upgrade
from storage.database.store import Store
from tests.bot.conftest import ended, qala, soon
from tests.bot.digests.city import DAY, START, received
from tests.storage.digest_world import World

Env = dict[str, str]
PEOPLE = 400  # two a second: the first run is stopped long before it is through


async def test_a_run_stopped_and_begun_again(
    environment: Env, sandbox: Sandbox, tmp_path: Path
) -> None:
    people = [sandbox.add_resident(f"r{n}") for n in range(PEOPLE)]
    with Store(f"sqlite:///{tmp_path / 'qala.db'}") as store:
        upgrade(store)
        with store.writing() as session:
            world = World(session)
            for person in people:
                world.follow(person.id, START)
            world.done("school", START + DAY)
    environment |= {"MESSAGES_PER_SECOND": "2"}
    code, said = await ended("digest", "--dry-run", env=environment, cwd=tmp_path)
    assert code == 0, said
    assert f"{PEOPLE} messages to {PEOPLE} chats ({PEOPLE} weekly)" in said
    async with qala("run", env=environment, cwd=tmp_path) as bot:
        await bot.until("started .*polling")
        await soon(lambda: sum(received(people)) > 2)
        code, said = await ended("digest", "--status", env=environment, cwd=tmp_path)
        assert code == 0, said
        assert re.search(r"sent       [1-9]", said)
        assert re.search(r"Delivering: \S+:\d+:\w+, at least until", said)
        assert await bot.end(signal.SIGTERM) == 0
    first = sum(received(people))
    assert 0 < first < PEOPLE
    assert re.search(rf"digest_run .*left={PEOPLE - first} .*sent={first} unknown=0", bot.output)
    environment |= {"MESSAGES_PER_SECOND": "0"}
    async with qala("run", env=environment, cwd=tmp_path) as bot:
        await bot.until("digest_run .*left=0")
        code, said = await ended("digest", "--now", env=environment, cwd=tmp_path)
        assert code == 0, said
        assert "Planned: 0" in said
        assert await bot.end(signal.SIGTERM) == 0
    assert received(people) == [1] * PEOPLE
    assert not re.search("Traceback|never awaited|maximum number of running", bot.output)
