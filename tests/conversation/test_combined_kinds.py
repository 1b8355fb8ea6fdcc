"""Networks of water and sewers are found as water and as sewers, wherever kinds are asked for."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.sandbox.resident import Resident
from handlers.frame.context import Qala
from handlers.frame.texts import language_of
from handlers.subscriptions.digests import compose
from storage.database.store import Store
from storage.digests.deliveries import claim
from storage.digests.planner import plan
from storage.news.filters import NewsFilter
from storage.projects.summary import Listed
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import add, subscriptions
from storage.tables.facts import Change, Import, Project
from storage.vocabulary import KINDS, STATUSES
from storage.vocabulary.combined_kinds import ANSWERS_TO, PARTS, answering, parts_of
from storage.vocabulary.related_kinds import RELATED, related_of, related_to
from storage.words.languages import Language
from tests.conversation.asking import is_title, labels, press, say, titles
from tests.conversation.clock import BEGIN
from tests.conversation.counting import everything, of_the_city

FRIDAY = BEGIN + timedelta(days=1, hours=2)

WATER = ("water_network", "water_sewer_network")
SEWER = ("sewer_network", "water_sewer_network")
ASKED = [
    ("ru", "канализация в акжаре", "Акжар"),
    ("ru", "водопровод в акжаре", "Акжар"),
    ("kk", "Ақжарда кәріз бар ма", "Ақжар"),
    ("en", "sewer in Akzhar", "Akzhar"),
    ("ru", "когда проведут канализацию в Карагайлы?", "Карагайлы"),
    ("ru", "водоснабжение Таусамалы", "Таусамалы"),
    ("kk", "Қарағайлыда ауыз су қашан болады", "Қарағайлы"),
    ("en", "water network in Karagaily", "Karagaily"),
    ("en", "is there sewage in Mamyr-4", "Mamyr-4"),
]


@pytest.fixture
def everybody(resident: Resident, olga: Resident, daniel: Resident) -> dict[str, Resident]:
    return {"kk": resident, "ru": olga, "en": daniel}


@pytest.mark.parametrize(("language", "text", "place"), ASKED)
async def test_the_networks_of_a_place_answer_to_either_word(
    everybody: dict[str, Resident], city_store: Store, language: Language, text: str, place: str
) -> None:
    answer = await say(everybody[language], text)
    of_both = [each for each in everything(city_store) if each.kind == "water_sewer_network"]
    there = [each for each in of_both if place in each.titles.shown(language)]
    assert there
    assert any(_told(each.titles.shown(language), answer.text) for each in there), answer.text


def _told(title: str, text: str) -> bool:
    """Whether a text tells of the project, be its title cut in a list or whole on its card."""
    return title in text or any(is_title(line, title) for line in text.splitlines() if _row(line))


def _row(line: str) -> bool:
    return re.match(r"\d+\. ", line) is not None


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("ru", "сколько канализаций строится и построено в Медеуском районе?", SEWER),
        ("kk", "Медеу ауданында қанша су құбыры бар?", WATER),
        ("en", "how many sewer networks are in Nauryzbay district?", SEWER),
        ("ru", "сколько станций метро?", ("metro_station", "metro_line")),
    ],
)
async def test_what_is_counted_is_what_is_listed(
    everybody: dict[str, Resident],
    city_store: Store,
    language: str,
    text: str,
    kinds: tuple[str, ...],
) -> None:
    district = {"Медеу": "medeu", "Nauryz": "nauryzbay"}
    slug = next((slug for word, slug in district.items() if word in text), None)
    expected = [
        each
        for each in of_the_city(city_store)
        if each.kind in kinds and (slug is None or slug in each.districts)
    ]
    assert expected
    answer = await say(everybody[language], text)
    assert re.search(rf"\b{len(expected)}\b", answer.text.split("\n\n")[0]), answer.text


async def test_a_list_of_one_part_names_the_kind_asked_for(
    daniel: Resident, city_store: Store
) -> None:
    sewers = [each for each in of_the_city(city_store) if each.kind in SEWER]
    answer = await say(daniel, "show all sewer networks")
    assert f"{len(sewers)} " in answer.text
    assert "sewer network" in answer.text.splitlines()[0]
    assert "water" not in answer.text.splitlines()[0]
    shown = [each for each in sewers if any(_told(each.titles.en, row) for row in titles(answer))]
    assert len(shown) == len(titles(answer))


async def test_who_follows_sewers_hears_of_a_combined_network(
    qala: Qala, olga: Resident, daniel: Resident, city_store: Store
) -> None:
    await say(olga, "канализация в Медеуском районе")
    await press(olga, "🔔")
    await press(olga, "✅")
    (only,) = await city_store.read(subscriptions, olga.id)
    assert only.filter.kinds == ("sewer_network",)
    done = next(
        each
        for each in everything(city_store)
        if each.kind == "water_sewer_network"
        and "medeu" in each.districts
        and each.status == "in_progress"
    )
    with city_store.writing() as session:
        for kind in ("water_network", "gas_network"):
            wanted = NewsFilter(kinds=(kind,))
            add(session, daniel.id, wanted, Schedule(), "en", BEGIN)
        project = session.get_one(Project, done.id)
        project.status_no, project.completed_on = STATUSES["completed"].number, "2025-11-20"
        project.completed_first = project.completed_last = BEGIN.date()
        session.add(
            Change(
                project_id=done.id,
                import_id=session.scalar(select(func.min(col(Import.id)))) or 0,
                field="status",
                old="in_progress",
                new="completed",
                created_at=BEGIN,
            )
        )
        session.flush()
        plan(session, FRIDAY)
        claimed = claim(session, FRIDAY, 10, timedelta(minutes=5))
    assert {each.chat_id for each in claimed} == {olga.id, daniel.id}
    for each in claimed:
        screen = await compose(
            *(city_store, each.language, each.cadence, each.filters, each.items),
            *(each.content_id, FRIDAY),
            bot=qala.bot.username,
        )
        assert screen is not None
        start = done.titles.shown(language_of(each.language))[:12]
        assert start in screen.text


async def test_a_school_with_a_kindergarten_is_both(
    olga: Resident, resident: Resident, daniel: Resident, city_store: Store
) -> None:
    """No source tells of one yet: a school of the list is made one."""
    found = next(each for each in everything(city_store) if each.key == "school-220")

    def both(session: Session) -> None:
        session.get_one(Project, found.id).kind_no = KINDS["school_kindergarten"].number

    before = {
        kind: len([each for each in of_the_city(city_store) if _in_medeu(each, kind)])
        for kind in ("school", "kindergarten")
    }
    await city_store.write(both)
    for who, text, kind in (
        (olga, "сколько детских садов в Медеуском районе?", "kindergarten"),
        (olga, "сколько школ в Медеуском районе?", "school"),
        (resident, "Медеу ауданында қанша балабақша бар?", "kindergarten"),
        (daniel, "how many kindergartens are there in Medeu?", "kindergarten"),
        (daniel, "how many schools are there in Medeu?", "school"),
    ):
        count = before[kind] + (kind == "kindergarten")
        answer = await say(who, text)
        assert re.search(rf"\b{count}\b", answer.text.split("\n\n")[0]), answer.text
    answer = await say(olga, "школа с детским садом в Медеуском районе")
    assert "220" in answer.text


def _in_medeu(each: Listed, kind: str) -> bool:
    return each.kind == kind and "medeu" in each.districts


def test_a_combined_kind_is_made_of_kinds() -> None:
    for kind, parts in PARTS.items():
        assert len(set(parts)) == len(parts) > 0
        assert answering(parts[:1]) == (parts[0], kind)
        assert answering((kind,)) == (kind,)
        assert ANSWERS_TO[kind] == {kind, *parts}
    assert answering(("road", "nobodys")) == ("road", "nobodys")


def test_parts_that_are_no_kinds_are_refused(tmp_path: Path) -> None:
    slip = tmp_path / "combined_kinds.csv"
    slip.write_text("kind,parts\nwater_sewer_network,water_network|sewers\n", encoding="utf-8")
    with pytest.raises(ValueError, match="sewers is no kind"):
        parts_of(slip)


@pytest.mark.parametrize(
    ("language", "text", "button"),
    [
        ("ru", "школы в Ауэзове", r"\d+ пристро\w+ к школ\w+"),
        ("kk", "Әуезовте қандай мектептер бар", r"\d+ мектептің қосымша ғимараты"),
        ("en", "schools in Auezov district", r"\d+ school extensions"),
    ],
)
async def test_where_there_is_none_of_a_kind_related_ones_are_offered(
    everybody: dict[str, Resident], city_store: Store, language: Language, text: str, button: str
) -> None:
    """«No such project» is half an answer where schools of the district are being enlarged."""
    answer = await say(everybody[language], text)
    (offered,) = [label for label in labels(answer) if re.fullmatch(button, label)]
    assert offered in answer.text
    found = await press(everybody[language], offered)
    there = [
        each
        for each in of_the_city(city_store)
        if each.kind == "school_extension" and "auezov" in each.districts
    ]
    assert len(titles(found)) == min(5, len(there))
    names = [each.titles.shown(language) for each in there]
    assert all(any(is_title(line, name) for name in names) for line in titles(found))


def test_related_kinds_are_kinds_and_none_is_related_to_itself(tmp_path: Path) -> None:
    assert all(kind not in others for kind, others in RELATED.items())
    assert related_to(("school",)) == ("school_extension",)
    assert related_to(("school", "school_extension")) == ()
    slip = tmp_path / "related_kinds.csv"
    slip.write_text("kind,related\nschool,palace\n", encoding="utf-8")
    with pytest.raises(ValueError, match="palace is no kind"):
        related_of(slip)
