"""sendMessage: texts, HTML, entities, limits, replies."""

from tests.bot.sandbox.table import Bench, row


@row("`sendMessage` returns the Message: bot, chat, date in seconds, text")
async def sends(bench: Bench) -> None:
    message = await bench.api.result("sendMessage", chat_id=bench.chat, text=" Сәлем, Алматы! \n")
    assert message["text"] == "Сәлем, Алматы!"
    assert message["from"]["is_bot"] is True
    assert message["chat"]["type"] == "private"
    assert message["chat"]["id"] == bench.chat
    assert message["date"] == int(bench.clock.now.timestamp())
    assert "entities" not in message


@row("HTML becomes text and entities with UTF-16 offsets")
async def html(bench: Bench) -> None:
    text = "🏗 <b>Мектеп</b> <i>салынуда</i>"
    message = await bench.api.result(
        "sendMessage", chat_id=bench.chat, text=text, parse_mode="HTML"
    )
    assert message["text"] == "🏗 Мектеп салынуда"
    assert message["entities"] == [
        {"type": "bold", "offset": 3, "length": 6},
        {"type": "italic", "offset": 10, "length": 8},
    ]


@row("every tag of Telegram's HTML is read, nested and with attributes")
async def all_tags(bench: Bench) -> None:
    pieces = {
        "<b>x</b>": "bold",
        "<strong>x</strong>": "bold",
        "<i>x</i>": "italic",
        "<em>x</em>": "italic",
        "<u>x</u>": "underline",
        "<ins>x</ins>": "underline",
        "<s>x</s>": "strikethrough",
        "<strike>x</strike>": "strikethrough",
        "<del>x</del>": "strikethrough",
        "<tg-spoiler>x</tg-spoiler>": "spoiler",
        '<span class="tg-spoiler">x</span>': "spoiler",
        "<code>x</code>": "code",
        "<pre>x</pre>": "pre",
        "<a href='https://a.kz/p'>x</a>": "text_link",
        f'<a href="tg://user?id={bench.chat}">x</a>': "text_mention",
        "<blockquote>x</blockquote>": "blockquote",
        "<blockquote expandable>x</blockquote>": "expandable_blockquote",
        '<tg-emoji emoji-id="5">x</tg-emoji>': "custom_emoji",
    }
    for text, kind in pieces.items():
        message = await bench.api.result(
            "sendMessage", chat_id=bench.chat, text=text, parse_mode="html"
        )
        assert (message["text"], [e["type"] for e in message["entities"]]) == ("x", [kind]), text
    text = '<b>a<i>b</i></b><pre><code class="language-sql">c</code></pre>'
    nested = await bench.api.result("sendMessage", chat_id=bench.chat, text=text, parse_mode="HTML")
    assert nested["entities"] == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 1},
        {"type": "pre", "offset": 2, "length": 1, "language": "sql"},
    ]


@row("`&lt; &gt; &amp; &quot;` and numeric references are decoded, other names stay")
async def references(bench: Bench) -> None:
    message = await bench.api.result(
        "sendMessage",
        chat_id=bench.chat,
        text="&lt;b&gt; &amp; &quot;&#1201;&#x4B1;&quot; &nbsp;",
        parse_mode="HTML",
    )
    assert message["text"] == '<b> & "ұұ" &nbsp;'


@row("bad HTML is 400 with the place of the mistake in bytes")
async def bad_html(bench: Bench) -> None:
    refused = {
        "а < б": 'Unsupported start tag "" at byte offset 3',
        "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
        "<b>x</i>": 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        "x</b>": "Unexpected end tag at byte offset 1",
        "x<br/>": 'Unsupported start tag "br/" at byte offset 1',
        "<script>x</script>": 'Unsupported start tag "script" at byte offset 0',
        "<b": "Unclosed start tag at byte offset 0",
        "<b>x</b": "Unclosed end tag at byte offset 4",
        '<a href="x>y</a>': 'Unclosed start tag "a" at byte offset 0',
    }
    for text, reason in refused.items():
        assert await bench.api.refusal(
            "sendMessage", chat_id=bench.chat, text=text, parse_mode="HTML"
        ) == (400, f"Bad Request: can't parse entities: {reason}")
    assert bench.sandbox.resident(bench.chat).messages == []


@row("an unknown parse_mode is 400; Markdown is refused, not misread")
async def parse_modes(bench: Bench) -> None:
    code, reason = await bench.api.refusal(
        "sendMessage", chat_id=bench.chat, text="x", parse_mode="BBCode"
    )
    assert (code, reason) == (400, "Bad Request: unsupported parse_mode")
    code, _ = await bench.api.refusal(
        "sendMessage", chat_id=bench.chat, text="*x*", parse_mode="MarkdownV2"
    )
    assert code == 400


@row("an empty text is 400")
async def empty(bench: Bench) -> None:
    nothing = (400, "Bad Request: message text is empty")
    assert await bench.api.refusal("sendMessage", chat_id=bench.chat) == nothing
    assert await bench.api.refusal("sendMessage", chat_id=bench.chat, text="") == nothing
    blank = (400, "Bad Request: text must be non-empty")
    assert await bench.api.refusal("sendMessage", chat_id=bench.chat, text=" \n ") == blank
    assert (
        await bench.api.refusal(
            "sendMessage", chat_id=bench.chat, text="<b></b>", parse_mode="HTML"
        )
        == blank
    )


@row("over 4096 UTF-16 units after parsing is 400; 4096 pass")
async def too_long(bench: Bench) -> None:
    long = (400, "Bad Request: message is too long")
    chat = bench.chat
    assert await bench.api.refusal("sendMessage", chat_id=chat, text="ә" * 4097) == long
    assert await bench.api.refusal("sendMessage", chat_id=chat, text="🏗" * 2049) == long
    await bench.api.result("sendMessage", chat_id=chat, text="🏗" * 2048)
    text = f"<b>{'x' * 4096}</b>"
    sent = await bench.api.result("sendMessage", chat_id=chat, text=text, parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


@row("links, commands, mentions, tags and mail are found; not inside code")
async def found_entities(bench: Bench) -> None:
    text = (
        "/near@qala_bot #мектеп @olga https://almaty.gov.kz/a?b=1. a@b.kz 2gis.kz <code>/no</code>"
    )
    message = await bench.api.result(
        "sendMessage", chat_id=bench.chat, text=text, parse_mode="HTML"
    )
    last = bench.sandbox.resident(bench.chat).last
    assert [e["type"] for e in message["entities"]] == [
        "bot_command",
        "hashtag",
        "mention",
        "url",
        "email",
        "url",
        "code",
    ]
    assert last.covered("bot_command") == ["/near@qala_bot"]
    assert last.covered("url") == ["https://almaty.gov.kz/a?b=1", "2gis.kz"]
    assert last.covered("hashtag") == ["#мектеп"]


@row("a chat nobody knows is 400, a stranger of a common group 403")
async def unknown_chats(bench: Bench) -> None:
    not_found = (400, "Bad Request: chat not found")
    assert await bench.api.refusal("sendMessage", chat_id=1, text="x") == not_found
    assert await bench.api.refusal("sendMessage", chat_id="@nobody", text="x") == not_found
    empty = (400, "Bad Request: chat_id is empty")
    assert await bench.api.refusal("sendMessage", text="x") == empty
    shy = bench.sandbox.add_resident("Сәуле", "kk", started=False)
    assert await bench.api.refusal("sendMessage", chat_id=shy.id, text="x") == not_found
    bench.sandbox.group.members.append(shy.id)
    code, reason = await bench.api.refusal("sendMessage", chat_id=shy.id, text="x")
    assert code == 403
    assert reason == "Forbidden: bot can't initiate conversation with a user"
    await shy.start()
    await bench.api.result("sendMessage", chat_id=shy.id, text="x")


@row("`reply_parameters` quotes a message; an unknown one is 400 unless allowed to be missing")
async def replies(bench: Bench) -> None:
    asked = await bench.sandbox.resident("Айгерім").send("қайда?")
    reply = {"message_id": asked.message_id}
    answer = await bench.api.result(
        "sendMessage", chat_id=bench.chat, text="мұнда", reply_parameters=reply
    )
    assert answer["reply_to_message"]["text"] == "қайда?"
    reply = {"message_id": 10_000}
    code, reason = await bench.api.refusal(
        "sendMessage", chat_id=bench.chat, text="x", reply_parameters=reply
    )
    assert (code, reason) == (400, "Bad Request: message to be replied not found")
    lenient = {**reply, "allow_sending_without_reply": True}
    sent = await bench.api.result(
        "sendMessage", chat_id=bench.chat, text="x", reply_parameters=lenient
    )
    assert "reply_to_message" not in sent
