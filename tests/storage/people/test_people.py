"""People: kept when they write, forgotten when they ask."""

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from storage.database.store import Store
from storage.geo.points import Point, distance_m
from storage.people import people
from storage.tables.facts import Person
from tests.storage.builder import CENTRE, NOW

CHAT = 7_000_000_000  # beyond 32 bits, as newer chats are
HOUR = timedelta(hours=1)


def test_a_new_chat_is_kept_with_nothing_chosen(session: Session) -> None:
    assert people.person(session, CHAT) is None
    found = people.seen(session, CHAT, NOW)
    assert found == people.person(session, CHAT)
    assert (found.language, found.home, found.radius_m) == (None, None, None)
    assert (found.created_at, found.last_seen_at, found.blocked_at) == (NOW, NOW, None)


def test_seen_is_noted_once_an_hour(session: Session) -> None:
    people.seen(session, CHAT, NOW)
    soon = people.seen(session, CHAT, NOW + HOUR - timedelta(seconds=1))
    assert soon.last_seen_at == NOW
    assert people.person(session, CHAT) == soon
    assert not people.is_to_be_noted(soon, NOW + HOUR - timedelta(seconds=1))
    assert people.is_to_be_noted(soon, NOW + HOUR)
    later = people.seen(session, CHAT, NOW + HOUR)
    assert (later.created_at, later.last_seen_at) == (NOW, NOW + HOUR)


def test_who_writes_again_is_no_longer_blocked(session: Session) -> None:
    assert people.mark_blocked(session, CHAT, NOW) is False
    people.seen(session, CHAT, NOW)
    assert people.mark_blocked(session, CHAT, NOW + HOUR) is True
    blocked = people.person(session, CHAT)
    assert blocked is not None
    assert blocked.blocked_at == NOW + HOUR
    assert people.is_to_be_noted(blocked, NOW + timedelta(minutes=1))
    assert people.seen(session, CHAT, NOW + timedelta(minutes=1)).blocked_at is None


def test_choices_are_kept_also_for_a_chat_not_yet_known(session: Session) -> None:
    people.set_language(session, CHAT, "kk", NOW)
    people.set_radius(session, CHAT, 2_000, NOW)
    people.set_language(session, CHAT, "ru", NOW + HOUR)
    found = people.person(session, CHAT)
    assert found is not None
    assert (found.language, found.radius_m, found.created_at) == ("ru", 2_000, NOW)
    people.set_language(session, CHAT, None, NOW)
    again = people.person(session, CHAT)
    assert again is not None
    assert again.language is None


def test_home_is_kept_only_roughly_and_can_be_forgotten(session: Session) -> None:
    assert people.forget_home(session, CHAT) is False
    exact = Point(CENTRE.lat_e6 + 437, CENTRE.lon_e6 - 451)
    kept = people.save_home(session, CHAT, exact, NOW)
    assert (kept.lat_e6 % 1_000, kept.lon_e6 % 1_000) == (0, 0)
    assert 0 < distance_m(kept, exact) < 80
    found = people.person(session, CHAT)
    assert found is not None
    assert found.home == kept
    assert people.forget_home(session, CHAT) is True
    assert people.forget_home(session, CHAT) is False
    forgotten = people.person(session, CHAT)
    assert forgotten is not None
    assert forgotten.home is None


@pytest.mark.parametrize("radius_m", [199, 10_001, -1])
def test_a_radius_out_of_bounds_is_refused(session: Session, radius_m: int) -> None:
    with pytest.raises(ValueError, match="between 200 and 10000"):
        people.set_radius(session, CHAT, radius_m, NOW)
    assert people.person(session, CHAT) is None


def test_export_holds_everything_that_is_stored(session: Session) -> None:
    assert people.export_person(session, CHAT) == {}
    people.save_home(session, CHAT, CENTRE, NOW)
    people.set_language(session, CHAT, "kk", NOW)
    exported = people.export_person(session, CHAT)
    assert json.loads(json.dumps(exported)) == exported
    assert exported["home"] == {"latitude": 43.239, "longitude": 76.946}
    assert exported["created_at"] == "2026-02-20T06:00:00+00:00"
    columns = set(Person.model_fields) - {"home_lat_e6", "home_lon_e6"} | {"home"}
    assert set(exported) >= columns
    people.forget_home(session, CHAT)
    people.mark_blocked(session, CHAT, NOW)
    without_home = people.export_person(session, CHAT)
    assert (without_home["home"], without_home["blocked_at"]) == (None, exported["created_at"])


def test_deleting_really_deletes(session: Session) -> None:
    people.seen(session, CHAT, NOW)
    people.seen(session, CHAT + 1, NOW)
    assert people.delete_person(session, CHAT) is True
    assert people.delete_person(session, CHAT) is False
    assert people.person(session, CHAT) is None
    assert people.person(session, CHAT + 1) is not None


def test_people_not_seen_for_long_are_deleted(session: Session) -> None:
    for number in range(3):
        people.seen(session, CHAT + number, NOW + number * HOUR)
    assert people.delete_unseen_since(session, NOW + HOUR) == 1
    assert people.person(session, CHAT) is None
    assert people.person(session, CHAT + 1) is not None


async def test_through_the_store(store: Store) -> None:
    await store.write(people.seen, CHAT, NOW)
    found = await store.read(people.person, CHAT)
    assert found is not None
    assert found.chat_id == CHAT
    await store.aclose()
