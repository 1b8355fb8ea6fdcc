"""What is kept of a person, all of it in a file, and none of it any more."""

import json

from telegram import InputFile, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers.frame.context import Context, Qala, is_private
from handlers.frame.main_keyboard import menu_button
from handlers.frame.screens import PART, Button, Screen, answer_press, politely, show
from handlers.frame.texts import Markup, plain
from handlers.views.guide.about import data_licences
from handlers.views.guide.settings import PRIVACY, back_button, in_private
from handlers.views.parts import parted
from storage.people import people
from storage.people.missed_questions import KEPT as MISSED_KEPT
from storage.projects.about import package

EXPORT, DELETE, DELETE_NOW = "o:export", "o:delete", "o:delete:yes"
KEPT_MONTHS = 24  # without a contact; `people.delete_unseen_since` sees to it


async def privacy(update: Update, context: Context) -> None:
    """What is kept and for how long; in a group too, where nothing is kept."""
    await show(update, context, _privacy_screen(update, context))


async def export(update: Update, context: Context) -> None:
    """Everything that is kept, as a JSON document."""
    if not is_private(update):
        await show(update, context, in_private(context.t, context.bot.username))
        return
    t = context.t
    await context.bot_data.notes.write(context.store)
    kept = await context.store.read(people.export_person, context.chat_id)
    if not kept:
        await show(update, context, Screen(t("Nothing is kept about you."), ((menu_button(t),),)))
        return
    await answer_press(update)
    licences = data_licences(t, await context.facts(package))
    content = json.dumps(kept | licences, ensure_ascii=False, indent=2).encode()
    document = InputFile(content, filename=plain(t("qala-my-data.json")))
    await politely(
        lambda: context.bot.send_document(
            context.chat_id, document, caption=t("This is everything I keep about you.")
        )
    )


async def ask_to_delete(update: Update, context: Context) -> None:
    """Ask once."""
    t = context.t
    text = t(
        "<b>Delete everything I keep about you?</b>\n"
        "Your language, home and radius will be forgotten, and all your subscriptions end. "
        "This cannot be undone."
    )
    rows = (
        (Button(t("🗑 Yes, delete"), DELETE_NOW),),
        (Button(t("No, keep it"), PRIVACY),),
    )
    await show(
        update,
        context,
        Screen(text, rows) if is_private(update) else in_private(context.t, context.bot.username),
    )


async def delete(update: Update, context: Context) -> None:
    """Delete the person's row; the next message starts anew."""
    if not is_private(update):
        await show(update, context, in_private(context.t, context.bot.username))
        return
    context.due = False  # this very press must not write them down again
    await context.bot_data.notes.write(context.store)
    await context.store.write(people.delete_person, context.chat_id)
    text = context.t("Deleted: nothing is kept about you now. If you write again, we start anew.")
    await show(update, context, Screen(text))


def _privacy_screen(update: Update, context: Context) -> Screen:
    t = context.t
    parts = [
        t("🔒 <b>What I keep about you</b>"),
        t(
            "• the language you chose\n"
            "• your home, if you save it: a point rounded to about 100 m\n"
            "• your search radius\n"
            "• your subscriptions, and which digests you were sent\n"
            "• when you first and last wrote to me"
        ),
        t(
            "I keep no messages, no names, no phone numbers, and no location but the home you "
            "save. In groups I keep nothing about you."
        ),
        t(
            "I keep what I understood of a question for a day, so that you can go on: "
            "“and in Medeu?”"
        ),
        t.plural(
            "Questions I did not understand I keep for {n} day, not linked to you, "
            "to learn from them. You can switch this off in the settings.",
            "Questions I did not understand I keep for {n} days, not linked to you, "
            "to learn from them. You can switch this off in the settings.",
            MISSED_KEPT.days,
        ),
        t.plural(
            "It is kept until you delete it, at most {n} month after your last message.",
            "It is kept until you delete it, at most {n} months after your last message.",
            KEPT_MONTHS,
        ),
        t("Subscriptions are kept until you end them: /stop forgets what you were sent as well."),
    ]
    rows = (
        (Button(t("📄 Export my data"), EXPORT),),
        (Button(t("🗑 Delete my data"), DELETE),),
        (back_button(t),),
    )
    screen = Screen(Markup("\n\n").join(parts), rows if is_private(update) else ())
    return parted(screen, context.part, lambda at: f"{PRIVACY}:{at}")


def register(application: Qala) -> None:
    """/privacy and its buttons."""
    application.add_handler(CommandHandler("privacy", privacy))
    for pattern, handler in (
        (PRIVACY + PART, privacy),
        (EXPORT, export),
        (DELETE, ask_to_delete),
        (DELETE_NOW, delete),
    ):
        application.add_handler(CallbackQueryHandler(handler, f"^{pattern}$"))
