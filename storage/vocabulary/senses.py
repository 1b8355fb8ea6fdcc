"""Words of time, number and money: months.toml, periods.toml, numerals.toml, amounts.toml.

A table [sense.value] lists per language the words that have this sense, apart by spaces. `_` joins
the words of an expression, {а,у} are endings to choose from. In Kazakh `*` adds the case forms,
`^` those of a word that ends in «his» (айы), `~` the case forms without the word itself.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.words.kazakh_endings import Case, endings, spelt
from storage.words.kazakh_inflection import with_suffix
from storage.words.languages import LANGUAGES, Language
from storage.words.letters import fold, normalise

TITLES = ("months", "periods", "numerals", "amounts")

_HERE = Path(__file__).parent
_CASES: tuple[Case, ...] = ("genitive", "dative", "accusative", "locative", "ablative")
_MARKS = "*^~"


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a word (several words: an expression) and one sense it has.

    `case` is «dative» or «ablative» where the Kazakh ending says so, else None.
    """

    text: str
    language: Language
    sense: str
    value: int
    case: str | None


@cache
def forms() -> tuple[Form, ...]:
    """Return every form of every sense, in the order of the files, normalised."""
    return tuple(form for title in TITLES for form in _forms(title))


@cache
def not_typos() -> frozenset[str]:
    """Return the words, folded, that are never taken for a mistyped word of a sense."""
    return _listed("not_typos.txt")


@cache
def stages() -> frozenset[str]:
    """Return the words, folded, that name a stage where a number stands beside them."""
    return _listed("stages.txt")


def _listed(file: str) -> frozenset[str]:
    lines = (_HERE / file).read_text(encoding="utf-8").splitlines()
    words = (line.split() for line in lines if not line.startswith("#"))
    return frozenset(fold(normalise(word)) for line in words for word in line)


def _forms(title: str) -> Iterator[Form]:
    with (_HERE / f"{title}.toml").open("rb") as lines:
        senses: dict[str, dict[str, dict[str, str]]] = tomllib.load(lines)
    for sense, values in senses.items():
        for value, cells in values.items():
            for language in LANGUAGES:
                for word in _apart(cells.get(language, "")):
                    for text, case in _inflected(word):
                        yield Form(_plain(text), language, sense, int(value), case)


def _apart(cell: str) -> Iterator[str]:
    """Yield the words of a cell, the endings in braces written out."""
    for word in cell.split():
        yield from _written_out(word)


def _written_out(word: str) -> Iterator[str]:
    before, brace, rest = word.partition("{")
    if not brace:
        yield word
        return
    endings, _brace, after = rest.partition("}")
    for ending in endings.split(","):
        yield from _written_out(before + ending + after)


def _inflected(word: str) -> Iterator[tuple[str, str | None]]:
    mark = word[-1] if word[-1] in _MARKS else ""
    word = word.rstrip(_MARKS)
    if mark != "~":
        yield word, None
    if not mark:
        return
    for case in _CASES:
        form = with_suffix(word, case, owned=mark == "^")
        yield form, case
        if case == "locative":
            yield form + spelt(endings().there, front=form.endswith("е")), None


def _plain(text: str) -> str:
    """Return the words of a form, normalised; a sign (₸, ≥) as it is."""
    return normalise(text.replace("_", " ")) or text
