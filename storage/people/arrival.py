"""Who writes, and to which edition of the list: the first thing read for every update."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, literal, select, true
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.people.people import PERSON_COLUMNS, PersonFacts, person_of
from storage.projects.edition import Edition, latest_import
from storage.tables.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known before anything is answered.

    `person` is what is kept of the user, None if nothing; `follows`: the chat has subscriptions;
    `edition` None: nothing was imported yet.
    """

    person: PersonFacts | None
    follows: bool
    edition: Edition | None


def arrival(session: Session, user_id: int | None, chat_id: int | None) -> Arrival:
    """Read all of it in one statement; None for an update of no user or no chat."""
    asked = {"user": user_id, "chat": chat_id}
    follows, *rest = session.connection().execute(_statement(), asked).one()
    edition, columns = rest[: len(Edition._fields)], rest[len(Edition._fields) :]
    return Arrival(
        person_of(columns) if columns[0] is not None else None,
        follows is not None,
        Edition(*edition) if edition[0] is not None else None,
    )


@cache
def _statement() -> Select[*tuple[Any, ...]]:
    one, edition = select(literal(1).label("one")).subquery("one"), latest_import()
    mine = select(col(Subscription.id)).where(col(Subscription.chat_id) == _number("chat"))
    people = SQLModel.metadata.tables["person"]
    found = one.outerjoin(edition, true()).outerjoin(people, people.c.chat_id == _number("user"))
    return select(
        mine.limit(1).scalar_subquery(), *edition.c, *(people.c[name] for name in PERSON_COLUMNS)
    ).select_from(found)


def _number(name: str) -> Any:
    return bindparam(name, type_=BigInteger)
