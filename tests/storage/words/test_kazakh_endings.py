"""The table of Kazakh endings and its three readings, which must say the same."""

import pytest

from storage.words import fold
from storage.words.kazakh_chains import agrees, legal, spellings
from storage.words.kazakh_endings import (
    CASES,
    ENDS,
    case_forms,
    end_of,
    endings,
    plural_forms,
    spelt,
    there_forms,
)
from storage.words.kazakh_inflection import with_suffix
from storage.words.kazakh_stems import kazakh_stem

# A word of each end, its plural and what stands in any grammar (септік жалғаулары).
NOUNS = """
бала балалар баланың балаға баланы балада баладан баламен
тау таулар таудың тауға тауды тауда таудан таумен
жер жерлер жердің жерге жерді жерде жерден жермен
көл көлдер көлдің көлге көлді көлде көлден көлмен
адам адамдар адамның адамға адамды адамда адамнан адаммен
қыз қыздар қыздың қызға қызды қызда қыздан қызбен
мектеп мектептер мектептің мектепке мектепті мектепте мектептен мектеппен
"""


@pytest.mark.parametrize("line", NOUNS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_three_readings_of_one_table(line: str) -> None:
    noun, plural, *cased = line.split()
    assert [with_suffix(noun, case, owned=False) for case in CASES] == cased
    for form in (plural, *cased):
        assert fold(form.removeprefix(noun)) in legal(noun)
        assert kazakh_stem(fold(form)) == fold(noun)


def typed_as(stem: str, form: str) -> bool:
    """Tell whether a form is a spelling of the stem with a legal chain of endings."""
    return any(
        fold(form).removeprefix(fold(each)) in legal(stem) and agrees(form, each)
        for each in spellings(stem)
        if fold(form).startswith(fold(each))
    )


@pytest.mark.parametrize(
    ("stem", "form"),
    [
        ("мектеп", "мектебіңіз"),  # yours, politely
        ("мектеп", "мектебіңізде"),
        ("көше", "көшеңіздегі"),
        ("аула", "аулаларыңызда"),
        ("мектеп", "мектебімізден"),
        ("мектеп", "мектебіме"),
        ("қала", "қаладағыларды"),
        ("июль", "июльде"),  # a soft sign is no sound: the letter before it counts
        ("автомобиль", "автомобильдер"),
        ("ою", "оюдың"),  # у is heard at the end of ю
        ("көл", "көлді"),  # with a lake: -ды after л, as the accusative
        ("тау", "таулы"),
    ],
)
def test_chains_that_are_legal(stem: str, form: str) -> None:
    assert typed_as(stem, form)


@pytest.mark.parametrize(
    ("stem", "form"),
    [
        ("көл", "көллі"),
        ("июль", "июльте"),
        ("мектеп", "мектепдер"),
        ("жол", "жолдер"),
        ("қыз", "қызмен"),
        ("аудан", "аудандан"),
        ("мектеп", "мектептеде"),
    ],
)
def test_chains_that_are_not(stem: str, form: str) -> None:
    assert not typed_as(stem, form)


def test_the_table_is_whole() -> None:
    table = endings()
    assert set(table.cases) == set(CASES)
    for row in table.cases.values():
        assert set(row) == set(ENDS)
    assert set(table.plural) == set(table.possessing) == set(ENDS) - {"his", "my"}
    assert set(table.folded.sounds) == set(ENDS) - {"my"}
    assert {each.then for each in table.possessives.values()} <= set(ENDS)


def test_what_the_stemmer_hears_are_the_folded_sounds() -> None:
    """Two letters are heard otherwise, on purpose: и stands for і too, у for ұ and ү."""
    table = endings()
    for letter, end in table.sounds.items():
        if fold(letter) in {"и", "у", "ю"} or letter.isascii() or not "а" <= fold(letter) <= "я":
            continue
        assert fold(letter) in table.folded.sounds[end], letter
    for letter in table.folded.sounds["hard"]:
        assert end_of(letter) == "hard"


def test_spelling() -> None:
    assert spelt("GA", front=True) == "ге"
    assert spelt("QYң", front=False) == "қың"
    assert case_forms("locative", "vowel", "hard") == ("да", "де", "та", "те")
    assert set(plural_forms()) == {"лар", "лер", "дар", "дер", "тар", "тер"}
    assert set(there_forms()) == {"дагы", "деги", "тагы", "теги", "ндагы", "ндеги"}
