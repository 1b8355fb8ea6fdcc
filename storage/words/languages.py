"""The three languages of the city, Kazakh first (ISO 639-1: Kazakh is `kk`, never `kz`)."""

from typing import Literal

Language = Literal["kk", "ru", "en"]

LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
