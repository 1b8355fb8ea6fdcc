"""The 🔔 under a card or a list: a ready draft of just that, or the subscription that is there."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.frame.context import Context
from handlers.frame.screens import Button, Screen
from handlers.understanding.question import Intent, Question
from handlers.views.callbacks import OPEN_ANEW, ListState, NearState
from handlers.views.draft_data import OF_A_PROJECT, TOO_MUCH, Draft, draft_data
from storage.news.filters import NewsFilter
from storage.subscriptions import subscriptions
from storage.subscriptions.subscriptions import Subscribed
from storage.tables.numbers import numbered
from storage.values.city import REGION

FOLLOWED: frozenset[Intent] = frozenset({"list", "count", "near", "new"})
"""The questions whose answers are lists of what is being built; more may be new there."""


async def with_follow(context: Context, screen: Screen, wanted: NewsFilter) -> Screen:
    """The screen with the 🔔 in its last row.

    A subscription to the same place and things is opened, whichever news it is about.
    """
    if not context.is_in_chat:
        return screen
    mine = await _subscriptions(context)
    standing = _standing(mine, wanted.canonical())
    if standing is not None:
        button = Button(context.t("✓ Subscribed"), f"{OPEN_ANEW}{standing.id}")
    else:
        data = draft_data("D", Draft(wanted.canonical()), await context.facts(numbered))
        if data == TOO_MUCH:  # a district or a programme that the store does not have
            return screen
        button = Button(context.t("🔔 Follow"), data)
    return replace(screen, bell=button)


async def _subscriptions(context: Context) -> Sequence[Subscribed]:
    if not context.follows:
        return ()
    return await context.store.read(subscriptions.subscriptions, context.chat_id)


def of_project(number: int) -> NewsFilter:
    """One project: that it is completed, and what else changes."""
    return NewsFilter(news=OF_A_PROJECT, projects=(number,))


def of_near(state: NearState) -> NewsFilter:
    """What is around a point, of the sector that the list shows."""
    return NewsFilter.about(replace(state.filter, near=state.circle))


def of_list(state: ListState) -> NewsFilter:
    """A district, a programme or the whole city, of the sector that the list shows."""
    return NewsFilter.about(state.filter)


def of_question(question: Question) -> NewsFilter | None:
    """What a list that answers a question is of; None where a filter would mean something else."""
    narrower = (question.period, question.amount, question.contractor, question.number)
    if question.intent not in FOLLOWED or question.projects or any(narrower):
        return None
    if question.area == REGION or (question.place and question.districts):
        return None
    if question.intent == "near" and question.place is None:
        return None  # it was around the home: that stands under the list of near me
    wanted = NewsFilter.about(question.filter)
    return wanted if wanted != NewsFilter() else None


def _standing(mine: Sequence[Subscribed], wanted: NewsFilter) -> Subscribed | None:
    return next((each for each in mine if replace(each.filter, news=wanted.news) == wanted), None)
