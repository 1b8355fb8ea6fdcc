"""The tables of the conversation: what a chat asked last, and what nobody understood."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Column, Index, Integer, Text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UTCDateTime


def _big_key() -> Column[int]:
    return Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)


class AskedQuestion(SQLModel, table=True):
    """A question of a chat as it was understood, for what follows on it; kept for a day."""

    __tablename__: ClassVar[str] = "asked_question"
    __table_args__ = (Index(None, "chat_id", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_column=_big_key())
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    question: str = Field(sa_column=Column(Text, nullable=False))  # JSON object
    shown: str = Field(sa_column=Column(Text, nullable=False))  # JSON list of project numbers
    asked_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False, index=True))


class MissedQuestion(SQLModel, table=True):
    """A text that was not understood, without who wrote it; kept for 90 days."""

    __tablename__: ClassVar[str] = "missed_question"

    id: int | None = Field(default=None, sa_column=_big_key())
    text: str = Field(sa_column=Column(Text, nullable=False))
    language: str
    reason: str
    asked_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False, index=True))
