"""What every send method shares: who it goes to, its text, its keyboard, what it answers to."""

from typing import Any

from bot.sandbox.entities import Entity, finished, trimmed, units
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.keyboards import Markup, checked_markup
from bot.sandbox.markup import parse_html
from bot.sandbox.params import Params
from bot.sandbox.world import Chat, Stored, World

Json = dict[str, Any]

TEXT_LIMIT = 4096  # UTF-16 units after parsing: https://core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024


def find_chat(world: World, chat_id: Any) -> Chat:
    """The chat of an id or @username; 400 when the bot knows none."""
    text = str(chat_id if chat_id is not None else "").strip()
    if not text:
        raise bad_request("chat_id is empty")
    if text.startswith("@"):
        names = {p.user.get("username", "").lower(): p.id for p in world.people.values()}
        text = str(names.get(text[1:].lower(), ""))
    chat = world.chats.get(int(text)) if text.removeprefix("-").isdigit() else None
    if chat is None:
        raise bad_request("chat not found")
    return chat


def reachable_chat(world: World, params: Params) -> Chat:
    """The chat a message goes to; 400 or 403 when the bot may not write there."""
    chat = find_chat(world, params.values.get("chat_id"))
    if chat.kind != "private":
        if not chat.bot_is_member:
            raise forbidden("bot was kicked from the supergroup chat")
        return chat
    person = world.people[chat.id]
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise _stranger(world, person.id)
    return chat


def _stranger(world: World, person_id: int) -> ApiError:
    groups = [chat for chat in world.chats.values() if chat.kind != "private"]
    if any(person_id in group.members for group in groups):
        return forbidden("bot can't initiate conversation with a user")
    return bad_request("chat not found")


def formatted(
    world: World, text: str, parse_mode: str | None, entities: list[Entity] | None = None
) -> tuple[str, list[Entity]]:
    """Plain text and entities as Telegram would keep them; 400 on markup it refuses."""
    marked: list[Entity] = list(entities or [])
    mode = (parse_mode or "").lower()
    if mode == "html":
        text, marked = parse_html(text)
    elif mode in {"markdown", "markdownv2"}:
        raise bad_request("the sandbox reads parse_mode HTML only")
    elif mode:
        raise bad_request("unsupported parse_mode")
    text, marked = trimmed(text, _with_users(world, marked))
    return text, finished(text, marked)


def _with_users(world: World, entities: list[Entity]) -> list[Entity]:
    kept = []
    for entity in entities:
        user_id = entity.pop("_user_id", None)
        if user_id is None:
            kept.append(entity)
        elif user_id in world.people:
            kept.append({**entity, "user": world.people[user_id].user})
    return kept


def text_content(world: World, params: Params) -> Json:
    """The text part of a message; 400 when it is empty or over 4096 UTF-16 units."""
    raw = params.text("text")
    if raw is None or not raw:
        raise bad_request("message text is empty")
    entities = params.structure("entities")
    text, entities = formatted(world, raw, params.text("parse_mode"), entities)
    if not text:
        raise bad_request("text must be non-empty")
    if units(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = params.structure("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return content


def caption_content(world: World, source: Params) -> Json:
    """The caption part of a message, empty when there is none; 400 when over 1024 units."""
    raw = source.text("caption")
    if not raw:
        return {}
    entities = source.structure("caption_entities")
    text, entities = formatted(world, raw, source.text("parse_mode"), entities)
    if units(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def markup_of(params: Params, chat: Chat) -> Markup:
    """The checked reply_markup of a call."""
    markup = params.structure("reply_markup")
    return checked_markup(markup, private=chat.kind == "private")


def _answered(world: World, params: Params, chat: Chat) -> Json:
    reply = params.structure("reply_parameters") or {}
    message_id = reply.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return {}
    stored = world.find(chat.id, int(message_id))
    if stored is None:
        may = reply.get("allow_sending_without_reply")
        if may or params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": without_reply(stored.body)}


def without_reply(body: Json) -> Json:
    """A message as it stands inside another: replies nest one level only."""
    return {key: value for key, value in body.items() if key != "reply_to_message"}


def send(world: World, params: Params, chat: Chat, content: Json) -> Stored:
    """Puts a message of the bot into the chat with the call's keyboard and reply."""
    markup = markup_of(params, chat)
    extra = _answered(world, params, chat)
    if params.flag("protect_content"):
        extra["has_protected_content"] = True
    if markup.inline:
        extra["reply_markup"] = markup.inline
    if markup.reply is not None:
        _change_keyboard(chat, markup.reply)
    return world.add_message(chat.id, world.bot, {**content, **extra}, markup.reply)


def _change_keyboard(chat: Chat, reply: Json) -> None:
    if "keyboard" in reply:
        chat.keyboard = reply
    elif reply.get("remove_keyboard"):
        chat.keyboard = None
