"""One money formatter: exact and short, in three languages, unknown in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.frame.texts import LANGUAGES, Language, texts_for
from handlers.views.money import money, short_money

N = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "kzt", "exact"),
    [
        ("kk", 12_980_000_000, f"12{N}980{N}000{N}000{N}₸"),
        ("ru", 12_980_000_000, f"12{N}980{N}000{N}000{N}₸"),
        ("en", 12_980_000_000, f"12,980,000,000{N}₸"),
        ("kk", 0, f"0{N}₸"),
        ("ru", 0, f"0{N}₸"),
        ("en", 0, f"0{N}₸"),
        ("kk", None, "белгісіз"),
        ("ru", None, "неизвестно"),
        ("en", None, "not known"),
    ],
)
def test_an_exact_sum(language: Language, kzt: int | None, exact: str) -> None:
    assert money(texts_for(language), kzt) == exact


@pytest.mark.parametrize(
    ("language", "kzt", "short"),
    [
        ("kk", 12_980_000_000, f"12,98{N}млрд{N}₸"),
        ("ru", 12_980_000_000, f"12,98{N}млрд{N}₸"),
        ("en", 12_980_000_000, f"12.98{N}bn{N}₸"),
        ("kk", 2_600_000_000_000, f"2,6{N}трлн{N}₸"),
        ("en", 2_600_000_000_000, f"2.6{N}tn{N}₸"),
        ("kk", 92_300_000, f"92,3{N}млн{N}₸"),
        ("en", 92_300_000, f"92.3{N}mn{N}₸"),
        ("kk", 4_500, f"4,5{N}мың{N}₸"),
        ("ru", 4_500, f"4,5{N}тыс.{N}₸"),
        ("en", 4_500, f"4.5{N}thousand{N}₸"),
        ("kk", 1_404_936_000, f"1,40{N}млрд{N}₸"),  # rounded, and it shows
        ("ru", 1_996_000_000, f"2,00{N}млрд{N}₸"),
        ("en", 1_400_000_000, f"1.4{N}bn{N}₸"),
        ("kk", 999, f"999{N}₸"),
        ("kk", 0, f"0{N}₸"),
        ("kk", None, "белгісіз"),
        ("kk", 1_005_000, f"1,01{N}млн{N}₸"),  # half up, not to even
        ("kk", 999_999_999, f"1,00{N}млрд{N}₸"),  # never «1 000 млн»
        ("kk", 5_000_000_000_000_000, f"5{N}000{N}трлн{N}₸"),
    ],
)
def test_a_short_sum(language: Language, kzt: int | None, short: str) -> None:
    assert short_money(texts_for(language), kzt) == short


@given(st.integers(0, 2**62), st.sampled_from(LANGUAGES))
def test_the_sign_always_follows_a_no_break_space(kzt: int, language: Language) -> None:
    for text in (money(texts_for(language), kzt), short_money(texts_for(language), kzt)):
        assert text.endswith(f"{N}₸")
        assert " " not in text


@given(st.integers(0, 2**62), st.sampled_from(LANGUAGES))
def test_an_exact_sum_keeps_every_digit(kzt: int, language: Language) -> None:
    shown = money(texts_for(language), kzt)
    assert int("".join(c for c in shown if c.isdigit())) == kzt
