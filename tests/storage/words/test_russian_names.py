"""Russian cases of names that no dictionary has."""

import pytest

from storage.words.russian_names import name_forms, nominatives


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("алатауский", "алатауского алатауском алатауская"),
        ("турксиб", "турксиб турксиба турксибе турксибом"),
        ("абай", "абай абая абаю абаем"),
        ("медеу", "медеу медеуа медеуе медеуом"),
        ("алматы", "алматы"),
    ],
)
def test_forms(name: str, forms: str) -> None:
    assert set(forms.split()) <= name_forms(name)
    assert len(name_forms("алматы")) == 1


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("шугыле", "шугыла шугыл шугыль"),
        ("алатауского", "алатаускый алатауский"),
        ("абая", "абаь абай"),
        ("турксибом", "турксиб турксибое"),
        ("оле", ""),  # too little would be left
        ("самал", ""),
    ],
)
def test_what_may_be_the_nominative(form: str, names: str) -> None:
    assert nominatives(form) == tuple(names.split())
