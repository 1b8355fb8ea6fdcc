"""The settings of every command: where the facts are kept, how to log, at what pace to send."""

import re

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.database.store import database_url

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("console", "json")
MOST_PER_SECOND = 1000  # with paid broadcasts, https://core.telegram.org/bots/faq
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class SettingsError(Exception):
    """The settings cannot be used. `sentences`: one for each that is wrong; none holds a value."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class StoreSettings(BaseSettings):
    """What every command needs: where the facts are kept and how to log."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: str = Field(
        default="sqlite:///qala.db",
        repr=False,  # may hold a password
        description="Where the facts are kept: sqlite:///FILE, or "
        "postgresql://USER:PASSWORD@HOST:PORT/NAME.",
    )
    database_password: SecretStr = Field(
        default=SecretStr(""),
        description="The password for DATABASE_URL, as it is, if it has letters that an address "
        "can only carry as %XX (@ / : % # ? and blanks); it goes before one that stands in there. "
        "In .env: between single quotes.",
    )
    log_level: str = Field(
        default="INFO",
        description="The least that is logged: DEBUG, INFO, WARNING or ERROR.",
    )
    log_format: str = Field(
        default="console",
        description="How log lines look: console for people, json for machines (one object a "
        "line).",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _without_spaces(cls, value: object, info: ValidationInfo) -> object:
        exact = info.field_name == "database_password"  # a blank at its end belongs to it
        return value.strip() if isinstance(value, str) and not exact else value

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        database_url(value)
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in LOG_LEVELS:
            raise ValueError("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if value.lower() not in LOG_FORMATS:
            raise ValueError("LOG_FORMAT must be console or json")
        return value.lower()

    @property
    def store_url(self) -> str:
        """DATABASE_URL, with DATABASE_PASSWORD in it where one is set and it is a server's."""
        url = database_url(self.database_url)
        password = self.database_password.get_secret_value()
        if not password or url.get_backend_name() == "sqlite":
            return self.database_url
        return url.set(password=password).render_as_string(hide_password=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a log line."""
        own = (database_url(self.database_url).password, self.database_password.get_secret_value())
        return tuple(secret for secret in own if secret)


class PaceSettings(StoreSettings):
    """What whoever sends, or tells how long sending takes, needs besides: the pace."""

    messages_per_second: int = Field(
        default=30,
        description="How many messages leave a second at most, answers before digests; blank: 30, "
        "what Telegram allows; 0: no limit of any kind, for servers other than Telegram's.",
    )
    paid_messages_per_second: int = Field(
        default=0,
        description="How many more leave a second by paid broadcast (each costs Telegram Stars); "
        "at most 1000; blank or 0: none.",
    )
    resend_unknown: bool = Field(
        default=False,
        description="Whether digests of which nobody knows if they arrived (a crash, a lost "
        "answer) are sent once more: 1 or 0; blank: 0, for a person might get one twice.",
    )

    @field_validator("resend_unknown", mode="before")
    @classmethod
    def _yes_or_no(cls, value: object, info: ValidationInfo) -> bool:
        text = str(value).lower()
        if text not in {*YES, *NO}:
            raise ValueError(f"{str(info.field_name).upper()} must be 1 or 0")
        return text in YES

    @field_validator("messages_per_second", "paid_messages_per_second", mode="before")
    @classmethod
    def _rate(cls, value: object, info: ValidationInfo) -> int:
        text = str(value).strip()
        if not re.fullmatch("[0-9]{1,4}", text, re.ASCII) or int(text) > MOST_PER_SECOND:
            name = str(info.field_name).upper()
            raise ValueError(f"{name} must be a whole number from 0 to {MOST_PER_SECOND}")
        return int(text)
