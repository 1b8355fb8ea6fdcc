"""Latin keys: one key for a name in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import latin_key
from storage.words.latin import to_cyrillic


@pytest.mark.parametrize(
    "spellings",
    [
        "мектеп mektep Mektep",
        "школа shkola Shkola",
        "айнабұлақ Айнабулак aynabulak ainabulak Ainabulaq",
        "қалқаман Калкаман kalkaman Qalqaman",
        "Жетісу Жетысу Zhetysu Jetisu Jetysu",
        "Шаңырақ Шанырак Shanyrak Shangyraq Şañıraq",
        "Наурызбай Nauryzbay Nauryzbai Naýryzbaı",
        "Шұғыла Шугыла Shugyla Şuğyla",
        "Әуезов Ауэзов Auezov Äuezov Awezov",
        "Есентай Esentai Yesentai",
        "балабақша balabaqsha balabaksha",
        "Достық Достык Dostyk Dostyq",
        "Хан Khan Han",
        "Зелёный Zelyonyy Zelenyi",
        "Сайын Sayyn",
        "Маяк Mayak",
        "Цирк Tsirk",
        "Медеу Medeu Medew",
    ],
)
def test_spellings_of_one_name(spellings: str) -> None:
    assert len({latin_key(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("алматы", "алмалы"),
        ("мектеп", "мекеме"),
        ("самал", "мамыр"),
        ("школа", "скала"),
        ("жол", "шол"),
    ],
)
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert latin_key(one) != latin_key(other)


@given(st.text())
def test_the_alphabet_of_a_key(word: str) -> None:
    key = latin_key(word)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
    assert "q" not in key
    assert "w" not in key


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("balabaqshalar", "балабакшалар"),
        ("shkoly", "школы"),
        ("Voznesenskiy", "вознесенский"),
        ("Teplichnyy", "тепличный"),
        ("rayon", "район"),
        ("Mayak", "маяк"),
        ("zhibek", "жибек"),
    ],
)
def test_a_latin_word_in_cyrillic(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


@given(st.text())
def test_spelling_in_cyrillic_never_fails(word: str) -> None:
    assert not set(to_cyrillic(word)) & set("abcdefghijklmnopqrstuvwxyz")
