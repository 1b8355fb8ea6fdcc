"""Less of it: the one button under every digest, pauses, and the wake after a rest."""

from datetime import UTC, date, datetime, time, timedelta

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.frame.context import Context, Qala
from handlers.frame.screens import Screen, send, show
from handlers.subscriptions.administrators import for_administrators
from handlers.subscriptions.chat_facts import desk_of
from handlers.subscriptions.subscriptions import argument, show_list
from handlers.subscriptions.views import pausing as view
from handlers.subscriptions.views.subscriptions import GO_ON, PAUSE, WAKE
from handlers.views.callbacks import FEWER
from storage.subscriptions import subscribers
from storage.subscriptions.reduce import LESS, lessen
from storage.values.city import CITY_TIME

LONGEST = timedelta(days=400)  # what the months to choose from take in


async def fewer(update: Update, context: Context) -> None:
    """The ways to hear less, in a message of its own: the digest stays as it is."""
    screen = view.fewer_screen(context.t, await desk_of(update, context))
    await show(update, context, screen, anew=True)


async def hear_less(update: Update, context: Context) -> None:
    """All of the chat's subscriptions made less in one way."""
    less = next(each for each in LESS if each.startswith(argument(context)))
    changed = await context.store.write(lessen, context.chat_id, less, context.clock)
    notice = context.t("Changed.") if changed else context.t("There is nothing to change here.")
    await show_list(update, context, notice)


async def pause(update: Update, context: Context) -> None:
    """How long to be silent; without subscriptions there is nothing to pause."""
    desk = await desk_of(update, context)
    if desk.facts is None:
        await show_list(update, context, context.t("You have no subscriptions yet."))
        return
    await show(update, context, view.pause_screen(context.t, desk, context.today))


async def months(update: Update, context: Context) -> None:
    """The months to choose the day from."""
    await show(update, context, view.months_screen(context.t, context.today))


async def days(update: Update, context: Context) -> None:
    """The days of a month; the months where its last day is past, or where it is none."""
    month = _day(argument(context) + "01")
    far = context.today + LONGEST
    if month is None or month > far or view.is_over(month, context.today):
        await months(update, context)
        return
    await show(update, context, view.days_screen(context.t, month, context.today))


async def pause_until(update: Update, context: Context) -> None:
    """Silent until the day begins in the city."""
    last = _day(argument(context))
    if last is None or not context.today < last <= context.today + LONGEST:
        await show_list(update, context, context.t("This day cannot be chosen. Choose another."))
        return
    begins = datetime.combine(last, time(), CITY_TIME).astimezone(UTC)
    known = await context.store.write(subscribers.pause, context.chat_id, begins, context.clock)
    if not known:
        await show_list(update, context, context.t("You have no subscriptions yet."))
        return
    screen = view.paused_screen(context.t, last)
    await show(update, context, screen, notice=context.t("Paused."))


async def go_on(update: Update, context: Context) -> None:
    """The pause ends now."""
    await context.store.write(subscribers.pause, context.chat_id, None, context.clock)
    await show_list(update, context, context.t("They go on."))


async def wake(update: Update, context: Context) -> None:
    """The rest ends."""
    await context.store.write(subscribers.wake, context.chat_id, context.clock)
    await show_list(update, context, context.t("They go on."))


async def let_rest(update: Update, context: Context) -> None:
    """Nothing is sent; /subscribe wakes them whenever somebody wants."""
    text = context.t("They stay on hold. To go on or end them: /subscribe")
    await show(update, context, Screen(text))


async def ask_to_wake(update: Update, context: Context) -> bool:
    """Ask whether to go on if the chat's subscriptions rest; whether it was asked."""
    if not context.follows:
        return False
    facts = await context.store.read(subscribers.subscriber, context.chat_id)
    if facts is None or facts.rests_since is None or not facts.subscriptions:
        return False
    await send(update, context, view.asleep_screen(context.t, facts))
    return True


def _day(text: str) -> date | None:
    """The day of eight digits, None for a day that no calendar has."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def register(application: Qala) -> None:
    """The button under digests, and what it leads to."""
    for pattern, handler in (
        (FEWER, fewer),
        (f"{view.LESS}([{''.join(less[0] for less in LESS)}])", hear_less),
        (PAUSE, pause),
        (view.MONTHS, months),
        (view.DAYS + "([0-9]{6})", days),
        (view.UNTIL + "([0-9]{8})", pause_until),
        (GO_ON, go_on),
        (WAKE, wake),
        (view.LEAVE, let_rest),
    ):
        application.add_handler(CallbackQueryHandler(for_administrators(handler), f"^{pattern}$"))
