"""How a command is typed here, wherever somebody stands and whatever is installed."""

import sys
from pathlib import Path

import pytest

from bot.typed import typed


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose `.venv` has a `qala`, which this process belongs to; nothing on the PATH."""
    file = tmp_path / "my clone" / ".venv" / "bin" / "qala"
    file.parent.mkdir(parents=True)
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    monkeypatch.setattr(sys, "prefix", str(file.parents[1]))
    monkeypatch.setenv("PATH", "/nowhere")
    return file


def test_after_a_plain_clone(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(program.parents[2])
    assert typed("import") == ".venv/bin/qala import"


def test_from_another_folder(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    shown = str(program)[1:]
    assert typed("migrate") == f"'{shown}' migrate"


def test_where_the_shell_finds_it(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program.parent))
    assert typed("try") == "qala try"


def test_where_the_shell_finds_another(
    program: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "qala"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(program.parents[2])
    assert typed("run") == ".venv/bin/qala run"
