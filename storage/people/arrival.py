"""Who writes, and to which edition of the list: the first thing read for every update."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, bindparam, literal, select, true
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from storage.database.prepared import Prepared
from storage.people.last_question import StoredQuestion, last_of, stored_question
from storage.people.people import PERSON_COLUMNS, PersonFacts, person_of
from storage.projects.edition import Edition, latest_import
from storage.tables.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known before anything is answered.

    `person` is what is kept of the user, None if nothing; `follows`: the chat has subscriptions;
    `edition` None: nothing was imported yet; `asked`: the chat's last question, however old.
    """

    person: PersonFacts | None
    follows: bool
    edition: Edition | None
    asked: StoredQuestion | None


def arrival(session: Session, user_id: int | None, chat_id: int | None) -> Arrival:
    """Read all of it in one statement; None for an update of no user or no chat."""
    asked = {"user": user_id, "chat": chat_id}
    (row,) = _statement().rows(session, asked)
    follows, edition, question, columns = row[0], row[_EDITION], row[_QUESTION], row[_PERSON]
    return Arrival(
        person_of(columns) if columns[0] is not None else None,
        follows is not None,
        Edition(*edition) if edition[0] is not None else None,
        stored_question(question) if question[0] is not None else None,
    )


_EDITION, _QUESTION, _PERSON = slice(1, 4), slice(4, 8), slice(8, None)


@cache
def _statement() -> Prepared:
    one, edition = select(literal(1).label("one")).subquery("one"), latest_import()
    mine = select(col(Subscription.id)).where(col(Subscription.chat_id) == _number("chat"))
    people = SQLModel.metadata.tables["person"]
    question = last_of(_number("chat")).subquery("question")
    found = one.outerjoin(edition, true()).outerjoin(question, true())
    columns = (*edition.c, *question.c, *(people.c[name] for name in PERSON_COLUMNS))
    chosen = select(mine.limit(1).scalar_subquery(), *columns)
    found = found.outerjoin(people, people.c.chat_id == _number("user"))
    return Prepared(chosen.select_from(found))


def _number(name: str) -> Any:
    return bindparam(name, type_=BigInteger)
