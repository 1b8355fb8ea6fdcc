"""What is new and what changed, against plain Python over random statements and changes."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from storage.news.changes import TOLD, changed, changed_between, new_since
from storage.projects.project_filter import ProjectFilter
from storage.tables.facts import Change, Import
from tests.storage.builder import NOW, Builder

ALL = 10_000
DAYS = ("", "", "2024", "2025-06", "2025-09-01", "2025-09-15", "2025-10", "2025-11-02")
FIELDS = ("status", "due_on", "planned_kzt", "contractor", "title_ru", "address")
VALUES = {"due_on": ("", "2025", "2025-12", "2026-03-01")}

Said = tuple[str, str, str, str, int]  # field, value, stated_on, promised_on, number


def sort_day(partial: str) -> str:
    return f"{partial}-01-01"[:10] if partial else ""


def held_from(said: Said) -> str:
    field, _, stated_on, promised_on, _ = said
    return sort_day(promised_on if field == "due_on" and promised_on else stated_on)


def tell(builder: Builder, chance: random.Random, project: int) -> list[Said]:
    found = []
    for _ in range(chance.randrange(9)):
        field = chance.choice(FIELDS)
        value = chance.choice(VALUES.get(field, ("", "a", "b")))
        stated_on = chance.choice(DAYS)
        promised = chance.choice(("", "", "2024-05")) if field == "due_on" else ""
        number = builder.said(project, field, value, stated_on, promised_on=promised)
        found.append((field, value, stated_on, promised, number))
    return found


def standing(said: list[Said]) -> dict[str, str]:
    """The value of each field that holds after these statements."""
    in_order = sorted(said, key=lambda each: (held_from(each), each[-1]))
    return {field: value for field, value, *_ in in_order if field in TOLD}


def moved(said: list[Said], first: date, last: date | None) -> dict[str, tuple[str, str]]:
    before = [each for each in said if held_from(each) < first.isoformat()]
    after = [each for each in said if last is None or held_from(each) <= last.isoformat()]
    old, new = standing(before), standing(after)
    if not before:
        return {}
    return {
        field: (old.get(field, ""), value)
        for field, value in new.items()
        if old.get(field, "") != value
    }


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 9, 1), None),
        (date(2025, 9, 2), date(2025, 10, 31)),
        (date(2025, 10, 1), date(2025, 10, 1)),
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2030, 1, 1), None),
    ],
)
def test_what_sources_said_anew(
    session: Session, builder: Builder, first: date, last: date | None
) -> None:
    chance = random.Random(3)
    kinds = ("school", "road", "")
    projects = [builder.project(f"p{n}", kind=kinds[n % 3]) for n in range(80)]
    said = {number: tell(builder, chance, number) for number in projects}
    for filters, of in (
        (ProjectFilter(), projects),
        (ProjectFilter(kinds=("road",)), projects[1::3]),
    ):
        expected = {number: moved(said[number], first, last) for number in of}
        found = changed_between(session, first, last, filters, limit=ALL)
        assert {
            each.listed.id: {field.field: (field.old, field.new) for field in each.fields}
            for each in found.items
        } == {number: fields for number, fields in expected.items() if fields}
        assert found.total == len(found.items)
        second = changed_between(session, first, last, filters, offset=3, limit=2)
        assert second.items == found.items[3:5]


def test_the_latest_news_come_first_with_their_day(session: Session, builder: Builder) -> None:
    early, late = builder.project("early"), builder.project("late")
    for number, day in ((early, "2025-09-15"), (late, "2025-11-02")):
        builder.said(number, "status", "planned", "2024")
        builder.said(number, "status", "completed", day)
        builder.said(number, "title_ru", "Другое имя", day)
    found = changed_between(session, date(2025, 9, 1))
    assert [each.listed.id for each in found.items] == [late, early]
    (field,) = found.items[0].fields
    assert (field.old, field.new, str(field.told_on), field.at) == (
        "planned",
        "completed",
        "2025-11-02",
        None,
    )


def learn(
    builder: Builder, project: int, field: str, old: str, new: str, at: datetime, **columns: Any
) -> int:
    import_id = columns.get("import_id", builder.import_id)
    return builder._add(
        Change(
            project_id=project, import_id=import_id, field=field, old=old, new=new, created_at=at
        )
    )


def test_what_the_store_learnt(session: Session, builder: Builder) -> None:
    chance = random.Random(5)
    projects = [builder.project(f"p{n}") for n in range(30)]
    kept: dict[int, list[tuple[str, str, str, int, datetime]]] = defaultdict(list)
    values: dict[tuple[int, str], str] = defaultdict(str)
    for step in range(150):
        project, field = chance.choice(projects), chance.choice((*FIELDS, "created"))
        old, new = values[project, field], chance.choice(("", "a", "b"))
        values[project, field] = new
        at = NOW + timedelta(minutes=step)
        number = learn(builder, project, field, old, new, at)
        kept[project].append((field, old, new, number, at))
    somewhere = kept[projects[0]][0][3] + 20
    for since in (0, somewhere, ALL, NOW, NOW + timedelta(minutes=90), NOW + timedelta(days=1)):
        expected = dict(_expected(kept, since))
        found = changed(session, since, limit=ALL)
        assert {
            each.listed.id: {one.field: (one.old, one.new) for one in each.fields}
            for each in found.items
        } == expected
        assert changed(session, since, offset=1, limit=3).items == found.items[1:4]
        latest = [max(one.at for one in each.fields if one.at) for each in found.items]
        assert latest == sorted(latest, reverse=True)


def _expected(
    kept: dict[int, list[tuple[str, str, str, int, datetime]]], since: datetime | int
) -> Iterator[tuple[int, dict[str, tuple[str, str]]]]:
    for project, changes in kept.items():
        fields: dict[str, tuple[str, str]] = {}
        for field, old, new, number, at in changes:
            passed = number > since if isinstance(since, int) else at >= since
            if passed and field in TOLD:
                fields[field] = (fields.get(field, (old, ""))[0], new)
        net = {field: pair for field, pair in fields.items() if pair[0] != pair[1]}
        if net:
            yield project, net


def test_what_is_new(session: Session, builder: Builder) -> None:
    def said(key: str, *days: str, **columns: Any) -> int:
        number = builder.project(key, heard_on=max(days, default=""), **columns)
        for day in days:
            builder.said(number, "status", "planned", day)
        return number

    fresh = said("fresh", "2025-10-05", "2025-11-03", status="planned")
    month = said("month", "2025-10", status="in_progress")
    said("older", "2025-09-30", "2025-10-05", status="planned")
    said("undated first", "", "2025-10-05", status="planned")
    said("done long ago", "2025-10-05", status="completed", completed_on="2019")
    done = said("done", "2025-10-05", status="completed", completed_on="2025-10")
    said("done some time this year", "2025-10-05", status="completed", completed_on="2025")
    later = said("later", "2025-11-01", status="planned")
    since_october = new_since(session, date(2025, 10, 1))
    assert [each.id for each in since_october.completed.items] == [done]
    assert [each.id for each in since_october.announced.items] == [fresh, later, month]
    october = new_since(session, date(2025, 10, 1), date(2025, 10, 31))
    assert {each.id for each in october.announced.items} == {fresh, month}
    roads = new_since(session, date(2025, 10, 1), filters=ProjectFilter(kinds=("road",)))
    assert (roads.completed.total, roads.announced.total) == (0, 0)
    page = new_since(session, date(2025, 10, 1), offset=1, limit=1).announced
    assert ([each.id for each in page.items], page.total) == ([later], 3)


def test_what_a_later_import_added_is_new_by_the_citys_days(
    session: Session, builder: Builder
) -> None:
    later = builder._add(Import(state="applied", title="Later", started_at=NOW, finished_at=NOW))
    added = {}
    for key, at, import_id in (
        ("first import", datetime(2026, 2, 20, 6, tzinfo=UTC), builder.import_id),
        ("evening before", datetime(2026, 2, 19, 18, 59, tzinfo=UTC), later),
        ("midnight in Almaty", datetime(2026, 2, 19, 19, 0, tzinfo=UTC), later),
        ("last minute", datetime(2026, 2, 20, 18, 59, tzinfo=UTC), later),
        ("day after", datetime(2026, 2, 20, 19, 0, tzinfo=UTC), later),
    ):
        number = builder.project(key, status="planned", heard_on="2026-02")
        builder.said(number, "status", "planned", "2026-02")
        learn(builder, number, "created", "", "", at, import_id=import_id)
        added[number] = key
    day = date(2026, 2, 20)
    found = new_since(session, day, day).announced
    assert {added[each.id] for each in found.items} == {"midnight in Almaty", "last minute"}
    assert new_since(session, day).announced.total == 3
    assert new_since(session, date.min).announced.total == 5  # all were first told of since then


def test_what_was_announced_long_before_it_was_added_is_no_news(
    session: Session, builder: Builder
) -> None:
    """The 60th day before counts still; a map's own day tells nothing of an announcement."""
    later = builder._add(Import(state="applied", title="Later", started_at=NOW, finished_at=NOW))
    added = {}
    for key, days in {
        "60 days": ["2025-12-22"],
        "61 days": ["2025-12-21"],
        "some day of the month before": ["2025-12"],
        "long ago, and told of again": ["2024-05", "2026-02-19"],
        "undated": [""],
        "undated, and dated": ["", "2026-02-19"],
        "never told of": [],
        "lately": ["2026-02-01", "2026-02-19"],
        "lately, on an old map": ["2026-02-19"],
    }.items():
        number = builder.project(key, status="planned")
        for stated_on in days:
            builder.said(number, "status", "planned", stated_on)
        if "map" in key:
            builder.said(number, "point", "43.2,76.9", "2013-05")
            builder.said(number, "location_precision", "exact", "")
        learn(builder, number, "created", "", "", NOW, import_id=later)
        added[number] = key
    day = date(2026, 2, 20)
    found = new_since(session, day, day).announced
    assert {added[each.id] for each in found.items} == {
        "60 days",
        "lately",
        "lately, on an old map",
    }
