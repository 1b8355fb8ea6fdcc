"""`qala`: the command line. Each command reads its settings and calls one function."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from typer.core import TyperGroup

from bot.logs import configure_logging, redactor
from bot.settings import (
    PaceSettings,
    Settings,
    SettingsError,
    StoreSettings,
    browser_at_hand,
    load_pace_settings,
    load_settings,
    load_store_settings,
)
from bot.typed import typed

WRONG = 1
INTERRUPTED = 130  # 128 + SIGINT, as shells count
# What the file system refuses and a person can mend: rights, a full disk, a wrong path.
MENDABLE = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.ENAMETOOLONG,
}

NEVER_CUT = 10_000  # characters: more than a sentence has

log = structlog.stdlib.get_logger(__name__)


class WholeSentences(TyperGroup):
    """Its list of commands has the first sentence of each, whole, on as many lines as needed."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list; the library would cut what is longer than a line."""
        rows = [
            (name, command.get_short_help_str(NEVER_CUT))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None and not command.hidden
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


app = typer.Typer(
    name="qala",
    cls=WholeSentences,
    help="Qala tells residents of Almaty what is being built near them, in Telegram.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain text: readable without colours, and in a log
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _partial_date(text: str) -> str:
    """The text as it is; wrong usage where it is no YYYY, YYYY-MM or YYYY-MM-DD."""
    from storage.values.partial_dates import parse_partial

    try:
        return str(parse_partial(text)) if text.strip() else ""
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _language(text: str) -> str:
    """The text as it is; wrong usage where it is no language of the bot's."""
    from storage.words.languages import LANGUAGES

    if text and text not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}")
    return text


@app.command("try")
def try_command(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the chat page.")] = 8484,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin with an empty file.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Where its file lies, if not here; made if need be."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Talk to the bot in a browser: no token, Almaty's real projects, a file of its own."""
    from bot.commands.try_ import try_out

    configure_logging()
    with _plainly():
        try_out(port=port, fresh=fresh, browser=not no_browser and browser_at_hand(), folder=folder)


@app.command()
def run() -> None:
    """Serve Telegram: long polling, or a webhook where WEBHOOK_URL is set."""
    with _plainly():
        settings = load_settings()
        configure_logging(settings.log_level, settings.log_format, secrets=settings.secrets)
        from bot.commands.run import run as run_bot

        run_bot(settings)


@app.command("import")
def import_command(
    path: Annotated[
        Path,
        typer.Argument(
            exists=True, readable=True, metavar="FOLDER_OR_CSV", help="A data set, or its projects."
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would change; change nothing.")
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave bad rows out instead of refusing all.")
    ] = False,
    source_title: Annotated[str, typer.Option(help="Who said so, for rows that do not say.")] = "",
    source_url: Annotated[str, typer.Option(help="Where, for rows that do not say.")] = "",
    stated_on: Annotated[
        str,
        typer.Option(
            help="When, for rows that do not say: YYYY, YYYY-MM or YYYY-MM-DD.",
            callback=_partial_date,
        ),
    ] = "",
) -> None:
    """Take a data set in; twice changes nothing. Exit: 0 in, 1 refused, 2 usage, 3 partly in."""
    from bot.app import utc_now
    from bot.commands.import_ import import_data_set
    from storage.database.store import Store
    from storage.imports import ImportOptions

    options = ImportOptions(dry_run, skip_bad, source_title, source_url, stated_on)
    with _plainly(), Store(_store_settings().store_url) as store:
        raise typer.Exit(import_data_set(store, path, options, utc_now))


@app.command()
def migrate() -> None:
    """Bring the schema of the store up to date, and nothing else."""
    from storage.database.schema import current_revision, upgrade
    from storage.database.store import Store

    with _plainly(), Store(_store_settings().store_url) as store:
        changed = upgrade(store)
        revision = current_revision(store)
        typer.echo(
            f"The schema is now at revision {revision}."
            if changed
            else f"The schema was up to date: revision {revision}."
        )


@app.command()
def questions(
    days: Annotated[int, typer.Option(min=1, max=90, help="Of the last so many days.")] = 90,
    limit: Annotated[int, typer.Option(min=1, help="At most so many lines.")] = 50,
) -> None:
    """Show what people asked most often that was not understood."""
    from bot.app import utc_now
    from bot.commands.missed_questions import print_missed
    from storage.database.schema import upgrade
    from storage.database.store import Store

    with _plainly(), Store(_store_settings().store_url) as store:
        upgrade(store)
        print_missed(store, typer.echo, utc_now(), days=days, limit=limit)


@app.command()
def digest(
    preview: Annotated[
        str,
        typer.Option(
            metavar="CHAT_OR_FILTER",
            help="Print what a chat (its number) would be told, or what a filter brought: "
            "'districts=medeu|bostandyk kinds=school near=43.24,76.95 radius=2000'.",
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="How many chats, messages and minutes; send nothing.")
    ] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Send everybody's next digest now, before its time.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="What is planned, sent, failed, unknown and left.")
    ] = False,
    language: Annotated[
        str, typer.Option(help="kk, ru or en, for --preview.", callback=_language)
    ] = "",
) -> None:
    """See or send the digests, beside a running bot. Give one of the four options."""
    if sum(map(bool, (preview, dry_run, now, status))) != 1:
        raise typer.BadParameter("give one of --preview, --dry-run, --now and --status")
    from bot.app import utc_now
    from bot.commands import digest as digest_command
    from bot.commands import digest_preview
    from storage.database.schema import upgrade
    from storage.database.store import Store

    with _plainly():
        pace = _pace_settings()
        with Store(pace.store_url) as store:
            upgrade(store)
            if preview:
                digest_preview.print_preview(store, preview, language, typer.echo, utc_now())
            elif dry_run:
                digest_command.print_forecast(store, pace, typer.echo, utc_now())
            elif status:
                digest_command.print_status(store, pace, typer.echo, utc_now())
            else:
                digest_command.deliver_now(store, _sending_settings, typer.echo, utc_now)


@app.command()
def health() -> None:
    """Ask the bot that runs here whether it is well; exit 1 if it is not or does not answer."""
    from bot.commands.health import ask_health

    with _plainly():
        typer.echo(ask_health(load_settings()))


@app.command()
def check() -> None:
    """Say what is right and wrong with settings, database, data, token and webhook."""
    from bot.commands.check import check_all

    configure_logging("ERROR")
    raise typer.Exit(0 if check_all(typer.echo) else WRONG)


def _pace_settings() -> PaceSettings:
    settings = load_pace_settings()
    configure_logging(settings.log_level, settings.log_format, secrets=settings.secrets)
    return settings


def _sending_settings() -> Settings:
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format, secrets=settings.secrets)
    return settings


def _store_settings() -> StoreSettings:
    settings = load_store_settings()
    configure_logging(settings.log_level, settings.log_format, secrets=settings.secrets)
    return settings


@contextmanager
def _plainly() -> Iterator[None]:
    """Errors that a person can mend are sentences on standard error and exit code 1."""
    from alembic.util import CommandError
    from filelock import Timeout
    from sqlalchemy.exc import DBAPIError
    from telegram.error import BadRequest

    from bot.running import RefusedError

    try:
        yield
    except SettingsError as error:
        _fail(*error.sentences)
    except RefusedError as error:
        _fail(str(error))
    except DBAPIError as error:
        reason = redactor()(" ".join(str(error.orig).split()))
        _fail(f"The database of DATABASE_URL cannot be used: {reason}")
    except BadRequest as error:
        _fail(f"Telegram refuses what the bot asks of it: {error}")
    except CommandError as error:
        _fail(f"The database is newer than this program ({error}): update the program")
    except Timeout:
        _fail("Another process holds the store (a migration or an import): try again later")
    except OSError as error:
        if error.errno not in MENDABLE or error.filename is None:
            raise
        _fail(f"{error.filename} cannot be written: {error.strerror}")
    except KeyboardInterrupt:
        typer.echo("Interrupted.", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _fail(*sentences: str) -> None:
    for sentence in sentences:
        typer.echo(f"Error: {sentence}", err=True)
    raise typer.Exit(WRONG)


def main() -> None:
    """The entry point: an error of ours is logged with its traceback, without secrets."""
    configure_logging()
    try:
        app(prog_name=typed("").strip())  # what the usage lets people type
    except Exception:
        log.exception("crashed")
        sys.exit(WRONG)
