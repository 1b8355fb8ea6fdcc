"""Databases on the PostgreSQL server of the tests: fresh ones, and one that many tests use in turn.

Making and dropping a database took 70 ms, and 450 ms while others used the disk; deleting the rows
that a test left takes 15.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, Row, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.database.store import database_url

# The address of a server on which the tests may create databases.
SERVER = os.environ.get("QALA_TEST_POSTGRES", "")
DROPS = 20
EMPTY = "template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"

# Every column of every table and index by the table's own number, and the migration it stands at:
# a table made anew is another one, emptied it is the same.
SHAPE = text("""
SELECT md5(string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), '|'
                      ORDER BY attrelid, attnum)),
       (SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace),
       (SELECT string_agg(version_num, ' ') FROM public.alembic_version)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace
""")
# A test that left a connection open may hold a table, or an advisory lock.
ALONE = text("""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
""")
# Rows are deleted, in one statement so that no key misses what it names; truncating makes new files
# and takes three times as long, but keeps the dead rows of many tests from growing without end.
EMPTIED = text("""
DO $$
DECLARE
    one regclass;
    used boolean;
    large boolean := false;
    filled text[] := '{}';
BEGIN
    FOR one IN SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO used;
        IF used THEN filled := filled || one::text; END IF;
        large := large OR pg_relation_size(one) > 262144;
    END LOOP;
    IF filled <> '{}' AND large THEN
        EXECUTE format('TRUNCATE %s CASCADE', array_to_string(filled, ', '));
    ELSIF filled <> '{}' THEN
        EXECUTE (
            SELECT format('WITH %s SELECT',
                          string_agg(format('t%s AS (DELETE FROM %s)', number, name), ', '))
            FROM unnest(filled) WITH ORDINALITY AS filled_one (name, number)
        );
    END IF;
    FOR one IN SELECT format('%I.%I', schemaname, sequencename)::regclass FROM pg_sequences
        WHERE last_value IS NOT NULL
    LOOP
        EXECUTE format('ALTER SEQUENCE %s RESTART', one);
    END LOOP;
END $$
""")


def address(name: str) -> str:
    """The address of a database of the server."""
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@contextmanager
def database(template: str = EMPTY) -> Iterator[str]:
    """A database of one's own, made from a template; its name. Skips the test without a server."""
    if not SERVER:
        pytest.skip("QALA_TEST_POSTGRES is not set: the address of a PostgreSQL server to test on")
    name = f"qala_test_{uuid4().hex[:12]}"
    server = _engine(SERVER)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield name
    finally:
        _drop(server, name)


def _drop(server: Engine, name: str) -> None:
    """Drop a database, a little later where the server itself holds it (autovacuum)."""
    for _ in range(DROPS):
        try:
            with server.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        except DBAPIError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"The database {name} could not be dropped.")


class Reused:
    """A copy of a template that one test after the other uses, emptied before each.

    A test that leaves other tables behind than the template has is followed by a new copy.
    """

    def __init__(self, template: str) -> None:
        self._template = template
        self._copy = ExitStack()
        self._url = ""
        self._connection: Connection | None = None
        self._shape: Row[Any] | None = None

    def fresh(self) -> str:
        """The address of the database: no rows, numbers from 1, nobody else connected."""
        if self._connection is None or not self._emptied(self._connection):
            self.drop()
            self._url = address(self._copy.enter_context(database(self._template)))
            engine = _engine(self._url)
            self._connection = self._copy.enter_context(engine.connect())
            self._shape = self._connection.execute(SHAPE).one()
        return self._url

    def _emptied(self, connection: Connection) -> bool:
        try:
            while connection.execute(ALONE).all():
                time.sleep(0.001)
            if connection.execute(SHAPE).one() != self._shape:
                return False
            connection.execute(EMPTIED)
        except DBAPIError:  # the database, the connection or the table of migrations is gone
            return False
        return True

    def drop(self) -> None:
        """Drop the database, if there is one."""
        self._copy.close()
        self._connection = None


def _engine(url: str) -> Engine:
    """An engine that keeps no connection and opens no transaction."""
    return create_engine(database_url(url), isolation_level="AUTOCOMMIT", poolclass=NullPool)
