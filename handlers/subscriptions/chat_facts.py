"""What the screens of subscriptions know of the chat, read for one answer."""

from collections.abc import Iterable
from dataclasses import replace

from telegram import Update

from handlers.frame.context import Context, is_private
from handlers.subscriptions.views.chat_facts import Desk, Unplaced
from handlers.views.near import SAME_PLACE_M
from storage.geo.points import Point
from storage.nearby import within
from storage.news.filters import NewsFilter
from storage.places.vicinity import place_grid
from storage.projects import listing
from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.subscriptions import subscribers, subscriptions
from storage.subscriptions.subscribers import SubscriberFacts
from storage.tables.numbers import numbered


async def desk_of(update: Update, context: Context, *wanted: NewsFilter) -> Desk:
    """The chat's subscriptions, with the names for them and for what is `wanted` besides."""
    read, person = context.store.read, context.person
    mine = await read(subscriptions.subscriptions, context.chat_id)
    filters = [*wanted, *(each.filter for each in mine)]
    return Desk(
        numbers=await read(numbered),
        mine=mine,
        facts=await facts_of(context),
        private=is_private(update),
        home=person.home if person else None,
        radius_m=context.radius_m,
        titles=await titles_of(context, (each.project for each in filters)),
        places=await _places(context, {each.near.point for each in filters if each.near}),
        unplaced=await _unplaced(context, filters),
    )


async def facts_of(context: Context) -> SubscriberFacts | None:
    """What is kept of the chat's subscriptions as a whole; a pause that has passed is none."""
    facts = await context.store.read(subscribers.subscriber, context.chat_id)
    if facts is None or facts.paused_until is None or facts.paused_until > context.clock:
        return facts
    return replace(facts, paused_until=None)


async def titles_of(context: Context, numbers: Iterable[int | None]) -> dict[int, str]:
    """The titles of projects in the person's language; those that are gone are left out."""
    asked = tuple({number for number in numbers if number})
    if not asked:
        return {}
    listed = ProjectFilter(area=EVERYWHERE.area, projects=asked)
    found = await context.facts(listing.listing, listed, limit=len(asked))
    return {each.id: each.titles.shown(context.language) for each in found.items}


async def _unplaced(context: Context, filters: Iterable[NewsFilter]) -> dict[NewsFilter, Unplaced]:
    """How many projects that pass the rest of each filter have no point, where it has a circle."""
    grid, found = await context.facts(place_grid), {}
    for wanted in {each.canonical() for each in filters if each.near}:
        if wanted.near is None:
            continue
        districts = grid.about(wanted.near.point).districts
        rest = replace(wanted, near=None)
        page = await context.facts(within.without_point, districts, rest, limit=1)
        if page.total:
            found[wanted] = Unplaced(districts, page.total)
    return found


async def _places(context: Context, points: Iterable[Point]) -> dict[Point, str]:
    """The names of the known places next to the points."""
    named = {}
    grid = await context.facts(place_grid)
    for point in points:
        about = grid.about(point)
        metres = about.distance_m
        if about.place is not None and metres is not None and metres <= SAME_PLACE_M:
            named[point] = about.place.names.shown(context.language)
    return named
