"""Single words: misspellings, mistyped stems, dictionaries that say what is no slip."""

import pytest

from handlers.understanding.lexicon import english
from handlers.understanding.lexicon.kazakh import is_known_kazakh
from storage.vocabulary import KINDS
from storage.vocabulary.misspellings import misspellings
from storage.vocabulary.phrases import phrases, wholes
from storage.words.letters import normalise
from tests.handlers.understanding.conftest import Ask


def test_no_misspelling_is_a_word_of_the_vocabulary_or_of_english() -> None:
    listed = {word for phrase in phrases() for word in phrase.words}
    for typed, meant in misspellings().items():
        assert typed == normalise(typed)
        assert typed != meant
        assert meant not in misspellings(), f"{typed}: {meant} is one itself"
        assert not english.is_known(typed), typed
        assert typed not in {name for name in listed if name == meant}


def test_wholes_are_kinds() -> None:
    for part, several in wholes().items():
        assert {part, *several} <= set(KINDS)
        assert part not in several


@pytest.mark.parametrize("word", ["балаларымызга", "жумыстан", "келеди", "айтып", "уйде"])
def test_everyday_kazakh_is_known_in_any_inflection(word: str) -> None:
    assert is_known_kazakh(word)


@pytest.mark.parametrize("word", ["зенковдеги", "шахрисабз", "бжщцк", ""])
def test_a_name_is_no_everyday_word(word: str) -> None:
    assert not is_known_kazakh(word)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("бостандктагы мектептер", "districts", ("bostandyk",)),
        ("ауезов ауданнда скверлер", "districts", ("auezov",)),
        ("kindergardens in almaly distict", "districts", ("almaly",)),
        ("kindergardens in almaly distict", "kinds", ("kindergarten",)),
        ("сколька шклы", "kinds", ("school",)),
        ("освещение улиц в Медеу", "kinds", ("street_lighting",)),
        ("улицы и освещение в Медеу", "kinds", ("street", "street_lighting")),
        ("өзара салыстыр саябақ пен аула", "kinds", ("park", "yard")),
        ("Қалқаманда метро қашан ашылады?", "kinds", ("metro_station",)),
        ("когда построят метро", "kinds", ("metro_station",)),
        ("метро желісі қашан бітеді", "kinds", ("metro_line",)),
        ("когда закончат БРТ на Райымбека", "kinds", ("bus_line",)),
        ("аялдама кешендері салынып жатыр ма", "kinds", ("bus_stop",)),
        ("новый стадион когда построят", "kinds", ("stadium",)),
        ("which stadiums are being built", "kinds", ("stadium",)),
        ("спорткомплексы в Медеу", "kinds", ("sports_complex",)),
        ("театрлар жөнделіп жатыр ма", "kinds", ("theatre",)),
        ("музей салынып жатыр ма", "kinds", ("cultural_venue",)),
        ("какие рынки реконструируют", "kinds", ("market",)),
        ("administrative buildings", "kinds", ("public_building",)),
    ],
)
def test_what_was_meant(ask: Ask, text: str, slot: str, value: object) -> None:
    assert getattr(ask(text), slot) == value


@pytest.mark.parametrize("text", ["көлік саласында не бітті", "Шынымды айтсам түк жоқ"])
def test_a_verb_s_form_takes_no_noun_endings(ask: Ask, text: str) -> None:
    question = ask(text)
    assert question.kinds == ()
    assert "planned" not in question.states


@pytest.mark.parametrize(
    ("text", "intent", "kinds"),
    [
        ("rfrbt irjks cnhjzncz", "list", ("school",)),
        ("ghbdtn", "other", ()),
        ("asdf", "unclear", ()),
    ],
)
def test_what_was_typed_on_the_other_keyboard(
    ask: Ask, text: str, intent: str, kinds: tuple[str, ...]
) -> None:
    question = ask(text, person="ru")
    assert (question.intent, question.kinds) == (intent, kinds)
