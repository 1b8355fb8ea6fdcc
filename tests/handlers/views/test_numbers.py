"""Distances, measures, and Kazakh «41-інде»."""

import pytest

from handlers.frame.texts import Language, texts_for
from handlers.views.numbers import coverage, distance, in_part, measured, number

N = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "metres", "shown"),
    [
        ("kk", 3, f"10{N}м-ден жақын"),
        ("ru", 3, f"меньше 10{N}м"),
        ("en", 3, "under 10 m"),
        ("kk", 454, f"450{N}м"),
        ("kk", 994.9, f"990{N}м"),
        ("kk", 996, f"1{N}км"),
        ("kk", 1240, f"1,2{N}км"),
        ("ru", 1240, f"1,2{N}км"),
        ("en", 1240, f"1.2{N}km"),
        ("en", 10_000, f"10{N}km"),
        ("ru", 1_745, "1,7\u00a0км"),  # never rounded twice: to 1,75 and then to 1,8
        ("ru", 1_955, "2\u00a0км"),
        ("en", 7_549, "7.5\u00a0km"),
    ],
)
def test_a_distance(language: Language, metres: float, shown: str) -> None:
    assert distance(texts_for(language), metres) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, "1-інде"),
        (2, "2-сінде"),
        (3, "3-інде"),
        (4, "4-інде"),
        (5, "5-інде"),
        (6, "6-сында"),
        (7, "7-сінде"),
        (8, "8-інде"),
        (9, "9-ында"),
        (10, "10-ында"),
        (20, "20-сында"),
        (30, "30-ында"),
        (40, "40-ында"),
        (41, "41-інде"),
        (50, "50-інде"),
        (60, "60-ында"),
        (70, "70-інде"),
        (80, "80-інде"),
        (90, "90-ында"),
        (100, "100-інде"),
        (1000, f"1{N}000-ында"),
        (1_000_000, f"1{N}000{N}000-ында"),
    ],
)
def test_a_part_of_a_number_in_kazakh(count: int, shown: str) -> None:
    assert in_part(count) == shown


@pytest.mark.parametrize(
    ("language", "known", "total", "shown"),
    [
        ("kk", 41, 65, "65 жобаның 41-інде белгілі"),
        ("kk", 6, 20, "20 жобаның 6-сында белгілі"),
        ("ru", 41, 65, "известно по 41 из 65 проектов"),
        ("ru", 1, 21, "известно по 1 из 21 проекта"),
        ("en", 41, 65, "known for 41 of 65 projects"),
        ("en", 1, 1, "known for 1 of 1 project"),
    ],
)
def test_coverage(language: Language, known: int, total: int, shown: str) -> None:
    assert coverage(texts_for(language), known, total) == shown


@pytest.mark.parametrize(
    ("language", "value", "unit", "shown"),
    [
        ("kk", 1500, "seats", f"1{N}500{N}орын"),
        ("ru", 1, "seats", f"1{N}место"),
        ("ru", 2.5, "km", f"2,5{N}км"),
        ("en", 37.8, "percent", f"37.8{N}%"),
        ("kk", 2_600_000_000_000, "kzt", f"2,6{N}трлн{N}₸"),
        ("kk", 113, "count", "113"),
        ("en", 12, "", "12"),
        ("en", 3, "<towers>", f"3{N}<towers>"),
    ],
)
def test_a_measure(language: Language, value: float, unit: str, shown: str) -> None:
    assert measured(texts_for(language), value, unit) == shown


def test_a_number() -> None:
    assert number(texts_for("kk"), 5_400_000) == f"5{N}400{N}000"
    assert number(texts_for("ru"), 4.16) == "4,16"
