"""Answers to button presses and to inline queries."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.world import CallbackAnswer, World

_ANSWER_LIMIT = 200  # characters: https://core.telegram.org/bots/api#answercallbackquery
_MOST_RESULTS = 50
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def answer_callback_query(world: World, params: Params) -> bool:
    query_id = params.text("callback_query_id") or ""
    if query_id not in world.open_queries:
        raise bad_request(_TOO_OLD)
    text = params.text("text") or ""
    if len(text) > _ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(
        query_id,
        world.open_queries.pop(query_id),
        text,
        params.flag("show_alert"),
        params.text("url"),
    )
    world.answers.append(answer)
    world.happened(
        "answer",
        user_id=answer.user_id,
        query_id=query_id,
        text=text,
        alert=answer.show_alert,
        url=answer.url,
    )
    return True


async def answer_inline_query(world: World, params: Params) -> bool:
    query_id = params.text("inline_query_id") or ""
    if query_id not in world.inline_queries:
        raise bad_request(_TOO_OLD)
    results = params.structure("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results JSON array")
    if len(results) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    _check_results(results)
    world.inline_answers[query_id] = {
        "results": results,
        "next_offset": params.text("next_offset") or "",
        "cache_time": params.integer("cache_time"),
        "is_personal": params.flag("is_personal"),
        "button": params.structure("button"),
    }
    user_id = world.inline_queries.pop(query_id)
    world.happened("inline", user_id=user_id, query_id=query_id)
    return True


def _check_results(results: list[dict[str, Any]]) -> None:
    ids = [str(result.get("id", "")) for result in results]
    if any(not 1 <= len(i.encode()) <= 64 for i in ids):  # noqa: PLR2004 bytes, as callback data
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        if "type" not in result:
            raise bad_request("can't parse InlineQueryResult: Can't find field \"type\"")
        if result["type"] == "article" and not result.get("input_message_content"):
            raise bad_request("can't parse InlineQueryResult: Can't find field \"message_text\"")


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
