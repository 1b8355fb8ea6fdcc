"""Digests: subscriptions with their filters, deliveries with what stands in them"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _big(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _key(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "subscriber",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        _moment("paused_until"),
        _moment("rests_since"),
        sa.Column("rests_because", sa.String(), nullable=False),
        _moment("created_at", nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_subscriber")),
    )
    op.create_table(
        "news_filter",
        _key(),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lat_e6", sa.Integer(), nullable=True),
        sa.Column("lon_e6", sa.Integer(), nullable=True),
        sa.Column("cell", sa.Integer(), nullable=True),
        sa.Column("radius_m", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_filter")),
        sa.UniqueConstraint("key", name=op.f("uq_news_filter_key")),
    )
    _create_subscription()
    op.create_table(
        "content",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content")),
    )
    _create_delivery()


def _create_subscription() -> None:
    op.create_table(
        "subscription",
        _key(),
        _big("chat_id"),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        _big("filter_id"),
        _big("cursor"),
        _moment("due_at"),
        sa.Column("told_before", sa.Boolean(), nullable=False),
        _moment("created_at", nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["subscriber.chat_id"],
            name=op.f("fk_subscription_chat_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint(
            *("chat_id", "cadence", "filter_id"),
            name=op.f("uq_subscription_chat_id_cadence_filter_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_subscription_cadence_due_at_chat_id"),
        "subscription",
        ["cadence", "due_at", "chat_id"],
    )
    at_once = sa.text("cadence = 'at_once'")
    op.create_index(
        op.f("ix_subscription_cursor"),
        "subscription",
        ["cursor"],
        sqlite_where=at_once,
        postgresql_where=at_once,
    )


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        _key(),
        _big("chat_id"),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        _big("upto"),
        _big("content_id"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        _moment("planned_at", nullable=False),
        _moment("lease_until"),
        _moment("finished_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            *("chat_id", "cadence", "period"), name=op.f("uq_delivery_chat_id_cadence_period")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_delivery_state_id"), "delivery", ["state", "id"])


def downgrade() -> None:
    for table in ("delivery", "content", "subscription", "news_filter", "subscriber"):
        op.drop_table(table)
