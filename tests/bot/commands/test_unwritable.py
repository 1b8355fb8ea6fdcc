"""A clumsy machine: folders that cannot be written, a file that another bot still uses."""

import signal
from pathlib import Path

import pytest

from bot.commands.try_file import users
from tests.bot.conftest import ended, free_port, qala

Env = dict[str, str]
COMMANDS = (("migrate",), ("import", "projects.csv"), ("import", "--dry-run", "projects.csv"))


@pytest.mark.parametrize("arguments", [*COMMANDS, ("run",)], ids=" ".join)
async def test_a_store_that_cannot_be_written_is_named(
    environment: Env, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "projects.csv").write_text("id,title_ru\na-1,Школа\n", encoding="utf-8")
    (tmp_path / "store.db.lock").mkdir()  # not even root writes here
    environment |= {"DATABASE_URL": "sqlite:///store.db"}
    code, output = await ended(*arguments, env=environment, cwd=tmp_path)
    assert code == 1
    assert "Traceback" not in output
    assert "store.db.lock cannot be written: " in output


async def test_a_store_in_a_folder_that_is_a_file(environment: Env, tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("no folder")
    environment |= {"DATABASE_URL": "sqlite:///folder/qala.db"}
    for arguments in (("migrate",), ("check",)):
        code, output = await ended(*arguments, env=environment, cwd=tmp_path)
        assert code == 1
        assert "Traceback" not in output, output
        assert "folder" in output


def lock_of(folder: Path, port: int) -> Path:
    """What a running `qala try` holds."""
    return folder / f"qala-try.db.{port}.try.lock"


async def test_try_does_not_take_the_file_from_another(environment: Env, tmp_path: Path) -> None:
    taken: list[int] = []

    def arguments() -> tuple[str, ...]:
        taken.append(free_port())
        return ("try", "--port", str(taken[-1]), "--no-browser")

    async with qala(*arguments(), env=environment, cwd=tmp_path) as first:
        await first.until("Talk to the bot at")
        code, output = await ended(*arguments(), "--fresh", env=environment, cwd=tmp_path)
        assert code == 1
        page = f"http://127.0.0.1:{taken[0]}"
        assert output.startswith(f"Error: qala-try.db is in use by another qala try ({page}): stop")
        assert "make try PORT=" in output
        assert (tmp_path / "qala-try.db").exists()
        async with qala(*arguments(), env=environment, cwd=tmp_path) as second:
            await second.until("Talk to the bot at")  # two on one file are welcome
            assert f"qala-try.db with the qala try at {page}: homes, subscriptions" in second.output
            assert await first.end(signal.SIGINT) == 0
            code, output = await ended(*arguments(), "--fresh", env=environment, cwd=tmp_path)
            assert code == 1  # the second has it still, though it was not the first
            assert f"http://127.0.0.1:{taken[2]}" in output
            assert await second.end(signal.SIGINT) == 0
    async with qala(*arguments(), "--fresh", env=environment, cwd=tmp_path) as third:
        await third.until("Talk to the bot at")
        assert "shares" not in third.output
        assert await third.end(signal.SIGINT) == 0
    assert not [each for each in taken if lock_of(tmp_path, each).exists()]


async def test_a_second_try_on_the_same_page_is_told_where_the_first_is(
    environment: Env, tmp_path: Path
) -> None:
    port = str(free_port())
    arguments = ("try", "--port", port, "--no-browser")
    async with qala(*arguments, env=environment, cwd=tmp_path) as first:
        await first.until("Talk to the bot at")
        code, output = await ended(*arguments, env=environment, cwd=tmp_path)
        assert code == 1
        assert output.startswith(
            f"Error: Another qala try is here already: http://127.0.0.1:{port}. Open that page"
        )
        assert 'ARGS="--folder try-' in output
        own = ("try", "--port", str(free_port()), "--no-browser", "--folder", "my own")
        async with qala(*own, env=environment, cwd=tmp_path) as second:
            await second.until("Talk to the bot at")
            assert "shares" not in second.output
            assert (tmp_path / "my own" / "qala-try.db").exists()
            assert await second.end(signal.SIGINT) == 0
        assert await first.end(signal.SIGINT) == 0


async def test_a_try_that_was_killed_holds_nothing(environment: Env, tmp_path: Path) -> None:
    port = free_port()
    async with qala(
        "try", "--port", str(port), "--no-browser", env=environment, cwd=tmp_path
    ) as one:
        await one.until("Talk to the bot at")
        one.process.kill()
        await one.end()
    assert lock_of(tmp_path, port).exists()
    assert users(tmp_path / "qala-try.db") == ()
    assert not lock_of(tmp_path, port).exists()
