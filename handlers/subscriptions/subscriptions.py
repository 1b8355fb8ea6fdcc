"""/subscribe and /stop: the chat's subscriptions, one more, one less, none any more."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers.frame.context import Context, Qala
from handlers.frame.main_keyboard import KeyLabel
from handlers.frame.screens import Button, empty_screen, show
from handlers.frame.texts import LANGUAGES
from handlers.frame.wishes import Wish
from handlers.subscriptions.administrators import for_administrators
from handlers.subscriptions.chat_facts import desk_of
from handlers.subscriptions.views import subscriptions as view
from handlers.subscriptions.views.chat_facts import draft_of
from handlers.subscriptions.views.pausing import fewer_screen
from handlers.views.callbacks import SUBSCRIPTIONS
from storage.subscriptions import subscribers
from storage.subscriptions import subscriptions as stored

TYPED = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST


async def all_of_them(update: Update, context: Context) -> None:
    """The chat's subscriptions; without any, what it could have."""
    if await context.is_empty():
        await show(update, context, empty_screen(context.t))
        return
    await show_list(update, context)


async def show_list(update: Update, context: Context, notice: str = "", page: int = 0) -> None:
    """A page of the list, with a short toast where a press changed something."""
    desk = await desk_of(update, context)
    await show(update, context, view.list_screen(context.t, desk, page=page), notice=notice)


async def turn(update: Update, context: Context) -> None:
    """Another page of the list."""
    await show_list(update, context, page=int(argument(context)))


async def more(update: Update, context: Context, notice: str = "") -> None:
    """What goes for all of them and stands behind ⋯."""
    desk = await desk_of(update, context)
    await show(update, context, view.more_screen(context.t, desk), notice=notice)


async def new(update: Update, context: Context) -> None:
    """What can be subscribed to."""
    await show(update, context, view.new_screen(context.t, await desk_of(update, context)))


async def near_a_place(update: Update, context: Context) -> None:
    """How to follow what is around a place."""
    desk = await desk_of(update, context)
    await show(update, context, view.near_a_place_screen(context.t, desk))


async def remove(update: Update, context: Context) -> None:
    """One less; the list that is left carries the way back."""
    number = int(argument(context))
    standing = (await desk_of(update, context)).found(number)
    await context.store.write(stored.remove, context.chat_id, number)
    desk = await desk_of(update, context, *([standing.filter] if standing else []))
    extra: tuple[Button, ...] = ()
    if standing is not None:
        draft = replace(draft_of(standing), target=0)
        extra = (desk.button(context.t("↩️ Bring it back"), "+", draft),)
    screen = view.list_screen(context.t, desk, *extra)
    await show(update, context, screen, notice=context.t("Removed."))


async def stop(update: Update, context: Context) -> None:
    """All of it ends at once."""
    ended = await context.store.write(subscribers.end_everything, context.chat_id)
    await show(update, context, view.ended_screen(context.t, ended))


async def ask_what_ends(update: Update, context: Context) -> None:
    """Who writes that it shall end may mean one of several: the ways to hear less."""
    desk = await desk_of(update, context)
    await show(update, context, fewer_screen(context.t, desk))


async def choose_notes(update: Update, context: Context) -> None:
    """Whether the chat hears that nothing was new."""
    wanted = argument(context) == "1"
    await context.store.write(subscribers.set_notes, context.chat_id, wanted)
    notice = (
        context.t("When nothing was new for a month, I will say so.")
        if wanted
        else context.t("When nothing is new, I keep silent.")
    )
    await more(update, context, notice)


async def choose_language(update: Update, context: Context) -> None:
    """The language of a group's or channel's digests."""
    chosen = argument(context)
    await context.store.write(subscribers.set_digest_language, context.chat_id, chosen)
    notice = context.t("The digests here will come in this language.")
    await more(update, context, notice)


def argument(context: Context) -> str:
    """What the pressed button carries."""
    match = context.matches[0] if context.matches else None
    return match.group(1) if match else ""


def register(application: Qala) -> None:
    """/subscribe, /stop (in channels too), the keyboard's label, buttons."""
    for command, handler in (("subscribe", all_of_them), ("stop", stop)):
        guarded = for_administrators(handler)
        application.add_handler(CommandHandler(command, guarded, TYPED))
    for topic, handler in (
        ("subscriptions", all_of_them),
        ("subscribe", all_of_them),
        ("unsubscribe", ask_what_ends),
    ):
        application.add_handler(MessageHandler(KeyLabel(topic), for_administrators(handler)))
    for wish, handler in (("stop", stop), ("subscribe", all_of_them)):
        application.add_handler(MessageHandler(Wish(wish), for_administrators(handler)))
    for pattern, handler in (
        (SUBSCRIPTIONS, all_of_them),
        (view.NEW, new),
        (view.NEAR_A_PLACE, near_a_place),
        (view.REMOVE + r"(\d{1,18})", remove),
        (view.STOP, stop),
        (view.MORE, more),
        (view.PAGE_OF_LIST + r"(\d{1,2})", turn),
        (view.NOTES + "([01])", choose_notes),
        (view.LANGUAGE + f"({'|'.join(LANGUAGES)})", choose_language),
    ):
        application.add_handler(CallbackQueryHandler(for_administrators(handler), f"^{pattern}$"))
