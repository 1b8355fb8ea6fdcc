"""About the data: counts, dates, licences, whatever the descriptor holds."""

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from storage.projects.about import about, is_empty
from storage.tables.facts import Import
from tests.storage.builder import CENTRE, NOW, Builder


def add_import(session: Session, state: str, title: str = "", package: object = "") -> None:
    text = package if isinstance(package, str) else json.dumps(package)
    end = NOW + timedelta(days=1)
    session.add(Import(state=state, title=title, package=text, started_at=NOW, finished_at=end))
    session.flush()


def test_an_empty_store_says_so(session: Session) -> None:
    assert is_empty(session)
    found = about(session)
    assert (found.projects, found.statements, found.sources, found.places) == (0, 0, 0, 0)
    assert (found.last_import, found.data_until, found.package) == (None, None, None)
    assert found.top_sources == ()


def test_counts_and_dates(builder: Builder, session: Session) -> None:
    one = builder.project("a", heard_on="2025-11-10")
    builder.project("b", heard_on="2024")
    builder.project("mistake", status="withdrawn", heard_on="2026-01-01")
    builder.place("Қалқаман", CENTRE)
    builder.programme("roadmap")
    builder.source("never quoted")
    for value in ("1", "2", "3"):
        builder.said(one, "planned_kzt", value, source="vlast")
    builder.said(one, "status", "planned", source="city")
    found = about(session)
    assert not is_empty(session)
    assert (found.projects, found.statements, found.sources) == (2, 4, 2)
    assert (found.places, found.programmes) == (1, 1)
    assert str(found.data_until) == "2025-11-10"
    assert [(each.title, count) for each, count in found.top_sources] == [("vlast", 3), ("city", 1)]


def test_the_last_applied_import_and_the_last_description(
    builder: Builder, session: Session
) -> None:
    package = {
        "title": "Алматы",
        "description": "Facts",
        "titles": {"kk": "Алматы құрылысы", "ru": 5},
        "licenses": [{"name": "ODbL-1.0", "path": "https://odbl.example"}, "not an object"],
        "contributors": [{"title": "Qala"}],
        "sources": [{"title": "24.kz", "path": "https://24.kz"}],
    }
    add_import(session, "applied", "First", package)
    add_import(session, "applied", "Second")
    add_import(session, "staging", "Third", {"title": "not yet"})
    found = about(session)
    assert found.last_import is not None
    assert found.last_import.title == "Second"
    assert found.last_import.finished_at == NOW + timedelta(days=1)
    assert found.package is not None
    assert (found.package.title, found.package.description) == ("Алматы", "Facts")
    assert (found.package.titles.kk, found.package.titles.ru) == ("Алматы құрылысы", "")
    assert [(each.title, each.url) for each in found.package.licences] == [
        ("ODbL-1.0", "https://odbl.example")
    ]
    assert found.package.contributors == ("Qala",)
    assert found.package.sources[0].url == "https://24.kz"


@pytest.mark.parametrize("package", ["{", "[]", "3", '{"licenses": "ODbL", "title": null}'])
def test_a_descriptor_may_hold_anything(builder: Builder, session: Session, package: str) -> None:
    add_import(session, "applied", package=package)
    found = about(session).package
    assert found is None or (found.title, found.licences) == ("", ())
