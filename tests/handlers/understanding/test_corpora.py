"""The corpora of residents' questions: how much of them is understood, and what never may be.

The shares are a ratchet: what was reached, less a question or two. `benchmarks/understanding.py
--show` prints every question that is not right.
"""

from collections import Counter

import pytest

from storage.words.languages import LANGUAGES
from tests.handlers.understanding.conftest import Shipped
from tests.handlers.understanding.scoring import (
    QUESTIONS,
    Line,
    asked,
    lines,
    outcome,
    question_of,
    wrong_slots,
)

MANNERS = {"correct", "chatty", "typos", "latin", "mixed"}
RIGHT = {"kk": 0.94, "ru": 0.91, "en": 0.93}
RIGHT_FRESH = {"kk": 0.85, "ru": 0.85, "en": 0.85}
OUT_OF_SCOPE = {"kk": 0.97, "ru": 0.9, "en": 0.87}
TRAPS = {"kk": 0.97, "ru": 0.85, "en": 0.9}


def corpus(title: str) -> list[Line]:
    return list(lines(QUESTIONS / f"{title}.jsonl"))


def outcomes(title: str, shipped: Shipped) -> Counter[str]:
    known, ids = shipped
    found: Counter[str] = Counter()
    for line in corpus(title):
        question = asked(line, known)
        found[outcome(question, wrong_slots(line, question, ids))] += 1
    return found


def share(found: Counter[str], which: str) -> float:
    return found[which] / found.total()


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_understood(language: str, shipped: Shipped) -> None:
    found = outcomes(language, shipped)
    assert share(found, "right") >= RIGHT[language], found


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_written_blind_are_understood(language: str, shipped: Shipped) -> None:
    found = outcomes(f"fresh_{language}", shipped)
    assert share(found, "right") >= RIGHT_FRESH[language], found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_about_projects_gets_no_project_data(language: str, shipped: Shipped) -> None:
    found = outcomes(f"out_of_scope_{language}", shipped)
    assert share(found, "right") >= OUT_OF_SCOPE[language], found
    assert share(found, "wrong") <= 0.03, found


@pytest.mark.parametrize("language", LANGUAGES)
def test_traps_do_not_fire(language: str, shipped: Shipped) -> None:
    found = outcomes(f"traps_{language}", shipped)
    assert share(found, "right") >= TRAPS[language], found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpora_are_as_broad_as_they_say(language: str) -> None:
    every = corpus(language) + corpus(f"fresh_{language}")
    assert len(every) >= 150
    assert {line["manner"] for line in every} == MANNERS
    assert len({line["text"] for line in every}) == len(every), "a question stands twice"
    assert len(corpus(f"out_of_scope_{language}")) >= 40
    for line in every:
        assert line["language"] in LANGUAGES
        assert question_of(line["expect"], line["language"]), line  # every slot is one
