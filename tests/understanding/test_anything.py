"""Whatever is typed: nothing raises, nothing takes long, an answer's language is one of three."""

import random
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding import understand
from handlers.understanding.known import Known
from handlers.understanding.question import INTENTS, Question
from storage.words.languages import LANGUAGES
from tests.understanding.scoring import QUESTIONS, TODAY, lines

LONGEST_MESSAGE = 4096
SLOWEST_S = 0.05
"""No text may take longer; the fastest of three runs counts, for the machine is busy elsewhere."""

WORDS = sorted(
    {
        word
        for path in QUESTIONS.glob("*.jsonl")
        for line in lines(path)
        for word in line["text"].split()
    }
)
PREVIOUS = Question("list", "ru", kinds=("school",), states=("building",), districts=("alatau",))

NESTED = "(" * 2000 + "№" + ")" * 2000
ODD = {
    "empty": "",
    "blank": " \t\n\u00a0\u2003",
    "control": "".join(map(chr, range(32))) + "\x7f",
    "right to left": "ما الذي يُبنى بالقرب مني؟ \u202e школы \u202c",
    "emoji": "🏫🏗️👨‍👩‍👧‍👦🇰🇿 где строят школу?",
    "combining": "ш\u0301к\u0301о\u0301л\u0301а\u0301" * 100,
    "surrogates": "\ud83d мектеп \udc00",
    "long word": "мектеп" * 680,
    "long Latin word": "a" * LONGEST_MESSAGE,
    "long digits": "1" * LONGEST_MESSAGE,
    "digits and points": "1.1." * 1000,
    "numbers": " ".join(map(str, range(900))),
    "years": "2025 " * 800,
    "between": "между " * 600,
    "amounts": "от 2 до 5 млрд " * 250,
    "commas": "школа," * 600,
    "questions": "мектеп? " * 500,
    "quotes": "«" * 2000 + "»" * 2000,
    "nested": NESTED,
    "hyphens": "-".join(["мектеп"] * 500),
    "apostrophes": "'" * 2000 + "’" * 2000,
    "kazakh endings": "мектептеріміздегілердікінен " * 150,
    "mistyped": "шклаа мктпее скчол " * 200,
    "streets": "улица улица улица көшесі көшесі " * 120,
    "capitals": "КЕМЕР ИНЖИНИРИНГ " * 240,
    "markup": "<b>школа</b> &amp; <script>alert(1)</script>" * 60,
    "SQL": "'; DROP TABLE project; -- школа" * 60,
    "astral": "𐍈𐍈𐍈 𝓼𝓬𝓱𝓸𝓸𝓵 𝟙𝟟𝟠",
}  # fmt: skip


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


@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_texts_are_read_quickly(name: str, known: Known) -> None:
    text = ODD[name][:LONGEST_MESSAGE]
    checked(asked(text, known))
    spans = []
    for _ in range(3):
        began = time.process_time()
        checked(asked(text, known, PREVIOUS))
        spans.append(time.process_time() - began)
    assert min(spans) <= SLOWEST_S, f"{min(spans):.3f} s"


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_text_is_a_question_of_some_intent(known: Known, text: str) -> None:
    checked(asked(text, known))
    checked(asked(text, known, PREVIOUS))


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
@settings(deadline=None, max_examples=300)
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
    slowest = 0.0
    for _ in range(2000):
        pieces = source.choices(signs, k=source.randint(1, 40))
        pieces += source.choices(WORDS, k=source.randint(0, 6))
        source.shuffle(pieces)
        text = source.choice(["", " "]).join(pieces)
        began = time.process_time()
        checked(asked(text, known))
        slowest = max(slowest, time.process_time() - began)
    assert slowest <= 4 * SLOWEST_S, (
        f"{slowest:.3f} s: words met for the first time, a busy machine"
    )
