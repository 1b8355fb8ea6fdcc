"""Sums equal what adding up every project by hand gives, with how many they are known for."""

import re
from collections import defaultdict

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.texts import texts_for
from handlers.views.money import money, short_money
from handlers.views.numbers import coverage
from storage.database.store import Store
from storage.imports.rollup import recompute_rollup
from storage.projects.budgets import population
from storage.projects.listing import listing
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.tables.facts import Project
from storage.vocabulary import DISTRICTS, SECTORS
from tests.conversation.asking import labels, press, say

KK = texts_for("kk")


@pytest.fixture
def everything(city_store: Store) -> tuple[Listed, ...]:
    with city_store.reading() as session:
        return listing(session, ProjectFilter(), limit=10_000).items


@pytest.fixture
def private(city_store: Store) -> frozenset[int]:
    with city_store.reading() as session:
        funded = select(col(Project.id)).where(col(Project.funding) == "private")
        return frozenset(number for number in session.scalars(funded) if number is not None)


BLOCK = re.compile(r"\n+(?=.* · \d+ жоба$)", re.MULTILINE)


async def whole_breakdown(who: Resident, label: str) -> dict[str, str]:
    """The blocks of all pages by their first line."""
    answer = await press(who, label)
    blocks = BLOCK.split(answer.text)[1:]
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        blocks += BLOCK.split(answer.text)[1:]
    return {block.partition("\n")[0]: block for block in blocks}


async def test_the_city_s_sums(
    resident: Resident, city_store: Store, everything: tuple[Listed, ...], private: frozenset[int]
) -> None:
    answer = await say(resident, "/budget")
    public = [each for each in everything if each.id not in private]
    assert len(public) < len(everything)
    for field in ("planned_kzt", "contracted_kzt"):
        known = [kzt for each in public if (kzt := getattr(each, field)) is not None]
        assert 0 < 2 * len(known) < len(public)
        told = f"{coverage(KK, len(known), len(public))} · {short_money(KK, sum(known))}"
        assert told in answer.text
    assert all(each.spent_kzt is None for each in everything)
    assert "💸 Жұмсалғаны: белгісіз" in answer.text
    assert "қала бюджеті емес" in answer.text
    assert "шаққанда қанша екені есептелмейді" in answer.text
    assert "Тұрғындар саны" not in answer.text


async def test_what_private_investors_pay_stands_apart(
    resident: Resident, everything: tuple[Listed, ...], private: frozenset[int]
) -> None:
    answer = await say(resident, "/budget")
    plants = [each.planned_kzt for each in everything if each.id in private]
    known = [kzt for kzt in plants if kzt is not None]
    whole = sum(kzt for each in everything if (kzt := each.planned_kzt) is not None)
    assert known
    (line,) = [line for line in answer.text.splitlines() if line.startswith("🏭")]
    told = f"{coverage(KK, len(known), len(plants))} · {short_money(KK, sum(known))}"
    assert line == f"🏭 Жеке инвесторлар, бөлек: жоспар – {told}"
    assert short_money(KK, whole) not in answer.text


async def test_per_resident_where_half_of_the_projects_have_a_sum(
    resident: Resident, city_store: Store, everything: tuple[Listed, ...]
) -> None:
    with city_store.writing() as session:
        session.execute(update(Project).where(col(Project.id) > 0).values(planned_kzt=10**9))
        recompute_rollup(session)
    people = await city_store.read(population)
    assert people is not None
    answer = await say(resident, "/budget")
    public = int(answer.text.partition("жобаның")[0].rpartition(": ")[2])
    each = money(KK, round(public * 10**9 / people.value))
    assert f"💰 Жоспар · бір тұрғынға шаққанда {each}" in answer.text
    assert "2024 жылғы 1 қараша" in answer.text  # of which day the population is


async def test_by_sector(
    resident: Resident, everything: tuple[Listed, ...], private: frozenset[int]
) -> None:
    await say(resident, "/budget")
    blocks = await whole_breakdown(resident, "🗂 Сала бойынша")
    groups: dict[str | None, list[Listed]] = defaultdict(list)
    for each in everything:
        groups[each.sector].append(each)
    assert len(blocks) == len(groups)
    for sector, listed in groups.items():
        name = SECTORS[sector or ""].labels["kk"]
        first = next(line for line in blocks if name in line.lower())
        assert first.endswith(f" · {len(listed)} жоба")
        members = [each for each in listed if each.id not in private]
        known = [each.planned_kzt for each in members if each.planned_kzt is not None]
        if known:
            covered = coverage(KK, len(known), len(members))
            assert f"Жоспар: {covered} · {short_money(KK, sum(known))}" in blocks[first]
        elif any(each.contracted_kzt is not None for each in members):
            assert "Жоспар, 💸 Жұмсалғаны: белгісіз" in blocks[first]
        else:
            assert "💰 Дереккөздерде сома айтылмаған" in blocks[first]


async def test_by_district_each_project_is_counted_once(
    resident: Resident, everything: tuple[Listed, ...]
) -> None:
    await say(resident, "/budget")
    blocks = await whole_breakdown(resident, "🏘 Аудан бойынша")
    expected: dict[str, int] = defaultdict(int)
    for each in everything:
        nowhere = "Бүкіл қалаға ортақ" if each.precision == "city" else "Ауданы көрсетілмеген"
        several = "Бірнеше аудан" if each.districts else nowhere
        one = len(each.districts) == 1
        expected[DISTRICTS[each.districts[0]].names["kk"] if one else several] += 1
    assert {line.rpartition(" · ")[0]: line.rpartition(" · ")[2] for line in blocks} == {
        name: f"{count} жоба" for name, count in expected.items()
    }


async def test_by_year_and_programme(resident: Resident) -> None:
    await say(resident, "/budget")
    years = await whole_breakdown(resident, "📅 Жыл бойынша")
    assert any(line.startswith("2025 · ") for line in years)
    programmes = await whole_breakdown(resident, "📋 Бағдарлама бойынша")
    assert any("Халық қатысатын бюджет" in line for line in programmes)
    assert (await press(resident, "⬅️ Барлық жоба")).text.startswith("💰 Алматы жобаларының")
    assert len(resident.messages) == 1


@pytest.mark.parametrize(
    ("name", "key", "told"),
    [
        ("Айгерім", "💰 Бюджет", "жобаның"),
        ("Ольга", "💰 Бюджет", "известно по"),
        ("Daniel", "💰 Budgets", "known for"),
    ],
)
async def test_in_three_languages(
    sandbox: Sandbox, resident: Resident, name: str, key: str, told: str
) -> None:
    who = sandbox.resident(name)
    assert told in (await say(who, "/budget")).text
    assert told in (await say(who, key)).text
