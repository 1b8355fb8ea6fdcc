"""Names of modules in docstrings, texts and docs are names that there are."""

import importlib
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"[\"'`]((?:bot|handlers|storage)(?:\.[A-Za-z_]\w*)+)(?=[:.\"'`(])")
PART = re.compile(r"`([a-z_]\w*(?:\.\w+)?)`")
PATH = re.compile(
    r"(?<![\w./])((?:bot|handlers|storage|tests|benchmarks)/[\w/.]+\.(?:py|csv|toml|po))\b"
)
# bot.username is an attribute, bot.qala.kz an address.
NOT_MODULES = re.compile(r"^(?:bot|handlers|storage)\.(?:username|db|id|name|qala\.kz)$")


def texts() -> list[Path]:
    found = [ROOT / "pyproject.toml", *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    for room in ("bot", "handlers", "storage", "tests", "benchmarks"):
        found += (ROOT / room).rglob("*.py")
    return [file for file in found if file != Path(__file__)]


def has(room: object, name: str) -> bool:
    """Whether a module declares the name, or a class of it does: logs leave the class out."""
    classes = [each for each in vars(room).values() if isinstance(each, type)]
    return any(hasattr(each, name) for each in (room, *classes))


@cache
def exists(name: str) -> bool:
    """Whether a module, or something in a module or class, is called so."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return all(has(found, part) for part in parts[length : length + 1])
    return False


def rooms() -> list[str]:
    """The packages of the three floors."""
    found = [
        ".".join(file.parent.relative_to(ROOT).parts)
        for floor in ("bot", "handlers", "storage")
        for file in (ROOT / floor).rglob("__init__.py")
    ]
    return sorted(found)


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_is_in_it(room: str) -> None:
    package = importlib.import_module(room)
    said = package.__doc__ or ""
    assert said
    named = [name for name in PART.findall(said) if not is_known(name)]
    assert [name for name in named if not exists(f"{room}.{name}")] == []


def is_known(name: str) -> bool:
    return exists(name) or bool(NOT_MODULES.match(name))


def test_named_modules_exist() -> None:
    missing = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in texts()
        for name in sorted(set(NAME.findall(file.read_text("utf8"))))
        if not is_known(name)
    ]
    assert missing == []


def test_named_files_exist() -> None:
    missing = [
        f"{file.relative_to(ROOT)}: {path}"
        for file in texts()
        for path in sorted(set(PATH.findall(file.read_text("utf8"))))
        if not (ROOT / path).exists()
    ]
    assert missing == []
