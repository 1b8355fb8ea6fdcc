"""What no honest button, link or phone sends: forged data, strange texts, points off the map."""

import random
from typing import Any

import pytest

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.messages import LONGEST

BIG = "9" * 18
FORGED = [
    "n:l:4323895.7688971.1000.0.0.999999",
    "n:l:99999999.99999999.1000.0.0.0",
    "n:l:9000000.18000000.10000.0.0.0",
    "n:l:-9000000.-18000000.10000.0.0.0",
    "n:l:0.0.10000.0.0.0",
    "n:l:4323895.7688971.0.0.0.0",
    "n:l:4323895.7688971.99999.0.0.0",
    "n:l:4323895.7688971.1.0.0.0",
    "n:l:4323895.7688971.1000.99.9.0",
    "n:l:4323895.7688971.1000.6.5.999999",
    "n:z:4323895.7688971.1000.0.0.0",
    "n:h:9000000.18000000.10000.0.0.0",
    "n:f:4323895.7688971.1000.0.0.0",
    "n:һ:4323895.7688971.1000.0.0.0",
    "n:l:٤٣٢٣٨٩٥.٧٦٨٨٩٧١.١٠٠٠.٠.٠.٠",
    "n:l:-0.-0.1.0.0.0",
    "n:", "n:x", "n",
    "d:l:.0.0.999999",
    "d:l:atlantis.0.0.0",
    "d:o:atlantis.0.0.0",
    "d:o:.0.0.0",
    "d:s:atlantis.0.0.0",
    "d:t:-----.6.5.7",
    "d:l:" + "x" * 50 + ".0.0.0",
    "d:l:almaly.٣.0.0",
    "g:o:atlantis.0.0.0",
    "g:i:republic_day.0.0.999999",
    "g:i:atlantis.0.0.1",
    "g:l:atlantis.0.0.1",
    "g:s:atlantis.0.0.1",
    "g:9999", "g:0", "g:-1", "g:٩٩",
    "p:0:", "p:999999999999999999:", f"p:{BIG}s999:", "p:1s999:m:", "p:1h999:m:", "p:1m:zz",
    "p:1:" + "p:1:" * 15, "p:1:n:l:0.0.0.0.0.0", "p:1:o:delete:yes", "p:1:\u202e<b>&", "p:1s:s:0:",
    "p:1h7:s:0:", "p:٣:m:", "p:-1:", "p:1x:", "p:9223372036854775807:", "p:00001:",
    "b:d.999999", "b:p.999999", "b:s.1", "b:y.999999", "b:x.0", "b:d.", "b:d.٣",
    "w:0.7.999999", "w:1.9999.0", "w:2.0.999999", "w:0.9999.0", "w:3.0.0", "w:9.9.9", "w:0.0.0",
    "w:1.0.0", "w:2.9999.0", "w:٠.٧.٠",
    "s:0:", "s:999999:мектеп", "s:0:<b>&", "s:0:\u200b", "s:5:zzzzzz", "s:0:" + "қ" * 30,
    "s:1:", "s:0:\n", "s:0:*", 's:0:"', "s:0:' OR 1=1 --", "s:0:NEAR(a b)", "s:0:a* AND",
    "e:", "e:0", "e:1:0", "e:9223372036854775807:9999", "e:9223372036854775808", "e:1:0:-5",
    "e:1:0:5", "p:1:e:1", "p:1:e:1:0", "p:1h9:e:9223372036854775807:9:-99", "e:٣:0",
    "u:d:0.2.1....", "u:+:0.25i.v.d7.1f.zz.3", "u:w:0.2.1.n2ut35i7u1jk...", "u:f:9.05i.1....",
    "u:p", "u:pm",
    "u:o1", "u:x1", "u:s", "u:lkk", "u:t1", "u:qn", "u:n", "u:e", "u:v", "u:z", "u:f", "u:",
    "l:xx", "l:kk2", "l:", "o:radius:0", "o:radius:999999", "o:radius:٥٠٠", "o:radius:201",
    "o:delete:no", "o:home", "o:forget", "m:", "m:about", "m:help", "m:x",
    "\x00", " ", ":", "::::", "\U0001f4a9" * 16, "p:" + "1" * 62, "%s%n{0}{x}",
]  # fmt: skip
WORDS = [
    "u",
    "+",
    "n",
    "d",
    "p",
    "b",
    "w",
    "g",
    "s",
    "l",
    "o",
    "m",
    ":",
    ".",
    "0",
    "1",
    "9",
    "-",
    "h",
    "t",
]
TEXTS = [
    "'; DROP TABLE project; --",
    '" OR ""="',
    "<b>мектеп",
    "<script>alert(1)</script>",
    "</code></b> &lt;b&gt;",
    "&amp;&#0;&#x110000;&nbsp;",
    "{place} {0} {} %s %(x)s",
    "\u202eпетхем\u202c",
    "مدرسة جديدة",
    "בית ספר",
    "学校",
    "\u200b\u200b\u200b",
    "\u2060мек\u200bтеп\ufeff",
    "🏫🏫🏫",
    "👨\u200d👩\u200d👧\u200d👦🇰🇿",
    "мектеп" + "\u0301" * 200,
    "Z̸̢̛a̵̡l̴g̷o̶",
    "ＭＥＫＴＥＰ",
    "m\nе\nк\nт\nе\nп",
    "-",
    "*",
    "***",
    '"',
    "''",
    "AND",
    "NEAR(мектеп, 5)",
    "title_ru:мектеп",
    "мектеп* OR парк*",
    "^мектеп",
    "(((",
    ":*",
    "\\",
    "!!!???",
    "0",
    "1" * 400,
    "а" * 499,
    "а " * 249,
    "?" * 500,
    "а" * 4096,
    "👍" * 2048,
    "<" * 4096,
    "\n".join("абв" for _ in range(1000)),
    "/search " + "<&>" * 160,
    "/search",
    "/search   ",
    "/search \u200b",
    "/near",
    "/near zzzz",
    "/near <b>",
    "/near@someotherbot мектеп",
    "/",
    "//",
    "/ start",
    "/СТАРТ",
    "/START",
    "/start@",
    "@",
    "📍",
    "📍 📍",
    "None",
    "null",
    "nan",
    "43.238949, 76.889709",
    "http://evil.kz/?a=<b>",
    "t.me/x?start=p_1",
    "\x00мектеп\x07",
    "Абай\u00a0даңғылы",
    "ı İ ſ ß ŉ ﬁ",
    "\ud7ff\ue000\ufffd\uffff",
    "\U0010ffff",
]
PAYLOADS = [
    "p_",
    "p_0",
    "p_-1",
    "p_1",
    "p_99999999999999999999999999",
    "p_9223372036854775807",
    "p_9223372036854775808",
    "p_9007199254740993",
    "p_９",
    "p_²",
    "p_٣",
    "p_<b>",
    "p_" + "a" * 62,
    "p_' OR 1=1",
    "p_p_1",
    "P_1",
    "inline",
    "language",
    "LANGUAGE",
    "<script>",
    "\u202e",
    "a b c",
    "null",
]
POINTS = [
    (90.0, 0.0),
    (-90.0, 0.0),
    (90.0, 180.0),
    (0.0, 0.0),
    (43.2389, 180.0),
    (43.2389, -180.0),
    (-43.2389, -76.8897),
    (76.8897, 43.2389),
    (1e-9, -1e-9),
    (89.9999999, 179.9999999),
    (43.238949, 76.889709),
    (43.2, 76.0),
    (43.6, 77.4),
]


def fits(message: Message) -> None:
    assert len(message.text.encode("utf-16-le")) // 2 <= LONGEST
    assert message.text.strip() or message.venue or message.document


async def test_forged_callback_data(daniel: Resident) -> None:
    await daniel.send("/menu")
    menu = await daniel.next_message()
    for data in FORGED:
        query = await daniel.press_data(menu, data)
        try:
            await daniel.answer_to(query)
        except TimeoutError:
            pytest.fail(f"no answer to {data!r}")
        await daniel.wait_idle()
        fits(daniel.last)
        assert "Something went wrong" not in daniel.last.text, data


async def test_random_callback_data(daniel: Resident) -> None:
    chance = random.Random(20251120)
    await daniel.send("/menu")
    menu = await daniel.next_message()
    for _ in range(150):
        base = chance.choice(FORGED)
        cut = chance.randrange(len(base) + 1)
        data = (base[:cut] + chance.choice(WORDS) + base[cut + chance.randrange(3) :])[:60]
        while len(data.encode()) > 64:
            data = data[:-1]
        query = await daniel.press_data(menu, data or "x")
        try:
            await daniel.answer_to(query)
        except TimeoutError:
            pytest.fail(f"no answer to {data!r}")
        await daniel.wait_idle()
        assert "Something went wrong" not in daniel.last.text, data


async def test_strange_texts(sandbox: Sandbox, daniel: Resident) -> None:
    for text in TEXTS:
        before = len(daniel.messages)
        await daniel.send(text)
        await daniel.wait_idle()
        if "@someotherbot" in text:
            continue
        assert len(daniel.messages) > before, f"silence on {text[:50]!r}"
        fits(daniel.last)
        assert "Something went wrong" not in daniel.last.text, text[:50]


async def test_strange_links(daniel: Resident) -> None:
    for payload in PAYLOADS:
        before = len(daniel.messages)
        await daniel.start(payload)
        await daniel.wait_idle()
        assert len(daniel.messages) > before, payload
        assert "Something went wrong" not in daniel.last.text, payload


async def test_points_all_over_the_globe(daniel: Resident) -> None:
    for point in POINTS:
        before = len(daniel.messages)
        await daniel.send_location(*point)
        await daniel.wait_idle()
        assert len(daniel.messages) > before, point
        assert "Something went wrong" not in daniel.last.text, point
        for button in list(daniel.last.buttons):
            if button.callback_data:
                await daniel.press_data(daniel.last, button.callback_data)
                await daniel.wait_idle()
                assert "Something went wrong" not in daniel.last.text, (point, button)


@pytest.mark.parametrize(
    "location",
    [
        {"latitude": 91.0, "longitude": 0.0},
        {"latitude": 1e308, "longitude": -1e308},
        {"latitude": float("nan"), "longitude": 76.9},
        {"latitude": 43.2, "longitude": 76.8, "horizontal_accuracy": 1500.0},
        {"latitude": 43, "longitude": 76},
    ],
)
async def test_points_that_telegram_would_not_send(
    sandbox: Sandbox, daniel: Resident, location: dict[str, Any]
) -> None:
    await daniel.send_raw(location=location)
    await daniel.wait_idle()
    assert daniel.messages
    assert "Something went wrong" not in daniel.last.text


@pytest.mark.parametrize("text", ["меню", "Menu", "☰ Мәзір"])
async def test_the_menu_is_there_for_who_types_it(daniel: Resident, text: str) -> None:
    await daniel.send(text)
    assert (await daniel.next_message()).text == "What would you like to know?"
