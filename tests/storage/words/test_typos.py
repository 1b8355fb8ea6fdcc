"""Slips of the finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import layout_swaps, osa_similarity, trigrams


def test_trigrams_know_the_edges() -> None:
    assert trigrams("жол") == {"__ж", "_жо", "жол", "ол_"}
    assert trigrams("Қала") == trigrams("кала")


def test_one_slip_leaves_half_of_the_trigrams() -> None:
    for typed in ("балабашка", "балабқша", "балаббақша"):
        shared = trigrams("балабақша") & trigrams(typed)
        assert len(shared) >= 4, typed


@pytest.mark.parametrize(
    ("typed", "meant", "others"),
    [
        ("бостандыкк", "бостандық", ["достық", "орталық"]),
        ("мектпе", "мектеп", ["мекеме", "емхана"]),
        ("полклиника", "поликлиника", ["клиника", "политика"]),
        ("kindergraten", "kindergarten", ["garden", "kinder"]),
    ],
)
def test_the_word_that_was_meant_is_the_likest(typed: str, meant: str, others: list[str]) -> None:
    assert osa_similarity(typed, meant) > max(osa_similarity(typed, other) for other in others)
    assert osa_similarity(typed, meant) >= 0.8


def test_likeness_is_a_share_of_the_longer_word() -> None:
    assert osa_similarity("жол", "жол") == 1.0
    assert osa_similarity("мектеп", "мектпе") == pytest.approx(5 / 6)  # a swap is one slip
    assert osa_similarity("абв", "где") == 0.0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("irjkf", "школа"),
        ("vtrntg", "мектеп"),
        ("ifqsy", "шайын"),
        ("ырщщд", "shool"),
        ("gfhr", "парк"),
        ("0fkf", "қала"),
        (",f0if", "бақша"),
        ("njq,fcnf4j", "тойбастаңо"),
    ],
)
def test_the_wrong_layout(typed: str, meant: str) -> None:
    assert meant in layout_swaps(typed)


def test_a_layout_swap_never_returns_the_text_itself() -> None:
    assert layout_swaps("") == []
    assert layout_swaps("178") == [] or "178" not in layout_swaps("178")


@given(st.text(), st.text())
def test_any_text_will_do(a: str, b: str) -> None:
    assert 0.0 <= osa_similarity(a, b) <= 1.0
    assert all(len(piece) == 3 for piece in trigrams(a))
    assert a not in layout_swaps(a)
