"""compose.yaml and the Dockerfile, read as Docker reads them: it cannot be run everywhere."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from dotenv import dotenv_values

from bot.settings import Settings, load_settings
from storage.database.store import database_url
from tests.bot.test_settings import PASSWORDS, TOKEN

ROOT = Path(__file__).parents[1]
OWN = {"DATABASE_URL", "DATABASE_PASSWORD", "WEBHOOK_LISTEN", "HEALTH_LISTEN"}
"""Settings that compose.yaml gives a value of its own: inside, other addresses hold."""

VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?:(:[-?])([^}]*))?\})")


class MissingError(Exception):
    """A variable that must be set is not."""


def filled(text: str, environment: dict[str, str]) -> str:
    """A value of compose.yaml with its variables, by the rules of the Compose specification."""

    def value(match: re.Match[str]) -> str:
        dollar, name, operator, argument = match.groups()
        if dollar:
            return "$"
        found = environment.get(name, "")
        if operator == ":?" and not found:
            raise MissingError(f"{name}: {argument}")
        return found or (argument if operator == ":-" else "")

    return VARIABLE.sub(value, text)


def services() -> dict[str, Any]:
    read = yaml.safe_load((ROOT / "compose.yaml").read_text("utf8"))
    found: dict[str, Any] = read["services"]
    return found


def container(service: str, environment: dict[str, str]) -> dict[str, str]:
    """The environment of a service's container, blank values as they are."""
    declared = services()[service]["environment"]
    return {name: filled(str(value), environment) for name, value in declared.items()}


def test_every_setting_passes_through() -> None:
    declared = services()["bot"]["environment"]
    names = {name.upper() for name in Settings.model_fields}
    assert set(declared) == names
    for name in names - OWN:
        assert re.fullmatch(rf"\$\{{{name}(:[-?][^}}]*)?\}}", declared[name]), name


def test_what_is_set_arrives_and_what_is_not_keeps_its_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    plain = {"TELEGRAM_BOT_TOKEN": TOKEN, "POSTGRES_PASSWORD": "word"}
    chosen = {
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": "console",
        "MESSAGES_PER_SECOND": "7",
        "PAID_MESSAGES_PER_SECOND": "8",
        "RESEND_UNKNOWN": "1",
        "TELEGRAM_API_URL": "https://bots.qala.kz",
        "WEBHOOK_URL": "https://bot.qala.kz",
        "WEBHOOK_SECRET": "0123456789abcdef",
        "WEBHOOK_LISTEN": "127.0.0.1:9000",
    }
    for given in (plain, plain | chosen):
        for name, value in container("bot", given).items():
            monkeypatch.setenv(name, value)
        settings = load_settings()
        for name, field in Settings.model_fields.items():
            if name.upper() in OWN | {"TELEGRAM_BOT_TOKEN"}:
                continue
            found = getattr(settings, name)
            shown = found.get_secret_value() if hasattr(found, "get_secret_value") else found
            default = "json" if name == "log_format" else field.get_default()
            default = (
                default.get_secret_value() if hasattr(default, "get_secret_value") else default
            )
            expected = given.get(name.upper())
            if expected is None:
                assert shown == default, name
            else:
                assert str(shown) in {expected, "True"}, name


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "POSTGRES_PASSWORD"])
def test_what_must_be_set_is_asked_for(name: str) -> None:
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "POSTGRES_PASSWORD": "word"}
    with pytest.raises(MissingError, match=f"{name}: set it in .env"):
        container("bot", given | {name: ""})


@pytest.mark.parametrize("password", PASSWORDS)
def test_any_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, password: str) -> None:
    """The database is set up with the same letters that the bot logs in with."""
    monkeypatch.chdir(tmp_path)
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "POSTGRES_PASSWORD": password}
    for name, value in container("bot", given).items():
        monkeypatch.setenv(name, value)
    url = database_url(load_settings().store_url)
    assert url.password == password == container("database", given)["POSTGRES_PASSWORD"]
    server = container("database", given)
    assert (url.username, url.database) == (server["POSTGRES_USER"], server["POSTGRES_DB"])
    assert url.host in services()


def test_env_example_has_all_that_compose_asks_for() -> None:
    asked = {
        match[2] for match in VARIABLE.finditer((ROOT / "compose.yaml").read_text()) if match[2]
    }
    offered = set(dotenv_values(ROOT / ".env.example"))
    assert asked <= offered
    assert offered == {name.upper() for name in Settings.model_fields} | {"POSTGRES_PASSWORD"}


def test_both_services_are_watched() -> None:
    bot, database = services()["bot"], services()["database"]
    assert bot["healthcheck"]["test"] == ["CMD", "qala", "health"]
    assert bot["environment"]["HEALTH_LISTEN"].startswith("127.0.0.1:")  # asked in the container
    assert bot["depends_on"]["database"]["condition"] == "service_healthy"
    test = database["healthcheck"]["test"]
    assert test[:2] == ["CMD", "pg_isready"]
    assert "--host=127.0.0.1" in test
    for each in (bot, database):
        assert {"interval", "timeout", "retries"} <= set(each["healthcheck"])


def test_the_webhook_is_reached_from_outside() -> None:
    bot = services()["bot"]
    host, port = bot["environment"]["WEBHOOK_LISTEN"].rsplit(":", 1)
    assert host == "0.0.0.0"
    (published,) = bot["ports"]
    assert filled(published, {}) == f"127.0.0.1:8443:{port}"
    assert filled(published, {"WEBHOOK_LISTEN": "10.0.0.5:443"}) == f"10.0.0.5:443:{port}"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and their arguments, in their order."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines if line]


def test_dependencies_come_before_sources() -> None:
    steps = instructions()
    syncs = [n for n, step in enumerate(steps) if step[0] == "RUN" and "uv sync" in step[1]]
    sources = [
        n
        for n, (name, what) in enumerate(steps)
        if name == "COPY" and {"bot", "handlers", "storage", "README.md"} & set(what.split()[:-1])
    ]
    first, second = syncs
    before = [what for name, what in steps[:first] if name == "COPY"]
    assert before == ["pyproject.toml uv.lock ./"]
    assert "--no-install-project" in steps[first][1]
    assert first < min(sources) < max(sources) < second
    assert all({"--locked", "--no-dev"} <= set(steps[n][1].split()) for n in syncs)


def test_uv_is_pinned_by_version_and_content() -> None:
    installs = [what for name, what in instructions() if name == "RUN" and "pip install" in what]
    (install,) = installs
    assert re.search(r"'uv==\d+\.\d+\.\d+ ", install)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", install)) == 2
    assert "--require-hashes" in install
    compiled = next(what for name, what in instructions() if name == "ENV" and "UV_" in what)
    assert "UV_COMPILE_BYTECODE=1" in compiled


def test_it_runs_as_nobody_in_particular() -> None:
    last = instructions()[-6:]
    assert ("USER", "qala") in last
    assert ("ENTRYPOINT", '["qala"]') in last
    copied = [what for name, what in instructions() if name == "COPY" and "--from" in what]
    assert copied == ["--from=build /qala/.venv /qala/.venv"]


def test_docker_sees_all_that_it_copies() -> None:
    shown = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().split()
        if line.startswith("!")
    }
    copied = {
        source
        for name, what in instructions()
        if name == "COPY" and "--from" not in what
        for source in what.split()[:-1]
    }
    assert copied == shown
    for pattern in copied:
        assert list(ROOT.glob(pattern)), pattern
