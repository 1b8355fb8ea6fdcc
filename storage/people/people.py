"""The people who talk to the bot: only what is needed to answer them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.geo.points import MAX_RADIUS_M, MIN_RADIUS_M, Point
from storage.people import last_question
from storage.projects.summary import point_of
from storage.subscriptions import subscribers
from storage.tables.facts import Person
from storage.words.languages import Language


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is kept of a chat. None: not chosen. `home` is rounded to about 100 m; times are UTC.

    `keep_missed`: what was not understood may be kept, without the person.
    """

    chat_id: int
    language: Language | None
    home: Point | None
    radius_m: int | None
    created_at: datetime
    last_seen_at: datetime
    blocked_at: datetime | None
    keep_missed: bool = True


SEEN_EVERY = timedelta(hours=1)
"""How exactly it is known when a person was last seen: what is not needed is not written."""

PERSON_COLUMNS = (
    *("chat_id", "language", "home_lat_e6", "home_lon_e6", "radius_m"),
    *("created_at", "last_seen_at", "blocked_at", "keep_missed"),
)
"""What `person_of` reads, in its order."""


def person(session: Session, chat_id: int) -> PersonFacts | None:
    """What is kept of the chat, None if nothing."""
    columns: list[Any] = [getattr(Person, name) for name in PERSON_COLUMNS]
    row = session.execute(select(*columns).where(col(Person.chat_id) == chat_id)).one_or_none()
    return person_of(row) if row else None


def person_of(row: Sequence[Any]) -> PersonFacts:
    """The person of a row of `PERSON_COLUMNS`."""
    number, language, lat_e6, lon_e6, *rest = row
    return PersonFacts(number, language, point_of(lat_e6, lon_e6), *rest)


def is_to_be_noted(known: PersonFacts | None, now: datetime) -> bool:
    """Whether `seen` would change something of what is kept of a chat."""
    return known is None or known.blocked_at is not None or now - known.last_seen_at >= SEEN_EVERY


def seen(session: Session, chat_id: int, now: datetime) -> PersonFacts:
    """The chat wrote at `now` (UTC): kept if new, no longer blocked, noted at most once an hour."""
    known = person(session, chat_id)
    if known is not None and not is_to_be_noted(known, now):
        return known
    _keep(session, chat_id, now, last_seen_at=now, blocked_at=None)
    kept = person(session, chat_id)
    if kept is None:
        raise LookupError(f"chat {chat_id} was deleted while it was written down")
    return kept


def seen_all(session: Session, visits: Mapping[int, datetime]) -> None:
    """As `seen`, of many chats at once, each with its moment (UTC)."""
    rows = [{"chat_id": chat, "created_at": at, "last_seen_at": at} for chat, at in visits.items()]
    session.connection().execute(_seen(session.connection().dialect.name), rows)


@cache
def _seen(dialect: str) -> Any:
    """A chat that is not known is from now on; one that is was seen, and is no longer blocked."""
    insert = sqlite.insert(Person) if dialect == "sqlite" else postgresql.insert(Person)
    row: dict[str, Any] = {
        name: bindparam(name) for name in ("chat_id", "created_at", "last_seen_at")
    }
    anew = {"last_seen_at": insert.excluded.last_seen_at, "blocked_at": None}
    return insert.values(row).on_conflict_do_update(index_elements=["chat_id"], set_=anew)


def set_language(session: Session, chat_id: int, language: Language | None, now: datetime) -> None:
    """Keep the chosen language; None: let Telegram's decide again."""
    _keep(session, chat_id, now, language=language)


def save_home(session: Session, chat_id: int, home: Point, now: datetime) -> Point:
    """Keep the home point, rounded to about 100 m; what was kept comes back."""
    kept = home.rounded()
    _keep(session, chat_id, now, home_lat_e6=kept.lat_e6, home_lon_e6=kept.lon_e6)
    return kept


def forget_home(session: Session, chat_id: int) -> bool:
    """Forget the home point; whether there was one."""
    nothing = {"home_lat_e6": None, "home_lon_e6": None}
    return _change(session, nothing, _is(chat_id), col(Person.home_lat_e6).is_not(None)) > 0


def set_radius(session: Session, chat_id: int, radius_m: int, now: datetime) -> None:
    """Keep the search radius in metres; ValueError outside 200 m to 10 km."""
    if not MIN_RADIUS_M <= radius_m <= MAX_RADIUS_M:
        raise ValueError(
            f"a radius of {radius_m} m is not between {MIN_RADIUS_M} and {MAX_RADIUS_M}"
        )
    _keep(session, chat_id, now, radius_m=radius_m)


def set_keep_missed(session: Session, chat_id: int, keep: bool, now: datetime) -> None:
    """Keep whether texts that were not understood may be kept, without the person."""
    _keep(session, chat_id, now, keep_missed=keep)


def mark_blocked(session: Session, chat_id: int, now: datetime) -> bool:
    """Note that the person blocked the bot; False if nothing is kept of the chat."""
    return _change(session, {"blocked_at": now}, _is(chat_id)) > 0


def export_person(session: Session, chat_id: int) -> dict[str, Any]:
    """Everything stored about the chat as plain JSON values; empty if nothing is."""
    known, questions = person(session, chat_id), last_question.asked_by(session, chat_id)
    digests = subscribers.export_subscriptions(session, chat_id)
    if known is None and not questions and not digests:
        return {}
    return {
        **({"chat_id": chat_id} if known is None else _exported(known)),
        **({"digests": digests} if digests else {}),
        "questions": [
            {
                "asked_at": each.asked_at.isoformat(),
                "question": each.question,
                "shown": list(each.shown),
            }
            for each in questions
        ],
    }


def _exported(known: PersonFacts) -> dict[str, Any]:
    home = known.home
    return {
        "chat_id": known.chat_id,
        "language": known.language,
        "home": {"latitude": home.latitude, "longitude": home.longitude} if home else None,
        "radius_m": known.radius_m,
        "created_at": known.created_at.isoformat(),
        "last_seen_at": known.last_seen_at.isoformat(),
        "blocked_at": known.blocked_at.isoformat() if known.blocked_at else None,
        "keep_missed": known.keep_missed,
    }


def delete_person(session: Session, chat_id: int) -> bool:
    """Delete everything stored about the chat; whether there was anything."""
    others = last_question.forget_chat(session, chat_id)
    others += subscribers.end_everything(session, chat_id)
    return _count(session.execute(delete(Person).where(_is(chat_id)))) + others > 0


def delete_unseen_since(session: Session, before: datetime) -> int:
    """Delete the people not seen since `before` (UTC); how many."""
    return _count(session.execute(delete(Person).where(col(Person.last_seen_at) < before)))


def _is(chat_id: int) -> ColumnElement[bool]:
    return col(Person.chat_id) == chat_id


def _keep(session: Session, chat_id: int, now: datetime, **values: Any) -> None:
    """Change what is kept of the chat; a chat that is not known is from now on."""
    if not _change(session, values, _is(chat_id)):
        dialect = session.connection().dialect.name
        insert = sqlite.insert(Person) if dialect == "sqlite" else postgresql.insert(Person)
        row = {"chat_id": chat_id, "created_at": now, "last_seen_at": now} | values
        # Another process may have just added the chat: then its row takes the values.
        session.execute(
            insert.values(row).on_conflict_do_update(index_elements=["chat_id"], set_=values)
        )


def _change(session: Session, values: dict[str, Any], *where: ColumnElement[bool]) -> int:
    return _count(session.execute(update(Person).where(*where).values(values)))


def _count(result: Any) -> int:
    return cast("CursorResult[Any]", result).rowcount
