"""Addresses in three languages, whose money it is, and since when the present status is told"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXTS = ("address_kk", "address_ru", "address_en", "funding")
# The status stated last, as the import derives it: a partial day by its first day, undated before
# all dated, of equals the one stored later. One taken back or undated leaves no day.
_DAY = "CASE WHEN stated_on = '' THEN '' ELSE substr(stated_on || '-01-01', 1, 10) END"
_NEWEST = f"""
    SELECT project_id, value, {_DAY} AS told_on, row_number() OVER (
        PARTITION BY project_id ORDER BY {_DAY} COLLATE {{bytewise}} DESC, id DESC
    ) AS place
    FROM statement WHERE field = 'status'
"""  # noqa: S608 - nothing but constants


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column("project", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.add_column("project", sa.Column("status_on", sa.Date(), nullable=True))
    postgres = op.get_bind().dialect.name == "postgresql"
    newest = _NEWEST.format(bytewise='"C"' if postgres else "BINARY")
    day = "CAST(told.told_on AS DATE)" if postgres else "told.told_on"  # SQLite keeps days as text
    op.execute(
        f"""
        UPDATE project SET status_on = {day} FROM ({newest}) AS told
        WHERE told.project_id = project.id AND told.place = 1
            AND told.told_on <> '' AND told.value <> ''
        """  # noqa: S608 - nothing but constants
    )


def downgrade() -> None:
    for name in ("status_on", *reversed(_TEXTS)):
        op.drop_column("project", name)
