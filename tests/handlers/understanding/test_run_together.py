"""Words typed without blanks are cut where all of their parts are known, and only there."""

import pytest

from handlers.understanding.run_together import cut
from tests.handlers.understanding.conftest import Ask


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("гдестроят", "где строят"),
        ("школывмедеуском", "школы в медеуском"),
        ("когдаоткроют", "когда откроют"),
        ("қандаймектептерсалыныпжатыр", "қандай мектептер салынып жатыр"),
        ("whichparksarebeingbuilt", "which parks are being built"),
    ],
)
def test_words_are_parted(word: str, words: str) -> None:
    assert " ".join(cut(word, lambda _: False)) == words


@pytest.mark.parametrize(
    "word",
    [
        "достопримечательность",
        "Мауленовская",
        "электромонтажник",
        "аааааааааааа",
        "x" * 41,
        "школа",
    ],
)
def test_other_words_stay_whole(word: str) -> None:
    assert cut(word, lambda _: False) == ()


@pytest.mark.parametrize(
    ("text", "person", "kind", "district"),
    [
        ("какиешколы вмедеуском районе", "ru", "school", "medeu"),
        ("паркивтурксибском", "ru", "park", "turksib"),
        ("алатаудасалыныпжатқанжолдар", "kk", "road", "alatau"),
        ("schoolsinAuezov", "en", "school", "auezov"),
    ],
)
def test_a_question_without_blanks(
    ask: Ask, text: str, person: str, kind: str, district: str
) -> None:
    question = ask(text, person=person)
    assert (question.kinds, question.districts) == ((kind,), (district,))


@pytest.mark.parametrize(
    ("text", "person"),
    [("When will the балабақша on Maulenov Street open?", "en"), ("мост на Жумабаева", "ru")],
)
def test_a_name_is_not_cut(ask: Ask, text: str, person: str) -> None:
    assert ask(text, person=person).period is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("rjulf jnrhj.n irjke 220", 220), ("irjkf 220 ujnjdf", 220)],
)
def test_another_layout_with_letters_that_are_signs(ask: Ask, text: str, number: int) -> None:
    assert ask(text, person="ru").number == number
