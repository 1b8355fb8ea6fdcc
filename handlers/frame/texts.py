"""What the bot says, in three languages: gettext catalogues read once, values HTML-escaped.

The message ids are English sentences. `Texts` is the one way from an id to a text, and
`markupsafe.Markup` the one way to escape: every plain string that enters a text is escaped, a
`Markup` is not. A sentence that a catalogue lacks is said in English (a test forbids it for Kazakh
and Russian).
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from storage.words.languages import LANGUAGES, Language

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "Language",
    "Markup",
    "Texts",
    "catalogs",
    "language_of",
    "msgid",
    "plain",
    "texts_for",
]

DEFAULT: Language = "kk"
LOCALES: Traversable = files("handlers") / "locales"


def escaped(value: object) -> str:
    """A value as it goes into a text: a `Markup` as it is, all else escaped."""
    return value if type(value) is Markup else escape(value)


class Sentence:
    """A text with places for values, `{name}`, taken apart once: `Markup.format` does it each time.

    ValueError for a place that is more than a name (`{n:>3}`): how values look is said elsewhere.
    """

    __slots__ = ("_pieces", "_whole")

    def __init__(self, text: str) -> None:
        pieces: list[tuple[str, str | None]] = []
        for literal, name, form, conversion in Formatter().parse(text):
            if form or conversion or name == "":
                raise ValueError(f"only names in braces are filled in: {text}")
            pieces.append((literal, name))
        self._pieces = tuple(pieces)
        filled = any(name is not None for _, name in pieces)
        self._whole = None if filled else Markup("".join(each for each, _ in pieces))  # noqa: S704

    def filled(self, values: Mapping[str, object]) -> Markup:
        """The text with the values put in: plain strings escaped, `Markup` as it is."""
        if self._whole is not None:
            return self._whole
        parts: list[str] = []
        for literal, name in self._pieces:
            parts.append(literal)
            if name is not None:
                parts.append(escaped(values[name]))
        return Markup("".join(parts))  # noqa: S704 - escaped one by one


@lru_cache(maxsize=4096)
def grouped(number: int, language: Language) -> str:
    """A whole number as the language groups it: «5 400 000»."""
    return format_decimal(number, locale=language)


class Texts:
    """The texts of one language: `t("Near {place}", place=name)` is a `Markup`."""

    def __init__(self, language: Language, translations: GNUTranslations) -> None:
        self.language = language
        self._translations = translations
        self._sentences: dict[str, Sentence] = {}

    def __repr__(self) -> str:
        return f"Texts({self.language!r})"

    def __call__(self, msgid: str, /, **values: object) -> Markup:
        """The text of `msgid` with the values put in: plain strings escaped, `Markup` as it is."""
        return self._sentence(self._translations.gettext(msgid)).filled(values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        """The text that agrees with the number `n`; `{n}` in it is the number, well grouped.

        A numeral takes the singular in Kazakh, one of three forms in Russian.
        """
        text = self._translations.ngettext(one, many, n)
        return self._sentence(text).filled({"n": grouped(n, self.language), **values})

    def _sentence(self, text: str) -> Sentence:
        sentence = self._sentences.get(text)
        if sentence is None:
            sentence = self._sentences[text] = Sentence(text)
        return sentence


def msgid(text: str) -> str:
    """Mark a sentence that is translated later, where the language is known; returns it as is."""
    return text


def plain(text: str) -> str:
    """What a text reads as where Telegram takes no HTML: buttons, alerts, command descriptions."""
    return text.striptags() if isinstance(text, Markup) else text


def language_of(code: str | None) -> Language:
    """The language for an IETF tag as Telegram gives it (`ru`, `kk-KZ`); Kazakh for all others."""
    prefix = (code or "").replace("_", "-").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == prefix), DEFAULT)


@cache
def texts_for(language: Language) -> Texts:
    """The texts of a language, its catalogues read and merged on first use."""
    merged = Catalog(locale=language)
    for catalog in catalogs(language).values():
        for message in catalog:
            if message.id and not message.fuzzy:
                merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Texts(language, GNUTranslations(compiled))


def catalogs(language: Language) -> dict[str, Catalog]:
    """The catalogues of a language by file name; each file covers a part of the conversation."""
    found = {}
    for file in sorted((LOCALES / language).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".po"):
            with file.open("rb") as stream:
                found[file.name] = read_po(stream, locale=language)
    return found
