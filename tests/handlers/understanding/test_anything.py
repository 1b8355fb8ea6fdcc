"""Whatever is typed: nothing raises, nothing takes long, an answer's language is one of three."""

import random
import statistics
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding import understand
from handlers.understanding.gazetteer import Known
from handlers.understanding.question import INTENTS, Question
from storage.words.languages import LANGUAGES
from tests.handlers.understanding.odd import ODD
from tests.handlers.understanding.scoring import QUESTIONS, TODAY, lines

TIMES_AN_ORDINARY_ONE = 60
"""No text may take so many times what a question takes in the middle.

A ratio within one run, which neither a busy machine nor coverage changes much; milliseconds are
printed by benchmarks/understanding.py.
"""

WORDS = sorted(
    {
        word
        for path in QUESTIONS.glob("*.jsonl")
        for line in lines(path)
        for word in line["text"].split()
    }
)
PREVIOUS = Question("list", "ru", kinds=("school",), states=("building",), districts=("alatau",))


def checked(question: Question) -> None:
    assert question.intent in INTENTS
    assert question.language in LANGUAGES
    if question.period is not None:
        first, last = question.period.first, question.period.last
        assert first is None or last is None or first <= last
    if question.amount is not None:
        least, most = question.amount.minimum, question.amount.maximum
        assert least is None or most is None or least <= most


def asked(text: str, known: Known, previous: Question | None = None) -> Question:
    return understand(text, previous=previous, person="kk", today=TODAY, known=known)


def seconds(text: str, known: Known) -> float:
    """Processor time of a text whose words have been met, the least of three runs."""
    checked(asked(text, known))
    spans = []
    for _ in range(3):
        began = time.process_time()
        checked(asked(text, known, PREVIOUS))
        spans.append(time.process_time() - began)
    return min(spans)


@pytest.fixture(scope="module")
def ordinary(known: Known) -> float:
    """Processor seconds of the question in the middle."""
    texts = [line["text"] for line in lines(QUESTIONS / "fresh_ru.jsonl")]
    return statistics.median(seconds(text, known) for text in texts)


@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_texts_are_read_quickly(name: str, known: Known, ordinary: float) -> None:
    took = seconds(ODD[name], known)
    assert took <= TIMES_AN_ORDINARY_ONE * ordinary, f"{took:.3f} s, else {ordinary:.4f} s"


@given(st.text(max_size=300))
def test_any_text_is_a_question_of_some_intent(known: Known, text: str) -> None:
    checked(asked(text, known))
    checked(asked(text, known, PREVIOUS))


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_the_words_of_questions_in_any_order(known: Known, text: str) -> None:
    checked(asked(text, known))
    checked(asked(text, known, PREVIOUS))


def test_a_run_of_random_unicode(known: Known) -> None:
    """Two thousand texts of letters, signs, marks and digits of all of Unicode, seeded."""
    source = random.Random(20251120)
    signs = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in {"Cn", "Co"} and code % 7 == 0
    ]
    for _ in range(2000):
        pieces = source.choices(signs, k=source.randint(1, 40))
        pieces += source.choices(WORDS, k=source.randint(0, 6))
        source.shuffle(pieces)
        checked(asked(source.choice(["", " "]).join(pieces), known))
