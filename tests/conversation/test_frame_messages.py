"""Long texts: split at line ends, every tag closed, nothing lost."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.frame.main_keyboard import main_keyboard, menu_rows
from handlers.frame.messages import LONGEST, split_html
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Markup, texts_for


class Balanced(HTMLParser):
    """Fails on a tag that is not closed, or closed out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(part: str) -> None:
    parser = Balanced()
    parser.feed(part)
    parser.close()
    assert parser.open == []


def shown(text: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", text))


def units(text: str) -> int:
    return len(shown(text).encode("utf-16-le")) // 2


def test_a_short_text_stays_whole() -> None:
    assert split_html("<b>Жол</b> &amp; көпір") == ["<b>Жол</b> &amp; көпір"]


def test_the_limit_itself_still_fits() -> None:
    assert len(split_html("<i>" + "ә" * LONGEST + "</i>")) == 1
    assert len(split_html("<i>" + "ә" * (LONGEST + 1) + "</i>")) == 2


def test_parts_end_at_line_ends() -> None:
    lines = [f"<b>{n}</b>. жоба" for n in range(1000)]
    parts = split_html("\n".join(lines))
    assert len(parts) > 1
    assert "\n".join(parts).split("\n") == lines


def test_a_tag_over_many_lines_is_closed_and_opened_again() -> None:
    link = '<a href="https://example.org/?a=1&amp;b=2">'
    parts = split_html(Markup(f"{link}<i>" + "сөз сөз сөз\n" * 600 + "</i></a>"))
    assert len(parts) == 2
    for part in parts:
        check(part)
        assert part.startswith(f"{link}<i>")


def test_an_entity_is_never_cut() -> None:
    parts = split_html("&amp;" * 5000)
    assert [shown(part) for part in parts] == ["&" * 4096, "&" * 904]


def test_emoji_count_twice() -> None:
    assert [units(part) for part in split_html("😀" * 3000)] == [4096, 1904]


TEXT = st.text(st.sampled_from('аә &<>"\n 😀ж'), max_size=60)


@st.composite
def html(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.tuples(st.sampled_from(["", "b", "i", "code"]), TEXT), max_size=30))
    return "".join(
        f"<{tag}>{Markup.escape(text)}</{tag}>" if tag else str(Markup.escape(text))
        for tag, text in pieces
    )


@given(html(), st.integers(2, 50))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, longest: int) -> None:
    parts = split_html(Markup(text), longest)
    for part in parts:
        check(part)
        assert units(part) <= longest
    together = "".join(shown(part) for part in parts)
    assert "".join(together.split()) == "".join(shown(text).split())


def test_a_button_does_exactly_one_thing() -> None:
    with pytest.raises(ValueError, match="either data or a url"):
        Button("x")
    with pytest.raises(ValueError, match="either data or a url"):
        Button("x", "m:", "https://example.org")
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        Button("x", "қ" * 33)


def test_a_screen_has_one_keyboard() -> None:
    t = texts_for("kk")
    with pytest.raises(ValueError, match="not both"):
        Screen(t("Hello!"), menu_rows(t), main_keyboard(t))
