"""A card: timeline, facts, conflicts, slips and lateness out of the statements."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from storage.projects.card import Card
from storage.projects.listing import card
from tests.storage.builder import TODAY, Builder


def shown(session: Session, number: int, today: date = TODAY) -> Card:
    found = card(session, number, today)
    assert found is not None
    return found


def values(found: Card, field: str) -> list[str]:
    return [fact.value for fact in found.conflicts.get(field, ())]


def test_unknown_and_withdrawn_projects_have_no_card(builder: Builder, session: Session) -> None:
    number = builder.project("mistake", status="withdrawn")
    assert card(session, number, TODAY) is None
    assert card(session, number + 1, TODAY) is None
    with_flag = card(session, number, TODAY, withdrawn=True)
    assert with_flag is not None
    assert with_flag.listed.key == "mistake"


def test_whole_row_comes_back(builder: Builder, session: Session) -> None:
    number = builder.project(
        "school-1", description_ru="Школа на 1500 мест", contractor="ТОО «Құрылыс»",
        capacity=4.16, capacity_unit="ha", link="https://example.kz", area="almaty_region",
    )  # fmt: skip
    found = shown(session, number)
    assert found.descriptions.ru == "Школа на 1500 мест"
    assert (found.contractor, found.capacity, found.capacity_unit) == ("ТОО «Құрылыс»", 4.16, "ha")
    assert (found.link, found.photo_url, found.area) == ("https://example.kz", "", "almaty_region")
    assert (found.timeline, dict(found.facts), found.slips) == ((), {}, ())
    assert found.late_days is None


def test_timeline_runs_from_unknown_days_to_the_latest(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    builder.said(number, "status", "completed", "2025-11-10")
    builder.said(number, "completed_on", "2025-11", "2025-11-10")
    builder.said(number, "status", "in_progress", "2025", source="city")
    builder.said(number, "due_on", "2024", "2025-11-10", source="vlast", promised_on="2023-02")
    builder.said(number, "planned_kzt", "1000", "", source="plan")
    builder.said(number, "title_ru", "Школа", "2024-01-01")
    events = shown(session, number).timeline
    told = [(str(each.stated_on or ""), each.source.title, each.status) for each in events]
    assert told == [
        ("", "plan", None),
        ("2025", "city", "in_progress"),
        ("2025-11-10", "gazette", "completed"),
        ("2025-11-10", "vlast", None),
    ]
    assert events[0].planned_kzt == 1000
    assert str(events[2].completed_on) == "2025-11"
    assert (str(events[3].due_on), str(events[3].promised_on)) == ("2024", "2023-02")


def test_two_values_of_one_source_and_day_are_two_events(
    builder: Builder, session: Session
) -> None:
    number = builder.project("school-1")
    builder.said(number, "due_on", "2024", "2025-11-10", promised_on="2023")
    builder.said(number, "status", "completed", "2025-11-10")
    builder.said(number, "due_on", "2025-10", "2025-11-10", promised_on="2025-01")
    events = shown(session, number).timeline
    assert [(str(each.due_on), each.status) for each in events] == [
        ("2024", "completed"),
        ("2025-10", None),
    ]


def test_erased_values_are_told_and_no_longer_facts(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    builder.said(number, "due_on", "2024", "2023-01-01")
    builder.said(number, "due_on", "", "2024-01-01")
    builder.said(number, "due_on", "2026", "2025-01-01")
    builder.said(number, "planned_kzt", "5", "2023-01-01", source="city")
    builder.said(number, "planned_kzt", "", "2023-01-01")
    found = shown(session, number)
    assert [each.erased for each in found.timeline] == [("planned_kzt",), (), ("due_on",), ()]
    assert [fact.value for fact in found.facts["due_on"]] == ["2026"]
    assert "planned_kzt" not in found.facts
    assert found.slips == ()
    assert found.conflicts == {}


def test_facts_come_latest_first_with_their_sources(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    builder.said(number, "contractor", "Бірінші", "2024-05")
    builder.said(number, "contractor", "Екінші", "2025", source="city")
    builder.said(number, "contractor", "Үшінші", "")
    facts = shown(session, number).facts["contractor"]
    assert [(fact.value, str(fact.stated_on or "")) for fact in facts] == [
        ("Екінші", "2025"),
        ("Бірінші", "2024-05"),
        ("Үшінші", ""),
    ]
    assert (facts[0].source.title, facts[0].source.url) == ("city", "https://city.example")


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("2025-10-22", "2025-10-22", True),
        ("2025-10", "2025-10-22", True),
        ("2025", "2025-10-22", True),
        ("", "", True),
        ("2025-10-21", "2025-10-22", False),
        ("2025-09", "2025-10-01", False),
        ("", "2025", False),
    ],
)
def test_sources_disagree_when_neither_day_is_newer(
    builder: Builder, session: Session, one: str, other: str, conflict: bool
) -> None:
    number = builder.project("school-1")
    builder.said(number, "planned_kzt", "100", one, source="city")
    builder.said(number, "planned_kzt", "200", other, source="gazette")
    expected = {"100", "200"} if conflict else set()
    assert set(values(shown(session, number), "planned_kzt")) == expected


def test_the_same_value_or_the_same_source_is_no_conflict(
    builder: Builder, session: Session
) -> None:
    number = builder.project("school-1")
    builder.said(number, "contractor", "А", "2025", source="city")
    builder.said(number, "contractor", "А", "2025", source="gazette")
    builder.said(number, "planned_kzt", "100", "2025", source="city")
    builder.said(number, "planned_kzt", "200", "2025", source="city")
    builder.said(number, "title_ru", "Школа", "2025", source="city")
    builder.said(number, "title_ru", "Новая школа", "2025", source="gazette")
    assert shown(session, number).conflicts == {}


def test_a_source_is_held_to_its_latest_word(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    builder.said(number, "status", "planned", "2025-01-01", source="city")
    builder.said(number, "status", "in_progress", "2025-06-01", source="city")
    builder.said(number, "status", "in_progress", "2025-06", source="gazette")
    builder.said(number, "status", "suspended", "2025-06-01", source="vlast")
    assert values(shown(session, number), "status") == ["suspended", "in_progress", "in_progress"]


def test_a_newer_third_statement_settles_it(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    builder.said(number, "planned_kzt", "100", "2024", source="city")
    builder.said(number, "planned_kzt", "200", "2024", source="gazette")
    builder.said(number, "planned_kzt", "300", "2025-01-01", source="vlast")
    assert shown(session, number).conflicts == {}


def test_a_date_within_another_is_only_more_precise(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    builder.said(number, "completed_on", "2025-11", "2025-11-20", source="city")
    builder.said(number, "completed_on", "2025-11-07", "2025-11-20", source="gazette")
    builder.said(number, "starts_on", "2024-01", "2024", source="city")
    builder.said(number, "starts_on", "2024-02", "2024", source="gazette")
    found = shown(session, number)
    assert values(found, "completed_on") == []
    assert values(found, "starts_on") == ["2024-02", "2024-01"]


def test_capacities_in_different_units_do_not_disagree(builder: Builder, session: Session) -> None:
    number = builder.project("square-1")
    for source, amount, unit in (("a", "4.16", "ha"), ("b", "300", "trees"), ("c", "4.2", "ha")):
        builder.said(number, "capacity", amount, "2025-11-10", source=source)
        builder.said(number, "capacity_unit", unit, "2025-11-10", source=source)
    assert values(shown(session, number), "capacity") == ["4.2", "4.16"]


def test_a_promise_counts_from_the_day_it_was_given(builder: Builder, session: Session) -> None:
    number = builder.project(
        "school-1", first_due_on="2024", status="completed", completed_on="2025-11"
    )
    builder.said(number, "due_on", "2025-10-25", "2025-10-22")
    builder.said(number, "due_on", "2024", "2025-11-10", source="vlast", promised_on="2023-02")
    found = shown(session, number)
    (slip,) = found.slips
    assert (str(slip.from_due), str(slip.to_due), slip.days) == ("2024", "2025-10-25", 298)
    assert str(slip.stated_on) == "2025-10-22"
    assert str(found.first_promise) == "2024"
    assert found.late_days == (date(2025, 11, 30) - date(2024, 12, 31)).days
    assert [fact.value for fact in found.facts["due_on"]] == ["2025-10-25", "2024"]
    assert found.conflicts == {}


def test_slips_go_from_one_due_date_to_the_next(builder: Builder, session: Session) -> None:
    number = builder.project("school-1")
    builder.said(number, "due_on", "2025", "")
    builder.said(number, "due_on", "2025-12", "2024-06-01")  # the same last day: more precise
    builder.said(number, "due_on", "2026-03-01", "2025-01-10")
    builder.said(number, "due_on", "2026-06-30", "2025-01-10", source="city")  # the same day
    builder.said(number, "due_on", "2026-05-31", "2025-09-01")
    slips = [
        (str(each.from_due), str(each.to_due), each.days) for each in shown(session, number).slips
    ]
    assert slips == [("2025-12", "2026-06-30", 181), ("2026-06-30", "2026-05-31", -30)]


def test_one_page_that_tells_several_dates_tells_their_moves(
    builder: Builder, session: Session
) -> None:
    number = builder.project("lake")
    for due in ("2024-05", "2025-05", "2025-06"):
        builder.said(number, "due_on", due, "2025-08-11")
    found = shown(session, number)
    moves = [(str(slip.from_due), str(slip.to_due), slip.days) for slip in found.slips]
    assert moves == [("2024-05", "2025-05", 365), ("2025-05", "2025-06", 30)]
    assert "due_on" not in found.conflicts


@pytest.mark.parametrize(
    ("status", "completed_on", "late"),
    [
        ("in_progress", "", (TODAY - date(2025, 12, 31)).days),
        ("", "", (TODAY - date(2025, 12, 31)).days),
        ("completed", "2026-01-10", 10),
        ("completed", "2025-12-01", -30),
        ("completed", "", None),
        ("suspended", "", None),
        ("cancelled", "", None),
    ],
)
def test_lateness_against_the_first_promise(
    builder: Builder, session: Session, status: str, completed_on: str, late: int | None
) -> None:
    number = builder.project(
        "school-1", status=status, completed_on=completed_on, first_due_on="2025"
    )
    assert shown(session, number).late_days == late


def test_nobody_is_late_on_the_last_day(builder: Builder, session: Session) -> None:
    number = builder.project("school-1", status="planned", first_due_on="2026-02")
    assert shown(session, number, date(2026, 2, 28)).late_days is None
    assert shown(session, number, date(2026, 3, 1)).late_days == 1
