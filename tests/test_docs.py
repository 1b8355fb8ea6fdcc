"""The documents hold together: links lead somewhere, and every decision stands in the index."""

import re
import sys
from functools import cache
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command

from bot.commands import cli

ROOT = Path(__file__).parents[1]
DECISIONS = ROOT / "docs" / "decisions"
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\[\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
DECISION = re.compile(
    r"^## (?P<heading>(?P<number>\d+)\. (?P<title>.+))\n"
    r"\*\*(?P<state>[^*]+)\*\*, since (?P<day>\d+ \w+ \d{4})\.",
    re.MULTILINE,
)
NUMBERED = re.compile(r"^## \d+\..*$", re.MULTILINE)
ROW = re.compile(r"^\| \[(\d+)\]\(([^)]+)\) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@cache
def prose(file: Path) -> str:
    """The text without its code blocks, in which # begins a remark."""
    return FENCED.sub("", file.read_text("utf8"))


def slug(heading: str) -> str:
    """The anchor of a heading as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(file: Path) -> set[str]:
    return {slug(heading) for heading in HEADING.findall(prose(file))}


def leads_somewhere(file: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = file.parent / path if path else file
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target)


def test_relative_links_lead_to_files_and_headings() -> None:
    broken = [
        f"{file.relative_to(ROOT)}: {link}"
        for file in documents()
        for link in LINK.findall(prose(file))
        if "://" not in link and not leads_somewhere(file, link)
    ]
    assert broken == []


def commands(file: Path) -> list[str]:
    """What a reader may type: the lines of code blocks and the code inside sentences."""
    text = file.read_text("utf8")
    blocks = [line for block in FENCED.findall(text) for line in block.splitlines()[1:-1]]
    indented = re.findall(r"^ {4}(.+)$", text, re.MULTILINE)
    return [line.strip() for line in (*blocks, *indented, *re.findall(r"`([^`\n]+)`", text))]


def makes() -> set[str]:
    """What `make` can be asked for."""
    found = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert found
    return set(found[1].split())


def command_names() -> set[str]:
    """What `qala` can be asked for."""
    group = get_command(cli.app)
    assert isinstance(group, TyperGroup)
    return set(group.commands)


def works(words: list[str]) -> bool:
    """Whether a command works with Python, git and make alone: the rest lies in .venv/bin."""
    if len(words) < 2:
        return True
    program, argument = words[:2]
    if program == "make":
        return argument in makes()
    if program == ".venv/bin/qala":
        return argument in {*command_names(), "--help"}
    if program.startswith(".venv/bin/"):
        return Path(sys.executable).with_name(Path(program).name).exists()
    return program not in {"uv", "pip", "pytest", "ruff", "mypy", "lint-imports", "python"}


def test_commands_work_after_a_plain_clone() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}: {line}"
        for file in documents()
        for line in commands(file)
        if not works(line.split())
    ]
    assert wrong == []


def test_what_readme_and_contributing_let_type_is_the_programs_path() -> None:
    """In a block, `qala` alone is not found: a plain clone puts nothing on the PATH."""
    for name in ("README.md", "CONTRIBUTING.md", "docs/digests.md"):
        text = (ROOT / name).read_text("utf8")
        for block in FENCED.findall(text):
            assert not re.search(r"^\s*(\w+=\S+ )*(qala|python) ", block, re.MULTILINE), name
    readme = (ROOT / "README.md").read_text("utf8")
    assert not re.search(r"\buv\b", readme)


def test_every_decision_stands_in_the_index_as_on_its_page() -> None:
    pages = [page for page in sorted(DECISIONS.glob("*.md")) if page.name != "README.md"]
    told = [
        (found["number"], f"{page.name}#{slug(found['heading'])}", *found.group(3, 4, 5))
        for page in pages
        for found in DECISION.finditer(prose(page))
    ]
    assert len(told) == sum(len(NUMBERED.findall(prose(page))) for page in pages)
    in_order = sorted(told, key=lambda each: int(each[0]))
    assert ROW.findall(prose(DECISIONS / "README.md")) == in_order
    assert [int(each[0]) for each in in_order] == list(range(1, len(told) + 1))
