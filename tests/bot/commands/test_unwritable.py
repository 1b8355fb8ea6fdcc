"""A clumsy machine: folders that cannot be written, a file that another bot still uses."""

from pathlib import Path

import pytest

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


async def test_try_does_not_take_the_file_from_another(environment: Env, tmp_path: Path) -> None:
    def arguments() -> tuple[str, ...]:
        return ("try", "--port", str(free_port()), "--no-browser")

    async with qala(*arguments(), env=environment, cwd=tmp_path) as first:
        await first.until("Talk to the bot at")
        code, output = await ended(*arguments(), "--fresh", env=environment, cwd=tmp_path)
        assert code == 1
        assert output == "Error: qala-try.db is in use by another qala try: stop that one first\n"
        assert (tmp_path / "qala-try.db").exists()
        async with qala(*arguments(), env=environment, cwd=tmp_path) as second:
            await second.until("Talk to the bot at")  # two on one file are welcome
