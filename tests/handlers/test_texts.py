"""Every sentence of the bot is said in Kazakh and in Russian, with the same values and tags."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

import handlers
from handlers.frame.texts import (
    DEFAULT,
    LANGUAGES,
    Markup,
    catalogs,
    language_of,
    msgid,
    plain,
    texts_for,
)

ROOT = Path(handlers.__file__).parent.parent
ROOMS = ("handlers", "bot")
CALLS = {"t": 1, "plural": 2, "msgid": 1}  # the names that take sentences, and how many
TRANSLATED = ("kk", "ru")

Sentence = str | tuple[str, ...]

# CLDR date patterns: letters are fields there.
PATTERNS = {"d MMMM y", "d MMM y", "LLL y", "LLLL y", "y"}
# What is read as it stands: the bot's name, the endings of files.
LATIN_ALLOWED = {"qala", "json", "csv", "html"}


def sentences(source: str) -> Iterator[Sentence]:
    """The sentences in calls of `t`, `plural` and `msgid`, nested calls too."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        words = tuple(text for text in texts if isinstance(text, str))[: CALLS.get(name or "", 0)]
        if words and len(words) == CALLS[name or ""]:
            yield words if len(words) > 1 else words[0]


@cache
def used() -> frozenset[Sentence]:
    """Every sentence in the code."""
    files = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return frozenset(s for path in files for s in sentences(path.read_text(encoding="utf-8")))


def entries(language: str) -> dict[Sentence, tuple[str, ...]]:
    """What the catalogues of a language say, by sentence."""
    found: dict[Sentence, tuple[str, ...]] = {}
    for catalog in catalogs(language_of(language)).values():
        for message in catalog:
            if message.id:
                key = message.id if isinstance(message.id, str) else tuple(message.id)
                said = message.string or ""
                found[key] = (said,) if isinstance(said, str) else tuple(said)
    return found


def placeholders(text: str) -> list[str]:
    return sorted({field for _, field, _, _ in Formatter().parse(text) if field})


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?[a-z]+", text))


def test_extraction_finds_what_babel_finds_and_more() -> None:
    keywords = {"t": None, "plural": (1, 2), "msgid": None}
    by_babel = {
        message
        for room in ROOMS
        for _, _, message, _, _ in extract_from_dir(
            ROOT / room, [("**.py", "python")], keywords=keywords
        )
    }
    assert len(by_babel) > 50
    assert by_babel <= used()


def test_extraction_sees_nested_and_joined_sentences() -> None:
    source = 't("a" "b", x=t("c"))\ncontext.t.plural("{n} d", "{n} e", n)\nmsgid("f")\nother("g")'
    assert set(sentences(source)) == {"ab", "c", ("{n} d", "{n} e"), "f"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    said = entries(language)
    assert sorted(map(str, used() - said.keys())) == []
    assert [key for key, texts in said.items() if not all(texts)] == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_entry_is_left_over_or_fuzzy(language: str) -> None:
    assert sorted(map(str, entries(language).keys() - used())) == []
    for catalog in catalogs(language_of(language)).values():
        assert [message.id for message in catalog if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_values_and_tags_are_the_same(language: str) -> None:
    for key, texts in entries(language).items():
        original = key if isinstance(key, str) else key[-1]
        for text in texts:
            assert placeholders(text) == placeholders(original), original
            assert tags(text) == tags(original), original
            assert text.count("\n") == original.count("\n"), original


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_is_left_in_latin_letters(language: str) -> None:
    for key, texts in entries(language).items():
        if key in PATTERNS:
            continue
        for text in texts:
            bare = re.sub(r"<[^<>]*>|\{\w*\}|/[a-z]+\b|@\w+", " ", text)
            words = {word.lower() for word in re.findall(r"[A-Za-z]+", bare)}
            assert words <= LATIN_ALLOWED, (key, words - LATIN_ALLOWED)


def test_plural_forms_are_those_of_the_languages() -> None:
    def forms(catalog: Catalog) -> int:
        return int(catalog.num_plurals)

    for language, number in (("kk", 2), ("ru", 3), ("en", 2)):
        for catalog in catalogs(language_of(language)).values():
            assert forms(catalog) == number
    for language, number in (("kk", 2), ("ru", 3)):
        for key, texts in entries(language).items():
            assert len(texts) == (1 if isinstance(key, str) else number), key


def test_kazakh_takes_the_singular_after_a_numeral() -> None:
    for key, texts in entries("kk").items():
        if not isinstance(key, str):
            assert len(set(texts)) == 1, key


def test_russian_agrees_with_the_numeral() -> None:
    t = texts_for("ru")
    said = [plain(t.plural("• {n} project", "• {n} projects", n)) for n in (1, 2, 5, 11, 21, 102)]
    assert said == [
        "• 1 проект",
        "• 2 проекта",
        "• 5 проектов",
        "• 11 проектов",
        "• 21 проект",
        "• 102 проекта",
    ]


def test_numbers_are_grouped_as_the_language_does() -> None:
    said = [
        str(texts_for(code).plural("• {n} project", "• {n} projects", 12345)) for code in LANGUAGES
    ]
    assert said == [
        "• 12\N{NO-BREAK SPACE}345 жоба",
        "• 12\N{NO-BREAK SPACE}345 проектов",
        "• 12,345 projects",
    ]


def test_plain_strings_are_escaped_and_markup_is_not() -> None:
    t = texts_for("en")
    assert t("Hello, <b>{name}</b>!", name="<i>A</i> & B") == (
        "Hello, <b>&lt;i&gt;A&lt;/i&gt; &amp; B</b>!"
    )
    assert t("Hello, <b>{name}</b>!", name=Markup("<i>A</i>")) == "Hello, <b><i>A</i></b>!"


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    assert texts_for("kk")(msgid("Never translated {x}"), x=1) == "Never translated 1"


def test_plain_takes_tags_and_escapes_out_of_markup_only() -> None:
    assert plain(Markup("<b>A</b> &amp; B")) == "A & B"
    assert plain("<b>A</b> &amp; B") == "<b>A</b> &amp; B"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("kk", "kk"),
        ("kk-KZ", "kk"),
        ("ru_RU", "ru"),
        ("EN", "en"),
        ("de", DEFAULT),
        ("", DEFAULT),
        (None, DEFAULT),
        ("kz", DEFAULT),
        ("enm", DEFAULT),
    ],
)
def test_the_language_of_a_code(code: str | None, language: str) -> None:
    assert language_of(code) == language
