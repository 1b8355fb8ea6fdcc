"""The Makefile on machines of all sorts, played by small scripts on a PATH of their own."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "make", "grep", "rm", "mkdir", "cat", "chmod")

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

PYTHON = """#!/bin/sh
case "$*" in
    *version_info*) echo {version} ;;
    *executable*) echo "$0" ;;
    *venv*) {venv} ;;
esac
"""
NO_VENV = "echo 'ensurepip is not available' >&2; exit 1"
VENV = "mkdir -p .uv/bin && cat pip >.uv/bin/pip && chmod +x .uv/bin/pip"
PIP = """#!/bin/sh
echo "pip $* from $PIP_INDEX_URL"
cat uv >.uv/bin/uv && chmod +x .uv/bin/uv
"""
UV = """#!/bin/sh
[ "$*" = "sync --help" ] && {{ echo "{options}"; exit; }}
echo "$0 $* with downloads $UV_PYTHON_DOWNLOADS in $UV_PROJECT_ENVIRONMENT"
exit {code}
"""


class Machine:
    """A folder with the Makefile and a PATH on which only what is put there is found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        shutil.copy(ROOT / "Makefile", folder)
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, tool
            (self.bin / tool).symlink_to(found)

    def script(self, name: str, text: str) -> None:
        file = self.folder / name
        file.write_text(text)
        file.chmod(0o755)

    def python(self, version: str, venv: str = NO_VENV, name: str = "python3") -> None:
        self.script(f"bin/{name}", PYTHON.format(version=version, venv=venv))

    def uv(self, options: str = "--all-groups", code: int = 0, name: str = "bin/uv") -> None:
        self.script(name, UV.format(options=options, code=code))

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), "HOME": str(self.folder)}
        return subprocess.run(
            [str(self.bin / "make"), *arguments],
            cwd=self.folder,
            env={**environment, "PIP_INDEX_URL": "https://mirror.kz/simple"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def refused(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 2  # make's own code for a recipe that failed
    return result.stderr


def test_no_python_at_all(machine: Machine) -> None:
    said = refused(machine.make("try"))
    assert "Error: Qala needs Python 3.11, 3.12 or 3.13; here is none;" in said
    assert "apt install python3 python3-venv" in said


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.14"])
def test_only_a_python_that_does_not_fit(machine: Machine, version: str) -> None:
    machine.python(version)
    machine.uv()
    said = refused(machine.make("test"))
    assert f"here python3 is {version};" in said
    assert "make test PYTHON=/path/to/python3.11" in said


def test_another_python_beside_one_that_does_not_fit(machine: Machine) -> None:
    machine.python("3.14")
    machine.python("3.12", name="python3.12")
    machine.uv()
    assert f"--python {machine.bin}/python3.12 " in machine.make("setup").stdout


def test_a_python_by_name(machine: Machine) -> None:
    machine.python("3.11")
    machine.python("3.13", name="mine")
    machine.uv()
    assert f"--python {machine.bin}/mine " in machine.make("setup", "PYTHON=mine").stdout
    assert "here is none" in refused(machine.make("setup", "PYTHON=/nowhere/python3"))


def test_neither_uv_nor_venv(machine: Machine) -> None:
    machine.python("3.11")
    said = refused(machine.make("try"))
    assert "neither uv nor a working" in said
    assert "apt install python3-venv (Debian, Ubuntu), or uv: https://docs.astral.sh/uv/" in said
    assert not (machine.folder / ".uv").exists()


def test_uv_of_the_machine_is_taken(machine: Machine) -> None:
    machine.python("3.11")
    machine.uv()
    result = machine.make("setup")
    assert result.returncode == 0, result.stderr
    assert result.stdout == (
        f"{machine.bin}/uv sync --locked --quiet --python {machine.bin}/python3 "
        "with downloads never in .venv\n"
    )


@pytest.mark.parametrize("old", [True, False])
def test_a_private_uv_where_there_is_none_or_an_old_one(machine: Machine, old: bool) -> None:
    machine.python("3.11", VENV)
    machine.script("pip", PIP)
    machine.uv(name="uv")
    if old:
        machine.uv(options="--all-extras")
    first = machine.make("setup")
    assert first.returncode == 0, first.stderr
    assert "pip install --quiet uv from https://mirror.kz/simple" in first.stdout
    assert ".uv/bin/uv sync --locked" in first.stdout
    again = machine.make("setup")
    assert "pip" not in again.stdout
    assert ".uv/bin/uv sync --locked" in again.stdout


def test_a_pip_that_fails_leaves_nothing_half_made(machine: Machine) -> None:
    machine.python("3.11", VENV)
    machine.script("pip", "#!/bin/sh\necho 'no route to the index' >&2; exit 1\n")
    said = refused(machine.make("setup"))
    assert "no route to the index" in said
    assert "pip could not install uv" in said
    assert not (machine.folder / ".uv").exists()


def test_dependencies_that_cannot_be_installed(machine: Machine) -> None:
    machine.python("3.11")
    machine.uv(code=1)
    assert "the locked dependencies could not be installed" in refused(machine.make("test"))


ECHO = """#!/bin/sh
printf '%s|' "$@"
"""


@pytest.fixture
def qala_there(machine: Machine) -> Machine:
    """A machine with uv and with a `qala` that prints its arguments, each with a bar behind it."""
    machine.python("3.11")
    machine.uv()
    (machine.folder / ".venv" / "bin").mkdir(parents=True)
    machine.script(".venv/bin/qala", ECHO)
    return machine


@pytest.mark.parametrize(
    "path",
    [
        "storage/datasets/almaty",
        "../beside/list.csv",
        "my lists/projects of 2026.csv",
        "it's.csv",
        'a "list".csv',
        "cost in $ and $(shell).csv",
        "қала тізімі.csv",
        "-begins-with-a-dash.csv",
        "a;b&c#d.csv",
    ],
)
def test_a_list_by_any_path(qala_there: Machine, path: str) -> None:
    result = qala_there.make("import", f"LIST={path}")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == f"import|--|{path}|"
    dry = qala_there.make("import", f"LIST={path}", "ARGS=--dry-run --stated-on 2026-02")
    assert dry.stdout.splitlines()[-1] == f"import|--dry-run|--stated-on|2026-02|--|{path}|"


def test_a_list_in_the_home_folder(qala_there: Machine) -> None:
    """Not every shell reads ~ behind LIST=."""
    result = qala_there.make("import", "LIST=~/my lists/a.csv")
    assert result.stdout.splitlines()[-1] == f"import|--|{qala_there.folder}/my lists/a.csv|"


def test_an_import_of_no_list_is_a_sentence(qala_there: Machine) -> None:
    said = refused(qala_there.make("import"))
    assert said.startswith("Error: which list? Name a CSV file or a folder: make import LIST=")
    assert "storage/datasets/almaty" in said


def test_the_packages_of_the_benchmarks(qala_there: Machine) -> None:
    assert "sync --locked --quiet --group bench --python " in qala_there.make("bench").stdout
    assert "--group" not in qala_there.make("setup").stdout


def test_the_bot_is_run(qala_there: Machine) -> None:
    assert qala_there.make("run").stdout.splitlines()[-1] == "run|"


Dry = Callable[..., str]


@pytest.fixture
def dry(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Dry:
    """What make would run."""

    def make(*arguments: str) -> str:
        environment = {"PATH": os.environ["PATH"]}
        return subprocess.run(
            ["make", "--dry-run", *arguments],
            cwd=machine.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    return make


def test_arguments_are_passed_on(dry: Dry) -> None:
    assert ".venv/bin/qala try --port 8500 --fresh" in dry("try", "PORT=8500", "ARGS=--fresh")
    some = dry("test", "ARGS=tests/storage/words")
    assert ".venv/bin/pytest -n auto --dist worksteal tests/storage/words" in some


def test_in_one_process_where_that_is_asked_for(dry: Dry) -> None:
    alone = dry("test", "ARGS=-p no:xdist tests/storage/words")
    assert ".venv/bin/pytest  -p no:xdist tests/storage/words" in alone


def test_everything_is_checked(dry: Dry) -> None:
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"):
        assert tool in dry("test")
    assert "--cov" not in dry("test")


def test_the_floor_counts_only_where_nothing_is_skipped(dry: Dry) -> None:
    everything = ("QALA_TEST_POSTGRES=postgresql://h/d", "QALA_TEST_CHROMIUM=/usr/bin/chromium")
    assert "--cov " in dry("coverage")
    assert "--cov-fail-under" not in dry("coverage")
    assert "--cov-fail-under" not in dry("coverage", everything[0])
    assert "--cov-fail-under" in dry("coverage", *everything)
    assert "--cov-fail-under" not in dry("coverage", *everything, "ARGS=tests/storage/words")
