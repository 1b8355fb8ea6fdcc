"""Questions: what a chat asked last, what nobody understood, and whether that may be kept"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "asked_question",
        sa.Column("id", key, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_question")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_asked_question_chat_id_id"), "asked_question", ["chat_id", "id"])
    op.create_index(op.f("ix_asked_question_asked_at"), "asked_question", ["asked_at"])
    op.create_table(
        "missed_question",
        sa.Column("id", key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_question")),
    )
    op.create_index(op.f("ix_missed_question_asked_at"), "missed_question", ["asked_at"])
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(
            sa.Column("keep_missed", sa.Boolean(), server_default=sa.true(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("keep_missed")
    op.drop_table("missed_question")
    op.drop_table("asked_question")
