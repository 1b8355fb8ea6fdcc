"""A name and an address in the language of whoever reads it."""

import pytest

from storage.values.titles import Address, Titles
from storage.words.languages import Language

IN_ALL = Address("мкр. Жетысу-3", Titles("Жетісу-3 ш/а", "мкр. Жетысу-3", "Zhetysu-3"))


@pytest.mark.parametrize(
    ("language", "shown", "otherwise"),
    [
        ("kk", "Жетісу-3 ш/а", "мкр. Жетысу-3"),
        ("ru", "мкр. Жетысу-3", ""),
        ("en", "Zhetysu-3", "мкр. Жетысу-3"),
    ],
)
def test_an_address_in_the_reader_s_language_and_as_stated(
    language: Language, shown: str, otherwise: str
) -> None:
    assert (IN_ALL.shown(language), IN_ALL.otherwise(language)) == (shown, otherwise)


def test_an_address_of_one_language_is_shown_as_it_is() -> None:
    stated = Address("озеро Сайран")
    assert (stated.shown("kk"), stated.otherwise("kk")) == ("озеро Сайран", "")
    ours = Address("", Titles(ru="озеро Сайран"))
    assert (ours.shown("en"), ours.otherwise("en"), bool(ours)) == ("озеро Сайран", "", True)
    assert not Address()
    assert Address().shown("ru") == ""


def test_another_blank_is_no_other_address() -> None:
    address = Address(
        "мкр. Кокжиек,ул. Гамарника, 2з", Titles(ru="мкр. Кокжиек, ул. Гамарника, 2з")
    )
    assert address.otherwise("ru") == ""
