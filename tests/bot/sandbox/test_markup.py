"""Properties of the HTML reader and the entities."""

import html
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import Entity, cut, finished, trimmed, units
from bot.sandbox.errors import ApiError
from bot.sandbox.files import image_size
from bot.sandbox.loopback import is_loopback
from bot.sandbox.markup import parse_html

TAGS = ["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"]
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tagged = st.builds(lambda tag, body: f"<{tag}>{body}</{tag}>", st.sampled_from(TAGS), inner)
    return st.lists(tagged | inner, max_size=4).map("".join)


WELL_FORMED = st.recursive(PLAIN.map(html.escape), _wrapped, max_leaves=12)


@given(PLAIN)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=True).replace("&#x27;", "'")) == (text, [])


@given(st.text(st.sampled_from("<>/&;=\"'ab әё🏗#x1 -"), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    refusal: ApiError | None = None
    plain, entities = "", list[Entity]()
    try:
        plain, entities = parse_html(text)
    except ApiError as error:
        refusal = error
    prefix = "Bad Request: can't parse entities: "
    assert refusal is None or refusal.description.startswith(prefix)
    assert all(e["offset"] + e["length"] <= units(plain) for e in entities)


@given(WELL_FORMED)
def test_entities_are_sorted_inside_the_text_and_nested_or_apart(source: str) -> None:
    text, entities = trimmed(*parse_html(source))
    entities = finished(text, entities)
    spans = [(e["offset"], e["offset"] + e["length"]) for e in entities]
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    assert all(0 <= start < end <= units(text) for start, end in spans)
    for start, end in spans:
        assert not any(a < start < b < end for a, b in spans)


@given(WELL_FORMED)
def test_code_keeps_no_style_inside(source: str) -> None:
    text, entities = parse_html(source)
    entities = finished(text, entities)
    code = [_span(e) for e in entities if e["type"] in {"code", "pre"}]
    styles = [_span(e) for e in entities if e["type"] in {"bold", "italic", "underline", "spoiler"}]
    assert not any(a < end and start < b for a, b in code for start, end in styles)


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


@given(PLAIN, PLAIN)
def test_units_are_those_of_utf16(before: str, covered: str) -> None:
    assert units(before) == len(before.encode("utf-16-le")) // 2
    assert cut(before + covered, units(before), units(covered)) == covered


def test_touching_styles_become_one_and_crossing_ones_are_cut() -> None:
    text, entities = parse_html("<b>a</b><b>b</b><i>c</i>")
    assert [(e["type"], *_span(e)) for e in finished(text, entities)] == [
        ("bold", 0, 2),
        ("italic", 2, 3),
    ]
    text, entities = parse_html("<b>a</b><i><b>b</b>c</i>")
    assert [(e["type"], *_span(e)) for e in finished(text, entities)] == [
        ("bold", 0, 2),
        ("italic", 1, 2),
        ("italic", 2, 3),
    ]


def test_white_space_around_goes_and_entities_move_along() -> None:
    text, entities = trimmed(*parse_html(" \n<b> a </b><i> </i>"))
    assert text == "a"
    assert entities == [{"type": "bold", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://almaty.gov.kz", "https://almaty.gov.kz/"),
        ("almaty.gov.kz/a b", None),
        ("javascript:alert(1)", None),
        ("nothing", None),
        ("mailto:a@b.kz", "mailto:a@b.kz"),
        ("tel:+77270000000", "tel:+77270000000"),
        ("2gis.kz/almaty", "http://2gis.kz/almaty"),
        ("https://x.kz/?a=1&amp;b=2", "https://x.kz/?a=1&b=2"),
    ],
)
def test_links(href: str, kept: str | None) -> None:
    text, entities = parse_html(f'<a href="{href}">сілтеме</a>')
    assert text == "сілтеме"
    assert [entity.get("url") for entity in entities] == ([] if kept is None else [kept])


def test_picture_sizes() -> None:
    jpeg = bytes.fromhex("ffd8ffe000044a46ffc0000b0800400080010111000000")
    assert image_size(jpeg) == (128, 64)
    assert image_size(b"GIF89a\x10\x00\x08\x00") == (16, 8)
    assert image_size(b"RIFF\0\0\0\0WEBPVP8 ") == (512, 512)
    for broken in (b"", b"\xff\xd8\xff", b"GIF89a\0\0\0\0", string.printable.encode()):
        with pytest.raises(ApiError, match="IMAGE_PROCESS_FAILED"):
            image_size(broken)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.example.kz", False),
        (None, False),
        ("", False),
    ],
)
def test_loopback(host: str | None, here: bool) -> None:
    assert is_loopback(host) is here
