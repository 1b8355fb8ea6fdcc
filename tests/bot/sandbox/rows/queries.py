"""Button presses and inline queries."""

from tests.bot.sandbox.table import Bench, row

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
BUTTON = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}


@row("a press is a `callback_query` with sender, message and data")
async def press(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await bench.api.result("sendMessage", chat_id=bench.chat, text="x", reply_markup=BUTTON)
    query_id = await resident.press("a")
    update = (await bench.api.result("getUpdates"))[0]["callback_query"]
    assert update["id"] == query_id
    assert update["from"]["language_code"] == "kk"
    assert update["message"]["text"] == "x"
    assert update["data"] == "1"
    assert update["chat_instance"]


@row("`answerCallbackQuery` shows a toast or an alert to who pressed")
async def answers(bench: Bench) -> None:
    resident = bench.sandbox.resident("Айгерім")
    await bench.api.result("sendMessage", chat_id=bench.chat, text="x", reply_markup=BUTTON)
    toast = await resident.press("a")
    alert = await resident.press("a")
    await bench.api.result("answerCallbackQuery", callback_query_id=toast, text="сақталды")
    await bench.api.result(
        "answerCallbackQuery", callback_query_id=alert, text="ескерту", show_alert=True
    )
    assert [(a.text, a.show_alert) for a in resident.answers] == [
        ("сақталды", False),
        ("ескерту", True),
    ]
    assert bench.sandbox.resident("Ольга").answers == []


@row("a query answered before, or never asked, is 400; a text over 200 characters too")
async def bad_answers(bench: Bench) -> None:
    await bench.api.result("sendMessage", chat_id=bench.chat, text="x", reply_markup=BUTTON)
    query_id = await bench.sandbox.resident("Айгерім").press("a")
    long = await bench.api.refusal(
        "answerCallbackQuery", callback_query_id=query_id, text="ә" * 201
    )
    assert long == (400, "Bad Request: MESSAGE_TOO_LONG")
    await bench.api.result("answerCallbackQuery", callback_query_id=query_id, text="ә" * 200)
    for asked in (query_id, "1"):
        assert await bench.api.refusal("answerCallbackQuery", callback_query_id=asked) == (
            400,
            TOO_OLD,
        )


@row("an inline query comes with its text; `answerInlineQuery` gives the results back")
async def inline(bench: Bench) -> None:
    resident = bench.sandbox.resident("Ольга")
    query_id = await resident.ask_inline("школа")
    update = (await bench.api.result("getUpdates"))[0]["inline_query"]
    assert (update["id"], update["query"], update["offset"]) == (query_id, "школа", "")
    content = {"message_text": "Школа № 123"}
    results = [{"type": "article", "id": "1", "title": "Школа", "input_message_content": content}]
    assert resident.inline_results(query_id) is None
    await bench.api.result("answerInlineQuery", inline_query_id=query_id, results=results)
    assert resident.inline_results(query_id) == results
    assert await bench.api.refusal(
        "answerInlineQuery", inline_query_id=query_id, results=results
    ) == (400, TOO_OLD)


@row("over 50 inline results, double ids or an article without content are 400")
async def bad_inline(bench: Bench) -> None:
    query_id = await bench.sandbox.resident("Ольга").ask_inline("x")
    content = {"message_text": "x"}

    def article(name: str) -> dict[str, object]:
        return {"type": "article", "id": name, "title": "x", "input_message_content": content}

    refused = {
        "RESULTS_TOO_MUCH": [article(str(n)) for n in range(51)],
        "RESULT_ID_DUPLICATE": [article("1"), article("1")],
        "RESULT_ID_INVALID": [article("")],
        "can't parse InlineQueryResult: Can't find field \"message_text\"": [
            {"type": "article", "id": "1", "title": "x"}
        ],
    }
    for reason, results in refused.items():
        assert await bench.api.refusal(
            "answerInlineQuery", inline_query_id=query_id, results=results
        ) == (400, f"Bad Request: {reason}")
