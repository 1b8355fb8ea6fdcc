"""What the words of a question mean: every phrase of the vocabulary and the slot that it fills.

The names of kinds, sectors, programmes, districts and areas come from their own tables; the folder
questions/ adds what people call them and all other words of questions. A line there is
`slot,value,kk,ru,en`; phrases of one language stand apart by |. A phrase of the folder wins over
one of the tables; the slot `ignore` takes a phrase of the tables out of questions. Kazakh verbs
(verbs.csv) are listed by stem with what each tense means, `slot:value`; their forms come last.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.words.kazakh_verbs import FORMS
from storage.words.languages import LANGUAGES, Language
from storage.words.letters import normalise

_HERE = Path(__file__).parent
_QUESTIONS = _HERE / "questions"

_TABLES = (  # the first that has a name keeps it: дороги is the kind before it is the sector
    ("kinds", "kind", "code"),
    ("districts", "district", "slug"),
    ("programmes", "programme", "code"),
    ("sectors", "sector", "code"),
    ("areas", "area", "code"),
)
_COLUMNS = ("{0}", "{0}_plural", "{0}_short", "aliases_{0}")
_IGNORED = "ignore"
_VERBS = "verbs.csv"
_NOMINAL = ("ған", "ген", "қан", "кен", "тын", "тін", "у")
"""Participles and infinitives are declined like nouns: ашылғандары, ашылуына."""

Meaning = tuple[str, str]
"""A slot and its value."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, normalised, of one language that fill a slot with a value.

    `inflected`: noun endings may follow; not after a verb's finite forms (сала is not саласында).
    """

    slot: str
    value: str
    language: Language
    words: tuple[str, ...]
    inflected: bool = True

    @property
    def meaning(self) -> Meaning:
        return self.slot, self.value


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return all phrases of questions; no two of the same words mean different things.

    Raises ValueError when two lines of the folder questions/ claim the same words.
    """
    owners: dict[tuple[str, ...], Meaning] = {}
    found: dict[tuple[Language, tuple[str, ...]], Phrase] = {}
    own = list(_own())
    for phrase in own:
        if phrase.slot == _IGNORED:
            continue
        owner = owners.setdefault(phrase.words, phrase.meaning)
        if owner != phrase.meaning:
            text = " ".join(phrase.words)
            raise ValueError(f"«{text}» means both {owner} and {phrase.meaning}")
        found[phrase.language, phrase.words] = phrase
    for phrase in own:
        owners.setdefault(phrase.words, phrase.meaning)
    for phrase in (*_of_tables(), *_of_verbs()):
        if owners.setdefault(phrase.words, phrase.meaning) == phrase.meaning:
            found.setdefault((phrase.language, phrase.words), phrase)
    return tuple(found.values())


@cache
def wholes() -> Mapping[str, frozenset[str]]:
    """Return by kind the kinds it may belong to: the lighting of streets is no street."""
    rows = _rows(_HERE / "wholes.csv")
    return {row["kind"]: frozenset(row["wholes"].split("|")) for row in rows}


def _own() -> Iterator[Phrase]:
    for path in sorted(_QUESTIONS.glob("*.csv")):
        if path.name == _VERBS:
            continue
        for row in _rows(path):
            for language in LANGUAGES:
                for words in _cut(row[language]):
                    yield Phrase(row["slot"], row["value"], language, words)


def _of_tables() -> Iterator[Phrase]:
    for title, slot, key in _TABLES:
        for row in _rows(_HERE / f"{title}.csv"):
            for language in LANGUAGES:
                for column in _COLUMNS:
                    for words in _cut(row.get(column.format(language)) or ""):
                        yield Phrase(slot, row[key], language, words)


def _of_verbs() -> Iterator[Phrase]:
    for row in _rows(_QUESTIONS / _VERBS):
        for tense, forms in FORMS.items():
            if row[tense]:
                slot, value = row[tense].split(":")
                for form in forms(row["stem"]):
                    yield Phrase(slot, value, "kk", tuple(form.split()), form.endswith(_NOMINAL))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, strict=True)


def _cut(cell: str) -> Iterator[tuple[str, ...]]:
    for phrase in cell.split("|"):
        words = tuple(normalise(phrase).split())
        if words:
            yield words
