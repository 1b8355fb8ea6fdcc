"""Sums equal what adding up every project by hand gives, with how many they are known for."""

import re
from collections import defaultdict

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.texts import texts_for
from handlers.views.money import money, short_money
from handlers.views.numbers import coverage
from storage.database.store import Store
from storage.projects.budgets import population
from storage.projects.listing import listing
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.vocabulary import DISTRICTS, SECTORS
from tests.conversation.asking import labels, press, say

KK = texts_for("kk")


@pytest.fixture
def everything(city_store: Store) -> tuple[Listed, ...]:
    with city_store.reading() as session:
        return listing(session, ProjectFilter(), limit=10_000).items


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
    resident: Resident, city_store: Store, everything: tuple[Listed, ...]
) -> None:
    answer = await say(resident, "/budget")
    people = await city_store.read(population)
    assert people is not None
    for field in ("planned_kzt", "contracted_kzt"):
        known = [kzt for each in everything if (kzt := getattr(each, field)) is not None]
        assert known
        assert short_money(KK, sum(known)) in answer.text
        assert coverage(KK, len(known), len(everything)) in answer.text
        assert f"бір тұрғынға шаққанда {money(KK, round(sum(known) / people.value))}" in answer.text
    assert all(each.spent_kzt is None for each in everything)
    assert "💸 Жұмсалғаны: белгісіз" in answer.text
    assert "қала бюджеті емес" in answer.text
    assert "2024 жылғы 1 қараша" in answer.text  # of which day the population is


async def test_by_sector(resident: Resident, everything: tuple[Listed, ...]) -> None:
    await say(resident, "/budget")
    blocks = await whole_breakdown(resident, "🗂 Сала бойынша")
    groups: dict[str | None, list[Listed]] = defaultdict(list)
    for each in everything:
        groups[each.sector].append(each)
    assert len(blocks) == len(groups)
    for sector, members in groups.items():
        name = SECTORS[sector or ""].labels["kk"]
        first = next(line for line in blocks if name in line.lower())
        assert first.endswith(f" · {len(members)} жоба")
        known = [each.planned_kzt for each in members if each.planned_kzt is not None]
        if known:
            assert f"Жоспар: {short_money(KK, sum(known))}" in blocks[first]
            assert coverage(KK, len(known), len(members)) in blocks[first]
        else:
            assert "Жоспар" in blocks[first].splitlines()[-1]
            assert blocks[first].endswith("белгісіз")


async def test_by_district_each_project_is_counted_once(
    resident: Resident, everything: tuple[Listed, ...]
) -> None:
    await say(resident, "/budget")
    blocks = await whole_breakdown(resident, "🏘 Аудан бойынша")
    expected: dict[str, int] = defaultdict(int)
    for each in everything:
        several = "Бірнеше аудан" if each.districts else "Ауданы көрсетілмеген"
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
