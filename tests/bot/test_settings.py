"""The settings: what is accepted, what is refused with which sentence, and `.env.example`."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import (
    GivenSettings,
    Settings,
    SettingsError,
    browser_at_hand,
    load_settings,
    load_store_settings,
)
from storage.database.store import database_url

ROOT = Path(__file__).parents[2]
TOKEN = "987654321:AAF-x7Qd_2Jk9LmNpRsTuVwYz0123456789"
SECRET = "s3cret_of-the.webhook".replace(".", "_")
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine and no `.env` of the working directory."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def refusal(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    """The one sentence with which `qala run` refuses these settings."""
    environment = {"TELEGRAM_BOT_TOKEN": TOKEN, **values}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    (sentence,) = refused.value.sentences
    assert str(refused.value) == sentence
    assert refused.value.__cause__ is None
    for name in ("TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET"):
        assert environment.get(name, TOKEN) not in sentence
    return sentence


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f"  {TOKEN}\n")
    settings = load_settings()
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///qala.db"
    assert settings.webhook_url == ""
    assert settings.listen == ("127.0.0.1", 8443)
    assert (settings.log_level, settings.log_format) == ("INFO", "console")
    assert (settings.messages_per_second, settings.paid_messages_per_second) == (30, 0)


def test_a_missing_token_is_explained_only_to_who_needs_one() -> None:
    with pytest.raises(SettingsError, match=r"TELEGRAM_BOT_TOKEN is not set: .*@BotFather"):
        load_settings()
    assert load_store_settings().database_url == "sqlite:///qala.db"


def test_env_file_is_read_and_the_environment_overrides_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text(
        f"TELEGRAM_BOT_TOKEN={TOKEN}\nLOG_FORMAT=json\nLOG_LEVEL=debug\nWEBHOOK_URL=\nOTHER=1\n"
    )
    monkeypatch.setenv("LOG_LEVEL", "warning")
    settings = load_settings()
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert (settings.log_level, settings.log_format) == ("WARNING", "json")


def test_an_env_file_in_another_encoding_is_a_sentence() -> None:
    Path(".env").write_bytes("LOG_LEVEL=INFO # қала".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 text"):
        load_store_settings()


@pytest.mark.parametrize(
    "token",
    [
        "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
        "123456789:put-your-token-from-BotFather-here",
        "123456789:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "<token from @BotFather>",
        "changeme",
    ],
)
def test_placeholder_tokens(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    sentence = refusal(monkeypatch, TELEGRAM_BOT_TOKEN=token)
    assert sentence.startswith("TELEGRAM_BOT_TOKEN is still a placeholder: write to @BotFather")


@pytest.mark.parametrize(
    "token",
    [
        "987654321",
        "987654321:AAF",
        f"bot{TOKEN}",
        f"{TOKEN}!",
        TOKEN.replace(":", " "),
        "٩٨٧:AAF-x7Qd_2Jk9LmNpRsTuVwYz0123456789",
    ],
)
def test_malformed_tokens(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    sentence = refusal(monkeypatch, TELEGRAM_BOT_TOKEN=token)
    assert sentence.startswith("TELEGRAM_BOT_TOKEN is malformed: a token is digits, a colon and 30")


@pytest.mark.parametrize(
    ("given", "root"),
    [
        ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("https://bots.qala.kz/api//", "https://bots.qala.kz/api"),
        ("https://api.telegram.org", "https://api.telegram.org"),
    ],
)
def test_api_roots(monkeypatch: pytest.MonkeyPatch, given: str, root: str) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", given)
    assert load_settings().telegram_api_url == root


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("https://api.telegram.org/bot", "without /bot"),
        ("https://api.telegram.org/bot/", "without /bot"),
        (f"https://api.telegram.org/bot{TOKEN}", "without /bot"),
        ("https://api.telegram.org/file/bot", "without /bot"),
        ("api.telegram.org", "must be an address such as https://api.telegram.org"),
        ("ftp://api.telegram.org", "must be an address such as"),
        ("https://qala:word@host", "must be an address such as"),
        ("https://host:port", "must be an address such as"),
    ],
)
def test_api_roots_that_are_none(monkeypatch: pytest.MonkeyPatch, given: str, said: str) -> None:
    sentence = refusal(monkeypatch, TELEGRAM_API_URL=given)
    assert sentence.startswith("TELEGRAM_API_URL must be")
    assert said in sentence


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mysql://localhost/qala", "use sqlite:///file or postgresql://"),
        ("qala.db", "DATABASE_URL is not an address"),
        ("sqlite://", "DATABASE_URL must name a file"),
    ],
)
def test_databases(monkeypatch: pytest.MonkeyPatch, given: str, said: str) -> None:
    assert said in refusal(monkeypatch, DATABASE_URL=given)


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(monkeypatch, WEBHOOK_URL="https://bot.qala.kz")
    assert sentence.startswith("WEBHOOK_SECRET is not set: with WEBHOOK_URL it is mandatory")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WEBHOOK_URL", "http://bot.qala.kz", "begin with https://"),
        ("WEBHOOK_URL", "bot.qala.kz", "begin with https://"),
        ("WEBHOOK_URL", "https://your-domain.kz", "still a placeholder"),
        ("WEBHOOK_SECRET", "too-short", "16 to 256 of"),
        ("WEBHOOK_SECRET", "a" * 257, "16 to 256 of"),
        ("WEBHOOK_SECRET", "with spaces and more", "16 to 256 of"),
        ("WEBHOOK_SECRET", "change-me-change-me", "still a placeholder: make one with openssl"),
        ("WEBHOOK_LISTEN", "8443", "must be HOST:PORT"),
        ("WEBHOOK_LISTEN", "127.0.0.1:0", "must be HOST:PORT"),
        ("WEBHOOK_LISTEN", "127.0.0.1:70000", "must be HOST:PORT"),
        ("WEBHOOK_LISTEN", ":http", "must be HOST:PORT"),
        ("MESSAGES_PER_SECOND", "-1", "must be a whole number from 0 to 1000"),
        ("MESSAGES_PER_SECOND", "29.5", "must be a whole number from 0 to 1000"),
        ("PAID_MESSAGES_PER_SECOND", "1001", "must be a whole number from 0 to 1000"),
        ("HEALTH_LISTEN", "8080", "must be HOST:PORT"),
        ("HEALTH_LISTEN", "127.0.0.1:99999", "must be HOST:PORT"),
        ("LOG_LEVEL", "loud", "must be DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "must be console or json"),
    ],
)
def test_refusals(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    sentence = refusal(monkeypatch, **{name: value})
    assert sentence.startswith(name)
    assert said in sentence


def test_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("MESSAGES_PER_SECOND", " 25 ")
    monkeypatch.setenv("PAID_MESSAGES_PER_SECOND", "500")
    settings = load_settings()
    assert (settings.messages_per_second, settings.paid_messages_per_second) == (25, 500)


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "nonsense")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("WEBHOOK_LISTEN", "nowhere")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    names = {sentence.split()[0] for sentence in refused.value.sentences}
    assert names == {"TELEGRAM_BOT_TOKEN", "LOG_LEVEL", "WEBHOOK_LISTEN"}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://bot.qala.kz", "https://bot.qala.kz/telegram"),
        ("https://bot.qala.kz/", "https://bot.qala.kz/telegram"),
        ("https://qala.kz/bot/updates", "https://qala.kz/bot/updates"),
    ],
)
def test_the_address_that_telegram_is_told(url: str, address: str) -> None:
    settings = GivenSettings(
        telegram_bot_token=SecretStr(TOKEN), webhook_url=url, webhook_secret=SecretStr(SECRET)
    )
    assert settings.webhook_address == address


def test_an_ipv6_host_to_listen_on() -> None:
    settings = GivenSettings(telegram_bot_token=SecretStr(TOKEN), webhook_listen="[::1]:9000")
    assert settings.listen == ("::1", 9000)


def test_no_secret_in_repr() -> None:
    settings = GivenSettings(
        telegram_bot_token=SecretStr(TOKEN),
        webhook_url="https://bot.qala.kz",
        webhook_secret=SecretStr(SECRET),
        database_url="postgresql://qala:hidden-word@db/qala",
    )
    shown = f"{settings!r} {settings}"
    for secret in (TOKEN, SECRET, "hidden-word"):
        assert secret not in shown
    assert set(settings.secrets) == {TOKEN, SECRET, "hidden-word"}


PASSWORDS = (
    "plain-word",
    "p@ss/word",
    "100%25",
    "a#b",
    " blanks before and behind ",
    "$HOME ${HOME} $$",
    'quote\'s "and" back\\slash',
    "?:;&=+,[]{}",
    "құпия-сөз",
    "%",
)


@pytest.mark.parametrize("password", PASSWORDS)
def test_any_password_of_the_database(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """It reaches the driver letter by letter, and neither repr nor a log line shows it."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://qala@database:5432/qala")
    monkeypatch.setenv("DATABASE_PASSWORD", password)
    settings = load_store_settings()
    url = database_url(settings.store_url)
    assert url.password == password
    assert (url.username, url.host, url.port, url.database) == ("qala", "database", 5432, "qala")
    assert password not in f"{settings!r}".replace("' '", "")
    assert settings.secrets == (password,)


def test_a_password_besides_goes_before_the_one_of_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://qala:in-the-address@database/qala")
    assert database_url(load_store_settings().store_url).password == "in-the-address"
    monkeypatch.setenv("DATABASE_PASSWORD", "besides")
    settings = load_store_settings()
    assert database_url(settings.store_url).password == "besides"
    assert set(settings.secrets) == {"in-the-address", "besides"}


def test_a_file_needs_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "of-a-server")
    assert load_store_settings().store_url == "sqlite:///qala.db"


def test_a_password_in_an_env_file_between_single_quotes() -> None:
    Path(".env").write_text(
        "DATABASE_URL=postgresql://q@h/d\nDATABASE_PASSWORD=' a#b $HOME @/% '\n"
    )
    url = database_url(load_store_settings().store_url)
    assert url.password == " a#b $HOME @/% "


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, None),
        ({"health_listen": "127.0.0.1:8080"}, ("127.0.0.1", 8080)),
        ({"health_listen": "[::1]:8080"}, ("::1", 8080)),
        ({"webhook_url": "https://bot.qala.kz"}, ("127.0.0.1", 8443)),
        ({"webhook_url": "https://bot.qala.kz", "health_listen": "[::]:1"}, ("127.0.0.1", 8443)),
    ],
)
def test_where_the_bot_tells_how_it_is(given: dict[str, str], told: tuple[str, int] | None) -> None:
    fields = {"telegram_bot_token": TOKEN, "webhook_secret": SECRET, **given}
    assert GivenSettings.model_validate(fields).health == told


def test_given_settings_ignore_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"LOG_LEVEL=loud\n\xff")
    monkeypatch.setenv("TELEGRAM_API_URL", "nonsense")
    settings = GivenSettings(telegram_bot_token=SecretStr(TOKEN))
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.log_level == "INFO"


def test_a_browser_is_at_hand_where_somebody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert not browser_at_hand()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert browser_at_hand()
    monkeypatch.setenv("CI", "true")
    assert not browser_at_hand()


def test_env_example_is_the_settings_and_nothing_else() -> None:
    text = (ROOT / ".env.example").read_text()
    found = re.findall(r"((?:^# .*\n)+)^([A-Z_]+)=(.*)$", text, re.MULTILINE)
    described = {
        name: " ".join(said.removeprefix("# ").split("\n# ")).strip() for said, name, _ in found
    }
    password = described.pop("POSTGRES_PASSWORD")
    assert password.startswith("For compose.yaml alone")
    assert described == {
        name.upper(): field.description for name, field in Settings.model_fields.items()
    }
    assert len(found) == len(re.findall(r"^[^#\n]", text, re.MULTILINE))
    for _, name, value in found:
        if name == "POSTGRES_PASSWORD":
            assert value == "''"
            continue
        default = Settings.model_fields[name.lower()].get_default()
        assert value == (default if isinstance(default, str) else "")


def test_env_example_works_as_it_is_but_for_the_token() -> None:
    Path(".env").write_text((ROOT / ".env.example").read_text())
    with pytest.raises(SettingsError) as refused:
        load_settings()
    (sentence,) = refused.value.sentences
    assert sentence.startswith("TELEGRAM_BOT_TOKEN is not set")
    assert load_store_settings().database_url == "sqlite:///qala.db"
