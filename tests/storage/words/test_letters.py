"""Letters: one spelling for what people type in many ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import fold, normalise, tokens


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("  Жаңа   МЕКТЕП ", "жаңа мектеп"),
        ("Айнабұлақ-3", "айнабұлақ 3"),
        ("«Алтын Сити» ТК", "алтын сити тк"),
        ("за\u0301мок", "замок"),  # a stress mark
        ("и\u0306од", "йод"),  # й typed as и and a breve
        ("schoolchildren's", "schoolchildrens"),
        ("мек\u00adтеп", "мектеп"),  # a soft hyphen
        ("100 м²", "100 м2"),
        ("new_school", "new school"),
        ("", ""),
        ("—…!", ""),
    ],
)
def test_normalise(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    ("mixed", "meant"),
    [
        ("Aлматы", "алматы"),  # a Latin A
        ("шкoла", "школа"),  # a Latin o
        ("БAКШA", "бакша"),
        ("ТOО", "тоо"),
        ("əуезов", "әуезов"),  # the Latin schwa
        ("Нurly", "hurly"),  # a Cyrillic Н in a Latin word
        ("3Б", "3б"),
        ("wi-fi", "wi fi"),
        ("Qала", "qала"),  # Q is drawn like no Cyrillic letter: left alone
        ("ITшка", "ітшка"),  # as many Latin letters as not: Cyrillic
    ],
)
def test_letters_that_only_look_right(mixed: str, meant: str) -> None:
    assert normalise(mixed) == meant


def test_fold_leaves_what_every_keyboard_has() -> None:
    assert fold("әғқңөұүіһё") == "агкноуу" + "ихе"
    assert fold("й") == "й"
    assert fold("şığanaq ýrgen") == "siganaq urgen"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("мектеп №178", ["мектеп", "178"]),
        ("12-шағынаудан", ["12", "шағынаудан"]),
        ("Ақсай-3Б", ["ақсай", "3б"]),
        ("34,9 км", ["34", "9", "км"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once == " ".join(once.split())
    assert all(sign.isalnum() or sign == " " for sign in once)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(normalise(text))
    assert fold(once) == once
    assert not set(once) & set("әғқңөұүіһё")


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүіһabcxyz -№3'́̆"))
def test_the_same_for_texts_of_this_city(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    if not set(text) & set("abcxyz"):  # a capital Н beside Latin letters is an H, a small one not
        assert normalise(text.upper()) == normalise(text.upper().lower())
