"""A subscription is made or changed: a draft with its preview, its menus, and the confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.frame.context import Context, Qala
from handlers.frame.screens import Screen, answer_press, show
from handlers.subscriptions.administrators import for_administrators
from handlers.subscriptions.chat_facts import desk_of, titles_of
from handlers.subscriptions.subscriptions import argument, show_list
from handlers.subscriptions.views import draft as view
from handlers.subscriptions.views.chat_facts import Desk, beside, draft_of
from handlers.subscriptions.views.draft_menus import MENUS, PAGED
from handlers.subscriptions.views.subscriptions import BOTH, OPEN, full_screen
from handlers.views.callbacks import OPEN_ANEW
from handlers.views.draft_data import DRAFT, ONE_NEEDED, TOO_MUCH, Draft, read_draft
from storage.news.filters import NewsFilter
from storage.subscriptions import subscriptions as stored
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import TooManySubscriptionsError
from storage.tables.numbers import numbered

CONFIRM, ANEW = "+", "D"


async def pressed(update: Update, context: Context) -> None:
    """A draft on one of its screens; where its choices are gone, the list with a word on it."""
    query = update.callback_query
    numbers = await context.facts(numbered)
    read = read_draft((query.data or "") if query else "", numbers)
    if read is None:
        await show_list(update, context, context.t("That choice is gone. Please choose again."))
        return
    screen, page, draft = read
    desk = await desk_of(update, context, draft.wanted)
    if draft.target and desk.found(draft.target) is None:
        draft = replace(draft, target=0)  # removed meanwhile: what is on the screen is a new one,
        screen = "d" if screen in {CONFIRM, BOTH} else screen  # and to be confirmed as such
    if screen in {CONFIRM, BOTH}:
        await _confirm(update, context, desk, draft, and_district=screen == BOTH)
    elif screen in MENUS:
        await show(update, context, MENUS[screen](context.t, desk, draft))
    elif screen in PAGED:
        await show(update, context, PAGED[screen](context.t, desk, draft, page))
    else:
        shown = await draft_screen(context, desk, draft)
        await show(update, context, shown, anew=screen == ANEW)


async def draft_screen(context: Context, desk: Desk, draft: Draft) -> Screen:
    """The draft with what it would have brought."""
    recent = context.bot_data.recent
    seen = await recent.preview(context.store, draft.wanted, context.clock)
    latest = [each.project for each in seen.news[: view.SHOWN]]
    previewed = view.Previewed(seen, await titles_of(context, latest))
    return view.draft_screen(context.t, desk, draft, previewed)


async def open_one(update: Update, context: Context) -> None:
    """A subscription as it stands, with the ways to change it."""
    await _open(update, context, anew=False)


async def open_one_anew(update: Update, context: Context) -> None:
    """The same in a message of its own: the card or list it was pressed on stays."""
    await _open(update, context, anew=True)


async def _open(update: Update, context: Context, *, anew: bool) -> None:
    desk = await desk_of(update, context)
    standing = desk.found(int(argument(context)))
    if standing is None:
        await show_list(update, context, context.t("This subscription is no longer there."))
        return
    screen = await draft_screen(context, desk, draft_of(standing))
    await show(update, context, screen, anew=anew)


async def too_much(update: Update, context: Context) -> None:
    """What was chosen has no room on a button."""
    text = context.t("That is a lot for one subscription. Make a second one for the rest.")
    await answer_press(update, text, alert=True)


async def one_needed(update: Update, context: Context) -> None:
    """Without any news there is nothing to tell."""
    text = context.t("At least one must stay chosen. Choose another first, then remove this one.")
    await answer_press(update, text, alert=True)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The subscription that a draft became, and whether there is one more or another one now."""

    number: int
    is_new: bool


async def _confirm(
    update: Update, context: Context, desk: Desk, draft: Draft, *, and_district: bool
) -> None:
    schedule = draft.schedule(desk.schedules)
    unplaced = desk.left_out(draft.wanted) if and_district else None
    besides = (beside(draft.wanted, unplaced),) if unplaced else ()
    try:
        kept = await context.store.write(
            _keep, context.chat_id, draft, schedule, context.language, context.clock, besides
        )
    except TooManySubscriptionsError:
        await show(update, context, full_screen(context.t))
        return
    if draft.target or (besides and not kept.is_new):
        notice = context.t("Added.") if besides else context.t("Changed.")
        await show_list(update, context, notice)
        return
    desk = await desk_of(update, context, draft.wanted)
    made = desk.found(kept.number)
    screen = view.subscribed_screen(
        context.t, desk, draft, due_at=made.due_at if made else None, now=context.clock
    )
    notice = context.t("Subscribed.") if kept.is_new else context.t("You have this one already.")
    await show(update, context, screen, notice=notice)


def _keep(
    session: Session,
    chat_id: int,
    draft: Draft,
    schedule: Schedule,
    language: str,
    now: datetime,
    besides: Sequence[NewsFilter] = (),
) -> _Kept:
    """Add or change it, and add what else is wanted `besides`, all in one transaction.

    TooManySubscriptionsError as `subscriptions.add`; nothing is kept then.
    """
    before = {each.id for each in stored.subscriptions(session, chat_id)}
    number = None
    if draft.target:
        number = stored.change(session, chat_id, draft.target, draft.wanted, schedule, now)
    is_new = number is None
    if number is None:
        number = stored.add(session, chat_id, draft.wanted, schedule, language, now)
        is_new = number not in before
    for wanted in besides:
        stored.add(session, chat_id, wanted, schedule, language, now)
    return _Kept(number, is_new)


def register(application: Qala) -> None:
    """The buttons of drafts."""
    for pattern, handler in (
        (OPEN + r"(\d{1,18})", open_one),
        (OPEN_ANEW + r"(\d{1,18})", open_one_anew),
        (TOO_MUCH, too_much),
        (ONE_NEEDED, one_needed),
        (DRAFT.pattern, pressed),
    ):
        application.add_handler(CallbackQueryHandler(for_administrators(handler), f"^{pattern}$"))
