"""Names cut to what there is room for: what is cut shows it, and no two look the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.frame.phone import width
from handlers.views.told_apart import CUT, Fits, cut, cut_naming, told_apart, within

WORDS = ("Строительство", "школы", "на", "1200", "мест", "мкр", "Шугыла", "Калкаман", "№2", "№3")
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
any_names = st.text(min_size=1, max_size=90).filter(lambda name: bool(name.strip()))
rooms = st.integers(12, 60)


@given(st.lists(names | any_names, min_size=1, max_size=9, unique=True), rooms, st.booleans())
def test_different_names_never_look_the_same(known: list[str], most: int, ends: bool) -> None:
    told = told_apart(known, within(most), ends=ends)
    assert len(set(told)) == len(known)


@given(st.lists(names, min_size=1, max_size=6, unique=True), rooms, st.booleans())
def test_what_is_cut_shows_it_and_what_fits_is_whole(
    known: list[str], most: int, ends: bool
) -> None:
    for name, label in zip(known, told_apart(known, within(most), ends=ends), strict=True):
        if len(name) <= most:
            assert label == name or label.startswith(name)  # numbered where a cut one is alike
        else:
            assert CUT in label
        assert len(label) <= most + len(" (9)")


@given(names, st.integers(90, 400))
def test_a_cut_name_has_its_room_in_pixels_too(name: str, pixels: int) -> None:
    def fits(text: str) -> bool:
        return width(text, bold=True) <= pixels

    assert width(cut(name, fits), bold=True) <= pixels or cut(name, fits) == CUT


@pytest.mark.parametrize(
    ("fits", "told"),
    [
        (
            within(34),
            [
                "Строительство школы… Шугыла",
                "Строительство школы… Калкаман",
                "Парк",
            ],
        )
    ],
)
def test_of_two_alike_the_part_that_differs_is_kept(fits: Fits, told: list[str]) -> None:
    school = "Строительство школы на 1200 мест в микрорайоне {}"
    known = [school.format("Шугыла"), school.format("Калкаман"), "Парк"]
    assert told_apart(known, fits) == told


def test_the_kazakh_word_at_the_end_says_what_it_is() -> None:
    known = ["Алатау шағынауданының су және кәріз желілері"]
    assert told_apart(known, within(34), ends=True) == ["Алатау шағынауданының су… желілері"]


def test_the_same_name_twice_is_the_same() -> None:
    assert told_apart(["Школа", "Школа"], within(20)) == ["Школа", "Школа"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Продление улицы Хмельницкого до Талгарского тракта", "Продление… Хмельницкого…"),
        ("Капитальный ремонт городской поликлиники №3", "Капитальный… поликлиники №3"),
        ("Двор дома 37 на улице Аносова", "Двор дома 37… Аносова"),
        ("Благоустройство на улице Бокейханова, 510", "Благоустройст… Бокейханова…"),
        ("Сети воды и канализации в микрорайоне Акжар, 2-я очередь", "Сети… Акжар, 2-я очередь"),
        ("Major repair of the Auezov district akimat", "Major repair of the Auezov…"),
        ("Улица Мауленова от проспекта Абая до Курмангазы", "Улица Мауленова…"),
        ("Западный канализационный коллектор", "Западный канализационный…"),
    ],
)
def test_a_cut_name_keeps_what_is_named(name: str, told: str) -> None:
    assert cut_naming(name, within(27)) == told


@given(any_names, rooms)
def test_with_a_name_kept_it_still_fits(name: str, most: int) -> None:
    assert len(cut_naming(name, within(most))) <= most


@pytest.mark.parametrize(
    "name",
    [
        "Сайран шағынауданын «қасбеттен қасбетке дейін» абаттандыру",
        "Амангелді көшесінің бойы (Төле би көшесінен бастап)",
    ],
)
def test_what_is_opened_is_closed(name: str) -> None:
    (told,) = told_apart([name], within(28), ends=True)
    assert told.count("«") == told.count("»"), told
    assert told.count("(") == told.count(")"), told
