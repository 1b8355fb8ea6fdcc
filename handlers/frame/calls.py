"""The calls that an answer is made of, as the Bot API takes them: JSON that is already there.

The library's own methods make an object of every button and of the message that Telegram sends
back, which nobody reads: three quarters of what a call costs.
"""

from typing import Any

from telegram import Bot
from telegram.constants import ParseMode

AS_TEXT: dict[str, Any] = {
    "parse_mode": ParseMode.HTML,
    "link_preview_options": {"is_disabled": True},
}
"""How every text of ours is to be read."""


async def call(bot: Bot, method: str, **parameters: Any) -> None:
    """Call a method of the Bot API with JSON values; None leaves a parameter out.

    Raises what the library's own methods raise. Methods are named without regard to case
    (https://core.telegram.org/bots/api#making-requests), and in small letters the library does not
    take the name for one of its own methods, of which it would rather have us use that.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    await bot.do_api_request(method.lower(), api_kwargs=given)
