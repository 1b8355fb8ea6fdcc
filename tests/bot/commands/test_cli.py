"""The command line: what is printed, and the exit codes, on real stores."""

import csv
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import Result

from bot.commands import cli
from storage.database.schema import current_revision, head_revision, upgrade
from storage.database.store import Store, database_url
from storage.imports import SHIPPED
from storage.people import missed_questions
from tests.bot.conftest import Command

HEADER = ["id", "title_ru", "status", "district", "planned_kzt", "latitude", "longitude"]
GOOD = ["school-1", "Школа на 1500 мест", "in_progress", "medeu", "1000000000", "", ""]
BAD = ["school-2", "Школа", "planned", "medeu", "-5", "", ""]


def data_set(folder: Path, *rows: list[str]) -> Path:
    file = folder / "projects.csv"
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([HEADER, *rows])
    return file


def last_line(result: Result) -> str:
    return result.stdout.splitlines()[-1]


def count(url: str, table: str) -> int:
    with Store(url) as store, store.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_the_shipped_data_set_twice(command: Command, store_url: str) -> None:
    first = command("import", SHIPPED)
    assert first.exit_code == 0, first.output
    assert re.fullmatch(
        r"Imported: projects \d+ new, 0 changed, 0 unchanged; statements \d+ added; "
        r"rows 0 refused",
        last_line(first),
    )
    statements = count(store_url, "statement")
    second = command("import", SHIPPED)
    assert second.exit_code == 0
    assert "projects 0 new, 0 changed" in last_line(second)
    assert "statements 0 added" in last_line(second)
    assert count(store_url, "statement") == statements > 0


def test_a_file_alone_goes_into_an_empty_store(command: Command, tmp_path: Path) -> None:
    result = command("import", data_set(tmp_path, GOOD))
    assert result.exit_code == 0, result.output
    assert "projects 1 new" in last_line(result)


def test_a_bad_row_refuses_all(command: Command, store_url: str, tmp_path: Path) -> None:
    result = command("import", data_set(tmp_path, GOOD, BAD))
    assert result.exit_code == 1
    assert "projects.csv, row 3, planned_kzt «-5»:" in result.stderr
    assert last_line(result).startswith("Nothing was changed: projects 0 new")
    assert count(store_url, "project") == count(store_url, "statement") == 0


def test_skip_bad_takes_the_rest(command: Command, store_url: str, tmp_path: Path) -> None:
    result = command("import", "--skip-bad", data_set(tmp_path, GOOD, BAD))
    assert result.exit_code == 3
    assert "row 3, planned_kzt" in result.stderr
    assert last_line(result).endswith("rows 1 refused")
    assert count(store_url, "project") == 1


def test_a_dry_run_prints_and_changes_nothing(
    command: Command, store_url: str, tmp_path: Path
) -> None:
    result = command("import", "--dry-run", data_set(tmp_path, GOOD))
    assert result.exit_code == 0, result.output
    assert "school-1: Школа на 1500 мест" in result.stdout
    assert last_line(result).startswith("Would be imported: projects 1 new")
    assert count(store_url, "project") == 0
    assert command("import", tmp_path).exit_code == 0
    changed = ["school-1", "", "completed", "", "", "", ""]
    result = command("import", "--dry-run", "--stated-on", "2025-10", data_set(tmp_path, changed))
    assert "status: in_progress -> completed" in result.stdout
    assert command("import", "--dry-run", data_set(tmp_path, BAD)).exit_code == 1


def test_defaults_for_rows_without_a_source(
    command: Command, store_url: str, tmp_path: Path
) -> None:
    said = ("--source-title", "Акимат", "--source-url", "https://almaty.kz/1")
    result = command("import", *said, "--stated-on", "2025-10", data_set(tmp_path, GOOD))
    assert result.exit_code == 0, result.output
    with Store(store_url) as store, store.reading() as session:
        rows = session.execute(
            text(
                "SELECT DISTINCT s.stated_on, o.title, o.url FROM statement s "
                "JOIN source o ON o.id = s.source_id"
            )
        ).all()
    assert [tuple(row) for row in rows] == [("2025-10", "Акимат", "https://almaty.kz/1")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "nowhere.csv"),
        ("import", ".", "--stated-on", "2025-13"),
        ("import", ".", "--stated-on", "yesterday"),
        ("import", ".", "--no-such-option"),
        ("try", "--port", "70000"),
        ("nonsense",),
    ],
)
def test_wrong_usage(command: Command, arguments: tuple[str, ...]) -> None:
    result = command(*arguments)
    assert result.exit_code == 2
    assert "Usage: qala" in result.stderr


def test_migrate_says_what_it_did(command: Command, store_url: str) -> None:
    result = command("migrate")
    assert (result.exit_code, result.output) == (
        0,
        f"The schema is now at revision {head_revision()}.\n",
    )
    with Store(store_url) as store:
        assert current_revision(store) == head_revision()
    again = command("migrate")
    assert (again.exit_code, again.output) == (
        0,
        f"The schema was up to date: revision {head_revision()}.\n",
    )
    assert count(store_url, "project") == count(store_url, "district") == 0


def test_a_store_of_a_newer_program(command: Command, store_url: str) -> None:
    with Store(store_url) as store:
        upgrade(store)
        with store.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for arguments in (("migrate",), ("import", SHIPPED)):
        result = command(*arguments)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: The database is newer than this program")


def test_a_database_out_of_reach_is_a_sentence_without_the_password(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://qala:hidden-word@127.0.0.1:1/qala")
    result = command("migrate")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database of DATABASE_URL cannot be used:")
    assert "hidden-word" not in result.output


@pytest.mark.postgres
def test_the_password_of_a_server_may_stand_beside_its_address(
    command: Command, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    given = database_url(postgres_url)
    assert given.password
    monkeypatch.setenv("DATABASE_URL", given.set(password="no@t:th/is%").render_as_string(False))
    monkeypatch.setenv("DATABASE_PASSWORD", given.password)
    assert command("migrate").exit_code == 0
    monkeypatch.setenv("DATABASE_PASSWORD", "neither-this @one")
    refused = command("migrate")
    assert refused.exit_code == 1
    assert "password" in refused.stderr
    assert "neither-this" not in refused.output


def test_wrong_settings_are_sentences(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    result = command("run")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("Error: ") for line in lines)
    assert command("import", SHIPPED).exit_code == 1


def test_check_ends_with_1_where_something_is_wrong(command: Command) -> None:
    command("migrate")
    result = command("check")
    assert result.exit_code == 1
    subjects = [line.split()[:2] for line in result.stdout.splitlines()]
    assert subjects == [
        ["settings", "WRONG"],
        ["database", "ok"],
        ["schema", "ok"],
        ["data", "WRONG"],
    ]


def test_help_is_plain_text(command: Command) -> None:
    result = command("--help")
    assert result.exit_code == 0
    assert {"try", "run", "import", "migrate", "check"} <= set(result.stdout.split())
    assert not re.search("[\x1b│╭]", result.stdout)
    shown = command("import", "-h").stdout
    for option in ("--dry-run", "--skip-bad", "--source-title", "--source-url", "--stated-on"):
        assert option in shown
    assert "FOLDER_OR_CSV" in shown


@pytest.mark.parametrize("width", ["40", "60", "80", "100", "200"])
def test_help_is_in_whole_sentences(
    command: Command, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    said = " ".join(command("--help").stdout.split())
    group = get_command(cli.app)
    assert isinstance(group, TyperGroup)
    names = set(group.commands)
    assert len(names) >= 7
    for name in names:
        whole = " ".join(command(name, "--help").stdout.split())
        told = re.search(rf" {name} ([A-Z][^.]*\.)(?= |$)", said)
        assert told, name
        assert told[1] in whole, name
        assert "..." not in whole.replace("[ARGS]...", "")
    assert "..." not in said.replace("[ARGS]...", "")
    assert "…" not in said


@pytest.mark.usefixtures("logging_as_before")
def test_an_error_of_ours_is_logged_without_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    token = "987654321:AAF-x7Qd_2Jk9LmNpRsTuVwYz0123456789"

    def broken(**_: object) -> None:
        raise RuntimeError(f"https://api.telegram.org/bot{token}/getMe")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert token not in said


def test_questions_shows_what_was_missed_most(command: Command, store_url: str) -> None:
    nothing = command("questions")
    assert (nothing.exit_code, nothing.stdout.count("\n")) == (0, 1)
    assert "was understood" in nothing.stdout
    now = datetime.now(UTC)
    with Store(store_url) as store, store.writing() as session:
        for text, ago in (("қалада бассейн бар ма", 1), ("КАЛАДА бассейн бар ма?", 2), ("ы", 40)):
            missed_questions.note(session, text, "kk", "leftover", now - timedelta(days=ago))
    lines = command("questions").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["times", "2", "1"]
    assert re.fullmatch(
        r"2 +\d{4}-\d\d-\d\d  kk  leftover  (қалада бассейн бар ма|КАЛАДА бассейн бар ма\?)",
        lines[1],
    )
    assert len(command("questions", "--days", 30).stdout.splitlines()) == 2
    assert len(command("questions", "--limit", 1).stdout.splitlines()) == 2
    assert command("questions", "--days", 91).exit_code == 2


@pytest.mark.parametrize(
    "options", [(), ("--status", "--dry-run"), ("--now", "--preview", "1"), ("--language", "xx")]
)
def test_digest_wants_one_of_its_options(command: Command, options: tuple[str, ...]) -> None:
    result = command("digest", *options)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_digest_on_a_store_without_subscriptions(command: Command) -> None:
    status = command("digest", "--status")
    assert status.exit_code == 0, status.output
    assert "nobody (is qala run running?)" in status.stdout
    dry = command("digest", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "0 messages to 0 chats" in dry.stdout
    nobody = command("digest", "--preview", "42")
    assert (nobody.exit_code, nobody.stderr) == (1, "Error: The chat 42 has no subscriptions\n")
    wrong = command("digest", "--preview", "kinds=castle")
    assert wrong.exit_code == 1
    assert wrong.stderr.startswith("Error: kinds has no castle: it is some of ")
    now = command("digest", "--now")
    assert now.exit_code == 1
    assert now.stderr.startswith("Error: TELEGRAM_BOT_TOKEN is not set")
