"""Any text: projects by all their words, by half of them, mistyped, in other letters."""

import pytest
from sqlalchemy.orm import Session

from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.search import fulltext
from storage.search.gazetteer import names_snapshot
from storage.search.search import SearchFound, search
from tests.storage.builder import Builder


@pytest.fixture
def city(builder: Builder) -> Builder:
    builder.district("medeu")
    builder.place("Қалқаман", name_ru="Калкаман")
    builder.project(
        "school-178",
        title_kk="№178 мектеп",
        title_ru="Школа №178",
        address="Қалқаман шағынауданы, Ашимова көшесі",
        sector="social",
    )
    builder.project("school-17", title_ru="Школа №17", title_kk="", contractor="ТОО Курылыс")
    builder.project("clinic", title_ru="Поликлиника в микрорайоне Шугыла", title_kk="")
    builder.project("square", title_ru="Сквер у школы", title_kk="")
    builder.project("mistake", title_ru="Школа №178", title_kk="", status="withdrawn")
    return builder


def keys(found: SearchFound) -> list[str]:
    return [each.key for each in found.projects.items]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("школа 178", "school-178"),
        ("178 мектебі", "school-178"),
        ("mektep 178", "school-178"),
        ("Школы №178!", "school-178"),
        ("школа ашимова", "school-178"),
        ("17 школа", "school-17"),
        ("поликлиники", "clinic"),
        ("емхана шугыла", "clinic"),
        ("poliklinika", "clinic"),
    ],
)
def test_all_words_must_be_there(city: Builder, session: Session, text: str, key: str) -> None:
    found = search(session, text)
    assert keys(found) == [key]
    assert (found.partial, dict(found.mended)) == (False, {})


def test_early_words_come_first(city: Builder, session: Session) -> None:
    """Stems stand in the order title, address, kind, district: what it is comes before where."""
    assert keys(search(session, "школа"))[-1] == "square"
    city.project("yard", title_ru="Двор", title_kk="", address="у школы 178, Ашимова")
    assert keys(search(session, "школа 178")) == ["school-178", "yard"]


def test_a_typing_error_is_mended_and_told(city: Builder, session: Session) -> None:
    found = search(session, "полеклиника")
    assert keys(found) == ["clinic"]
    assert dict(found.mended) == {"полеклиника": "поликлиника"}


def test_a_name_of_a_place_is_no_typing_error(city: Builder, session: Session) -> None:
    city.place("Алмагүл", name_ru="Алмагуль")
    city.project("almaty", title_ru="Алмагор")
    found = search(session, "Алмагуль")
    assert dict(found.mended) == {}
    assert [each.names.ru for each in found.places] == ["Алмагуль"]


def test_the_wrong_keyboard_layout_is_read(city: Builder, session: Session) -> None:
    found = search(session, "gjkbrkbybrf")
    assert keys(found) == ["clinic"]
    assert found.mended["gjkbrkbybrf"] == "поликлиника"


def test_half_the_words_will_do_where_no_project_has_all(city: Builder, session: Session) -> None:
    found = search(session, "школа 220")
    assert found.partial
    assert set(keys(found)) == {"school-178", "school-17", "square"}
    assert search(session, "школа абракадабра шмяк").projects.total == 0


def test_the_whole_name_of_a_place_is_answer_enough(city: Builder, session: Session) -> None:
    city.place("6-шағынаудан", name_ru="6-й микрорайон", aliases="6 мкр")
    found = search(session, "6 мкр")
    assert [each.names.kk for each in found.places] == ["6-шағынаудан"]
    assert keys(found) == []
    assert not found.nothing


def test_places_and_districts_beside_the_projects(city: Builder, session: Session) -> None:
    found = search(session, "школа калкаман")
    assert keys(found) == ["school-178"]
    assert [each.names.ru for each in found.places] == ["Калкаман"]
    assert [each.slug for each in search(session, "медеуский район").districts] == ["medeu"]


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "где что когда", "'\"*()&|!:;--", "а" * 5_000])
def test_what_has_no_meaning_finds_nothing(city: Builder, session: Session, text: str) -> None:
    found = search(session, text)
    assert found.nothing
    assert (found.projects.items, found.projects.total, found.partial) == ((), 0, False)


@pytest.mark.parametrize(
    "text", ["школа' OR '1", 'школа" OR "мектеп', "школа:* & !178", "школа NEAR 178", "NOT школа"]
)
def test_signs_of_the_engines_are_no_syntax(city: Builder, session: Session, text: str) -> None:
    assert "school-178" in keys(search(session, text))


def test_filters_and_pages(city: Builder, session: Session) -> None:
    social = ProjectFilter(sectors=("social",), area=None)
    assert keys(search(session, "школа", social)) == ["school-178"]
    everything = keys(search(session, "школа", limit=10))
    first, second = search(session, "школа", limit=2), search(session, "школа", limit=2, offset=2)
    assert keys(first) + keys(second) == everything
    assert (first.projects.total, first.projects.has_more, second.projects.has_more) == (
        3,
        True,
        False,
    )
    assert search(session, "школа", ProjectFilter(area="almaty_region")).projects.total == 0


def test_of_very_many_the_newest_are_ranked(
    city: Builder, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "NEWEST", 2)
    found = search(session, "школа", limit=10)
    assert found.projects.total == 2
    assert set(keys(found)) == {"square", "school-17"}


def test_both_ways_of_asking_find_the_same(city: Builder, session: Session) -> None:
    terms = [("школ", "мектеп"), ("178zz",)]
    assert [number for number, _ in fulltext.matches(session, terms, 2, EVERYWHERE)] == [1]
    assert len(fulltext.matches(session, terms, 1, EVERYWHERE)) == 3
    assert fulltext.is_known(session, ("поликлиник",))
    assert not fulltext.is_known(session, ("поликлиникк",))


@pytest.mark.parametrize("text", ["Жетісу-3", "мкр Жетысу-3", "Zhetysu-3", "жетысу 3", "zhetisu-3"])
def test_an_address_is_found_in_each_of_its_languages(
    builder: Builder, session: Session, text: str
) -> None:
    builder.project(
        "centre",
        title_kk="Оңалту орталығы",
        address="мкр. Жетысу-3",
        address_kk="Жетісу-3 ш/а",
        address_ru="мкр. Жетысу-3",
        address_en="Zhetysu-3",
    )
    builder.project("other", title_kk="Оңалту орталығы")
    assert keys(search(session, text)) == ["centre"]
    number = names_snapshot(session).find_project(words=["Zhetysu"])
    assert len(number) == 1
