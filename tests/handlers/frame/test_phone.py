"""How a text lies on a phone: the widths and the breaking of lines, as Chromium has them."""

import os

import pytest
from markupsafe import Markup

from bot.sandbox.server import Sandbox
from handlers.frame.phone import LINE_PX, MOST_LINES, lines_taken, width
from handlers.views.parts import fitted, parts_of
from tests.bot.sandbox.browser import VARIABLE, open_page
from tests.conversation.clock import Clock

TEXTS = (
    "Школа на 1 200 мест в микрорайоне Шугыла, Наурызбайский район",
    "🚧 салынып жатыр · мерзімі: 2025 жылғы 8 қараша, Наурызбай ауданы",
    "📍 ≈1,2 км · Наурызбай · жоспар: 12,98 млрд ₸, [1][2]",
    "Which schools are being built in Alatau district, and when will they open?",
    "Мерзімі өткеніне 457 күн болды · соңғы дерек: 2025 жылғы 12 наурыз",
    "ЩЁЛКОВСКОЕ ШОССЕ, ЖЫЛЫТУ ЖЕЛІЛЕРІ, ФУРМАНОВ КӨШЕСІ",
)
MEASURE = """([texts, weight, line]) => {
  const family = '"DejaVu Sans Condensed", "DejaVu Sans", sans-serif, "Noto Color Emoji"';
  return texts.map((text) => {
    const node = document.createElement("span");
    node.textContent = text;
    node.style.cssText = "position: absolute; white-space: pre";
    node.style.font = `${weight} 15px/20px ${family}`;
    document.body.append(node);
    const wide = node.getBoundingClientRect().width;
    node.style.whiteSpace = "pre-wrap";
    node.style.width = `${line}px`;
    const lines = node.getBoundingClientRect().height / 20;
    node.remove();
    return [wide, lines];
  });
}"""


@pytest.mark.browser
@pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} names no Chromium")
@pytest.mark.parametrize("weight", [400, 700])
async def test_the_rule_is_what_chromium_measures(weight: int) -> None:
    async with Sandbox(clock=Clock()) as sandbox, open_page(sandbox.url, width=360) as page:
        measured = await page.evaluate(MEASURE, [list(TEXTS), weight, LINE_PX])
        bubble = await page.evaluate(
            """() => {
              const node = document.createElement("div");
              node.className = "message in";
              node.innerHTML = '<div class="body"><div class="bubble"></div></div>';
              document.querySelector("#messages").append(node);
              const style = getComputedStyle(node.firstChild.firstChild);
              node.firstChild.style.width = "100%";
              node.firstChild.firstChild.style.width = "100%";
              const box = node.firstChild.firstChild.getBoundingClientRect().width;
              return box - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
            }"""
        )
    assert bubble == pytest.approx(LINE_PX, abs=3)  # of a window that is 360 points wide
    bold = weight > 400
    for text, (wide, lines) in zip(TEXTS, measured, strict=True):
        assert width(text, bold=bold) == pytest.approx(wide, rel=0.05), text
        assert lines_taken(f"<b>{text}</b>" if bold else text) == round(lines), text


def test_lines_are_broken_at_spaces_and_blank_ones_count() -> None:
    assert lines_taken("") == 0
    assert lines_taken("a") == 1
    assert lines_taken("a\n\nb") == 3
    assert lines_taken("Школа " * 6) == 2
    assert lines_taken("ш" * 60) == 3  # a word that is longer than a line
    assert lines_taken("<b>a</b> &lt;b&gt;") == 1


def test_bold_letters_take_more_room() -> None:
    text = "Школа на 1200 мест в мкр Шугыла"
    assert (lines_taken(text), lines_taken(f"<b>{text}</b>")) == (1, 1)
    longer = f"{text} у"
    assert (lines_taken(longer), lines_taken(f"<b>{longer} п</b>")) == (1, 2)


def test_a_long_text_is_parted_between_paragraphs_and_nothing_is_lost() -> None:
    paragraphs = [Markup(f"<b>{n}</b>\n" + "строка\n" * 4 + "конец") for n in range(9)]
    whole = Markup("\n\n").join(paragraphs)
    parts = parts_of(whole)
    assert "\n\n".join(parts) == whole
    assert all(lines_taken(part) <= MOST_LINES - 2 for part in parts)
    assert parts_of(paragraphs[0]) == [paragraphs[0]]
    one = Markup("строка\n" * 50 + "конец")
    assert "\n".join(parts_of(one)) == one
    assert all(lines_taken(part) <= MOST_LINES for part in parts_of(one))


def test_blank_lines_go_where_there_is_no_room() -> None:
    top, few, many = Markup("a"), [Markup("b")] * 3, [Markup("b\nc")] * 8
    assert fitted(top, few, "z") == "a\n\nb\n\nb\n\nb\n\nz"
    assert fitted(top, many) == "a\n\n" + "\n".join(["b\nc"] * 8)
