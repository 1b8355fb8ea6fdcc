"""The answer's language: the person's, unless a sentence is clearly in another."""

import pytest

from tests.handlers.understanding.conftest import Ask


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Шугыла", "ru"),
        ("Барлык", "ru"),
        ("Алғабас", "ru"),
        ("школа", "kk"),
        ("мектеп", "en"),
        ("220", "en"),
        ("park", "ru"),
        ("почему", "en"),
        ("шоклаа", "kk"),
    ],
)
def test_a_word_or_a_name_changes_nothing(ask: Ask, text: str, person: str) -> None:
    assert ask(text, person=person).language == person


@pytest.mark.parametrize(
    ("text", "person", "language"),
    [
        ("қандай мектептер салынып жатыр", "ru", "kk"),
        ("какие школы строятся", "en", "ru"),
        ("which schools are being built", "kk", "en"),
        ("qandai mektepter salynyp jatyr", "ru", "kk"),
    ],
)
def test_a_sentence_does(ask: Ask, text: str, person: str, language: str) -> None:
    assert ask(text, person=person).language == language
