"""What readers of one language corrected stays corrected, on every text and in the data set.

`tests/corrections.py` has what was wrong, as a pattern, and what is right; `docs/glossary.md` has
the one term for each thing and the words that are never used for it.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from handlers.frame.texts import catalogs, language_of, plain
from storage.words.languages import LANGUAGES
from tests.corrections import CORRECTED

ROOT = Path(__file__).parent.parent.parent
DATASET = ROOT / "storage/datasets/almaty"
VOCABULARY = ROOT / "storage/vocabulary"
GLOSSARY = ROOT / "docs/glossary.md"


@cache
def said(language: str) -> tuple[str, ...]:
    """Every text a person of the language may read: catalogues, vocabulary, the data set."""
    return (*catalogued(language), *labels(language), *told(language))


def catalogued(language: str) -> Iterator[str]:
    """The sentences of the bot: English ones are the message ids, where no catalogue says else."""
    for catalog in catalogs("kk" if language == "en" else language_of(language)).values():
        for message in catalog:
            text = message.id if language == "en" else message.string or ""
            yield from (text,) if isinstance(text, str) else text
    for catalog in catalogs("en").values() if language == "en" else ():
        yield from (str(message.string) for message in catalog if message.id)


def labels(language: str) -> Iterator[str]:
    """The words of the vocabulary that are shown: the columns kk, kk_plural and the like."""
    for path in sorted(VOCABULARY.glob("*.csv")):
        for row in rows(path):
            columns = (language, f"{language}_plural", f"{language}_short", f"{language}_few")
            yield from (row[column] for column in columns if row.get(column))


def told(language: str) -> Iterator[str]:
    """What the data set says in the language: titles, descriptions, addresses, names, terms."""
    for path in sorted(DATASET.glob("*.csv")):
        for row in rows(path):
            yield from (
                text
                for column, text in row.items()
                if text and column.endswith(f"_{language}") and not column.startswith("aliases")
            )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(("language", "wrong", "right"), CORRECTED)
def test_what_was_corrected_stays_so(language: str, wrong: str, right: str) -> None:
    texts = said(language)
    assert [text for text in texts if re.search(wrong, plain(text))] == []
    assert any(right in text for text in texts), right


def terms() -> list[dict[str, str]]:
    """The lines of the glossary's tables: the term in each language, and what is not said."""
    found: list[dict[str, str]] = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == len(COLUMNS) and not cells[0].startswith("-"):
            found.append(dict(zip(COLUMNS, cells, strict=True)))
    return [row for row in found if row["en"] != "English"]


COLUMNS = ("en", "kk", "ru", "never")
LETTERS = {"kk": "[әғқңөұүһіӘҒҚҢӨҰҮҺІ]", "ru": "[А-яЁё]", "en": "[A-Za-z]"}


def unwanted(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The words that are not said for a term, with their language: "kk: шолу; ru: обзор"."""
    for part in filter(None, row["never"].split(";")):
        language, _, words = part.strip().partition(": ")
        assert language in LANGUAGES, part
        yield from ((language, word.strip()) for word in words.split(","))


def test_the_glossary_has_each_term_in_three_languages_once() -> None:
    assert len(terms()) > 30
    for language in LANGUAGES:
        named = [row[language] for row in terms()]
        assert all(named), language
        assert len(set(named)) == len(named), language


@pytest.mark.parametrize("row", terms(), ids=lambda row: str(row["en"]))
def test_the_texts_use_the_glossary_s_term(row: dict[str, str]) -> None:
    """Each form stands in some text; "~" ends a stem that endings follow."""
    for language in LANGUAGES:
        for form in row[language].split(", "):
            stem = form.rstrip("~").lower()
            assert any(stem in plain(text).lower() for text in said(language)), (language, form)


@pytest.mark.parametrize("row", terms(), ids=lambda row: str(row["en"]))
def test_nothing_is_called_by_another_word(row: dict[str, str]) -> None:
    for language, word in unwanted(row):
        pattern = rf"(?<!\w){re.escape(word.rstrip('~'))}" + (
            "" if word.endswith("~") else r"(?!\w)"
        )
        found = [text for text in catalogued(language) if re.search(pattern, text, re.IGNORECASE)]
        assert found == [], (language, word)
