"""Kept sums know whose money it is and what is for the whole city"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEYS = ("area", "districts", "programmes", "sector_no", "status_no", "year")
_NEW = ("funding", "citywide")
_MONEY = ("planned", "contracted", "spent")
_SUMS = ("projects", *(f"{name}_{part}" for name in _MONEY for part in ("known", "kzt")))
_WITHDRAWN = 8


def upgrade() -> None:
    _make(_NEW)


def downgrade() -> None:
    _make(())


def _make(more: tuple[str, ...]) -> None:
    """Make the table anew with these keys, and its sums from the projects."""
    keys = (*_KEYS, *more)
    op.drop_table("rollup")
    op.create_table(
        "rollup",
        *(sa.Column(name, sa.String(), nullable=False) for name in _KEYS[:3]),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in _KEYS[3:5]),
        sa.Column("year", sa.Integer(), nullable=False),
        *((sa.Column("funding", sa.String(), nullable=False),) if more else ()),
        *((sa.Column("citywide", sa.Boolean(), nullable=False),) if more else ()),
        *(
            sa.Column(
                name, sa.BigInteger() if name.endswith("kzt") else sa.Integer(), nullable=False
            )
            for name in _SUMS
        ),
        sa.PrimaryKeyConstraint(*keys, name=op.f("pk_rollup")),
    )
    sums = [f"count({name}_kzt), coalesce(sum({name}_kzt), 0)" for name in _MONEY]
    values = [{"citywide": "location_precision = 'city'"}.get(key, key) for key in keys]
    op.execute(
        f"""
        INSERT INTO rollup ({", ".join((*keys, *_SUMS))})
        SELECT {", ".join(values)}, count(*), {", ".join(sums)}
        FROM project WHERE status_no <> {_WITHDRAWN} GROUP BY {", ".join(values)}
        """  # noqa: S608 - nothing but constants
    )
