"""The documents hold together: links lead somewhere, and every decision stands in the index."""

import re
from functools import cache
from pathlib import Path

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
