"""The tables of the digests: who wants to hear what, what is to be sent, and what was told.

Times are UTC. Filters and contents are shared: chats that follow the same have one row of each, so
that the work and the text are shared as well. No foreign keys to them: a million deliveries would
be checked one by one, and only `storage` writes them.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlmodel import Field, SQLModel

from storage.tables.columns import UTCDateTime

BigKey = BigInteger().with_variant(Integer(), "sqlite")  # SQLite's rowid alias must be INTEGER
AT_ONCE_ROWS = text("cadence = 'at_once'")


class Subscriber(SQLModel, table=True):
    """A chat with subscriptions: its language, and whether they are paused or rest.

    A chat rests while it cannot be written to (the bot was blocked, or thrown out of the group).
    `notes`: it wants to hear once a month that the bot is still here when nothing was new.
    """

    __tablename__: ClassVar[str] = "subscriber"

    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    language: str
    paused_until: datetime | None = Field(default=None, sa_column=Column(UTCDateTime))
    rests_since: datetime | None = Field(default=None, sa_column=Column(UTCDateTime))
    rests_because: str = ""
    notes: bool = Field(
        default=False, sa_column=Column(Boolean, nullable=False, server_default=false())
    )
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))


class StoredFilter(SQLModel, table=True):
    """What news is wanted: `key` is the canonical JSON of a `NewsFilter` and holds the rest too.

    The point is rounded to about 100 m; `cell` is its grid cell, as projects have theirs.
    """

    __tablename__: ClassVar[str] = "news_filter"

    id: int | None = Field(default=None, sa_column=Column(BigKey, primary_key=True))
    key: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    lat_e6: int | None = None
    lon_e6: int | None = None
    cell: int | None = None
    radius_m: int | None = None


class Subscription(SQLModel, table=True):
    """A chat hears of what passes a filter, at a cadence.

    `hour` and `day` (ISO weekday, or day of the month up to 28) are of the city and the same for
    all subscriptions of a chat with the same cadence. `due_at` is the next moment to plan it, NULL
    while the chat rests. `cursor` is the last change that was planned for it. `told_before`:
    another cadence has told the chat something that lies beyond the cursor.
    """

    __tablename__: ClassVar[str] = "subscription"
    __table_args__ = (
        UniqueConstraint("chat_id", "cadence", "filter_id"),
        Index(None, "cadence", "due_at", "chat_id"),
        Index(None, "cursor", sqlite_where=AT_ONCE_ROWS, postgresql_where=AT_ONCE_ROWS),
        {"sqlite_autoincrement": True},  # buttons and acknowledgements name the numbers
    )

    id: int | None = Field(default=None, sa_column=Column(BigKey, primary_key=True))
    chat_id: int = Field(sa_type=BigInteger, foreign_key="subscriber.chat_id", ondelete="CASCADE")
    cadence: str
    day: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    hour: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    filter_id: int = Field(sa_type=BigInteger)
    cursor: int = Field(sa_type=BigInteger)
    due_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime))
    told_before: bool = False
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))


class Content(SQLModel, table=True):
    """What stands in a digest, shared by all chats that get the same; `id` is its fingerprint."""

    __tablename__: ClassVar[str] = "content"

    id: int = Field(sa_column=Column(BigKey, primary_key=True, autoincrement=False))
    filters: str = Field(sa_column=Column(Text, nullable=False))  # JSON list of filter numbers
    items: str = Field(sa_column=Column(Text, nullable=False))  # JSON [[project, kind, change]]


class Delivery(SQLModel, table=True):
    """One digest for one chat, one for each cadence and period.

    `state`: pending, sending (until `lease_until`), sent, failed (for `reason`), unknown. `upto` is
    the last change that it takes in. The rows are also the memory of what was told to a chat.
    """

    __tablename__: ClassVar[str] = "delivery"
    __table_args__ = (
        UniqueConstraint("chat_id", "cadence", "period"),
        Index(None, "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=Column(BigKey, primary_key=True))
    chat_id: int = Field(sa_type=BigInteger)
    cadence: str
    period: str
    upto: int = Field(sa_type=BigInteger)
    content_id: int = Field(sa_type=BigInteger)
    state: str
    reason: str = ""
    attempts: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    planned_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    lease_until: datetime | None = Field(default=None, sa_column=Column(UTCDateTime))
    finished_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime))


class Lease(SQLModel, table=True):
    """What only one process may do at a time, who does it, and until when (UTC)."""

    __tablename__: ClassVar[str] = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
