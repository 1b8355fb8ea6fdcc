"""What an operator may set, and the only reader of the environment and of `.env`.

A wrong value is refused with a sentence that names the setting and what would be right, and never
repeats the value: it may be a secret. `.env.example` is these fields and their descriptions.
"""

import os
import re
import sys
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.base_settings import PaceSettings, SettingsError, StoreSettings
from bot.typed import typed

TELEGRAM = "https://api.telegram.org"
WEBHOOK_PATH = "/telegram"
HEALTH_PATH = "/healthz"
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}", re.ASCII)
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}", re.ASCII)  # Telegram allows 1 to 256 of these
PLACEHOLDER = re.compile(
    r"x{5,}|your[_-]|change[_-]?me|(replace|put|paste|insert)[_-]|[_-]here\b|place[_-]?holder"
    r"|<|>|\.\.\.",
    re.IGNORECASE,
)
DOCUMENTED = "ABC-DEF1234ghIkl-zyx57W2v1u123ew11"  # the example token of core.telegram.org/bots/api
ASK_BOTFATHER = (
    "write to @BotFather in Telegram, send /newbot, and set TELEGRAM_BOT_TOKEN to the token it "
    f"answers with (to try the bot without a token: {typed('try')})"
)

__all__ = [
    "GivenSettings",
    "PaceSettings",
    "Settings",
    "SettingsError",
    "StoreSettings",
    "browser_at_hand",
    "load_pace_settings",
    "load_settings",
    "load_store_settings",
]

S = TypeVar("S", bound=StoreSettings)


class Settings(PaceSettings):
    """What `qala run` needs besides: the token and how Telegram's updates come in."""

    telegram_bot_token: SecretStr = Field(
        description="The bot's token from @BotFather; what sends needs it: qala run and "
        "qala digest --now."
    )
    telegram_api_url: str = Field(
        default=TELEGRAM,
        description="The root of the Bot API server, without /bot; files come from the same root.",
    )
    webhook_url: str = Field(
        default="",
        description="The public https address at which Telegram reaches this bot (the path "
        "/telegram is added where it has none); blank: the bot asks for updates itself, by long "
        "polling.",
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="The secret with which Telegram signs what it sends to WEBHOOK_URL: 16 to "
        "256 of A-Z a-z 0-9 _ -, for instance from openssl rand -hex 32; mandatory with "
        "WEBHOOK_URL.",
    )
    webhook_listen: str = Field(
        default="127.0.0.1:8443",
        description="HOST:PORT on which the webhook server listens for plain HTTP, behind the "
        "proxy that ends TLS.",
    )

    health_listen: str = Field(
        default="",
        description="HOST:PORT on which a bot that polls answers GET /healthz and qala health; "
        "blank: nowhere. With WEBHOOK_URL it is answered on WEBHOOK_LISTEN.",
    )

    @field_validator("telegram_bot_token")
    @classmethod
    def _well_formed_token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if DOCUMENTED in token or PLACEHOLDER.search(token):
            raise ValueError(f"TELEGRAM_BOT_TOKEN is still a placeholder: {ASK_BOTFATHER}")
        if not TOKEN.fullmatch(token):
            raise ValueError(
                "TELEGRAM_BOT_TOKEN is malformed: a token is digits, a colon and 30 or more of "
                "A-Z a-z 0-9 _ -, exactly as @BotFather sent it"
            )
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _root_of_a_server(cls, value: str) -> str:
        root = value.rstrip("/")
        if not _is_address(root, ("http", "https")):
            raise ValueError(f"TELEGRAM_API_URL must be an address such as {TELEGRAM}")
        if re.search(r"/(file/)?bot[^/]*$", urlsplit(root).path):
            raise ValueError(
                "TELEGRAM_API_URL must be the root of the server, without /bot and without the "
                f"token: {TELEGRAM} is one"
            )
        return root

    @field_validator("webhook_url")
    @classmethod
    def _public_address(cls, value: str) -> str:
        if value and not _is_address(value, ("https",)):
            raise ValueError(
                "WEBHOOK_URL must be the bot's public address and begin with https://"
                " (leave it blank for long polling)"
            )
        if PLACEHOLDER.search(value):
            raise ValueError("WEBHOOK_URL is still a placeholder: set the bot's public address")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _strong_secret(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if PLACEHOLDER.search(secret):
            raise ValueError(
                "WEBHOOK_SECRET is still a placeholder: make one with openssl rand -hex 32"
            )
        if secret and not SECRET.fullmatch(secret):
            raise ValueError(
                "WEBHOOK_SECRET must be 16 to 256 of A-Z a-z 0-9 _ -: openssl rand -hex 32 makes "
                "one"
            )
        return value

    @field_validator("webhook_listen", "health_listen")
    @classmethod
    def _host_and_port(cls, value: str, info: ValidationInfo) -> str:
        if info.field_name == "health_listen" and not value:
            return value
        host, _, port = value.rpartition(":")
        if not host or not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:  # noqa: PLR2004 - TCP's highest port
            name = str(info.field_name).upper()
            raise ValueError(f"{name} must be HOST:PORT, for instance 127.0.0.1:8443")
        return value

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if self.webhook_url and not self.webhook_secret.get_secret_value():
            raise ValueError(
                "WEBHOOK_SECRET is not set: with WEBHOOK_URL it is mandatory, or anybody could "
                "send the bot made-up updates (openssl rand -hex 32 makes one)"
            )
        return self

    @property
    def webhook_address(self) -> str:
        """The address that Telegram is told: WEBHOOK_URL, with /telegram where it has no path."""
        url = urlsplit(self.webhook_url)
        return url._replace(path=WEBHOOK_PATH).geturl() if url.path in {"", "/"} else url.geturl()

    @property
    def listen(self) -> tuple[str, int]:
        """The host (an IPv6 one without its brackets) and the port of WEBHOOK_LISTEN."""
        return _listened(self.webhook_listen)

    @property
    def health(self) -> tuple[str, int] | None:
        """Likewise where the bot tells whether it is well; None where it does not."""
        told = self.webhook_listen if self.webhook_url else self.health_listen
        return _listened(told) if told else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """The token and the webhook's secret besides."""
        own = (self.telegram_bot_token, self.webhook_secret)
        return (*super().secrets, *(secret.get_secret_value() for secret in own))


class GivenSettings(Settings):
    """Settings given in code alone: neither the environment nor `.env` is looked at."""

    model_config = SettingsConfigDict(env_file=None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed to the constructor."""
        _ = settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def load_settings() -> Settings:
    """The settings of `qala run`; SettingsError where one is wrong or missing."""
    return _load(Settings)


def load_store_settings() -> StoreSettings:
    """The settings of commands that do not talk to Telegram; SettingsError likewise."""
    return _load(StoreSettings)


def load_pace_settings() -> PaceSettings:
    """The settings of commands that tell how long sending takes; SettingsError likewise."""
    return _load(PaceSettings)


def browser_at_hand() -> bool:
    """Whether somebody sits at a screen on which a browser can be opened."""
    if os.environ.get("CI"):
        return False
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _load(kind: type[S]) -> S:
    try:
        return kind()
    except ValidationError as error:
        raise SettingsError(_sentences(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(
            [f"{Path('.env').absolute()} is not UTF-8 text: save it as such"]
        ) from None


def _sentences(error: ValidationError) -> list[str]:
    """A sentence for each error; the values stay out of it."""
    sentences = []
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0]).upper() if problem["loc"] else "The settings"
        if problem["type"] == "missing":
            sentences.append(f"{name} is not set: {ASK_BOTFATHER}")
        else:
            cause = problem.get("ctx", {}).get("error")
            sentences.append(str(cause) if cause else f"{name} cannot be read")
    return sentences


def _listened(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host.strip("[]"), int(port)


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    """Whether the text is an address with a host and nothing after its path."""
    try:
        url = urlsplit(text)
        _ = url.port
    except ValueError:
        return False
    plain = not (url.query or url.fragment or url.username or url.password)
    return url.scheme in schemes and bool(url.hostname) and plain and " " not in text
