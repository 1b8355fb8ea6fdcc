"""What is around a point, within a radius."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Update

from handlers.frame.context import Context, is_private
from handlers.frame.screens import Screen
from handlers.looks.bell import of_near, with_follow
from handlers.looks.names import names_of, stored_names
from handlers.views import near as view
from handlers.views.callbacks import NearState
from handlers.views.lists import PAGE, pages
from handlers.views.names import Names, unknown_districts
from storage.geo.points import Point
from storage.nearby import within
from storage.places import districts
from storage.places.vicinity import place_grid
from storage.projects.data_day import data_day
from storage.projects.summary import Listed


async def near_screen(update: Update, context: Context, point: Point) -> Screen:
    """The first page around a point, within the person's radius.

    Where nothing alive is in it, the least wider one that has something is shown; that nothing at
    all is in one's own is said.
    """
    own = await around_point(update, context, NearState(point=point, radius_m=context.radius_m))
    if not own.placed and not own.far:
        for radius_m in view.wider(own.state.radius_m):
            state = NearState(point=point, radius_m=radius_m)
            around = await around_point(update, context, state)
            if around.placed:
                empty_m = 0 if own.within else own.state.radius_m
                return await _drawn(context, replace(around, empty_m=empty_m))
    return await _drawn(context, own)


async def page_around(update: Update, context: Context, state: NearState) -> Screen:
    """The page asked for; the last one when there are no longer so many."""
    around = await around_point(update, context, state)
    if not around.items and state.page:
        last = pages(around.total) - 1 if around.total else 0
        return await page_around(update, context, state.turned(last))
    return await _drawn(context, around)


async def _drawn(context: Context, around: view.Around) -> Screen:
    """What is around as a screen; the districts to look at instead where it is outside the city."""
    if around.far:
        known = await context.facts(districts.districts)
        names = Names({facts.slug: facts.names for facts in known})
        return view.far_screen(context.t, names, [facts.slug for facts in known])
    if not around.items:
        around = replace(around, until=await context.facts(data_day))
    screen = view.near_screen(context.t, await names_around(context, around), around, context.today)
    return await with_follow(context, screen, of_near(around.state))


async def around_point(update: Update, context: Context, state: NearState) -> view.Around:
    """By distance what has a point; after it what is in the same district without one.

    What is past due and for a year nobody told of comes after all of that, in the same order.
    """
    about = (await context.facts(place_grid)).about(state.point)

    async def near(*, offset: int, limit: int) -> within.AliveFirst:
        return await context.store.read(
            within.nearby, state.point, state.radius_m, state.filter,
            today=context.today, offset=offset, limit=limit,
        )  # fmt: skip

    async def without(*, offset: int, limit: int) -> within.AliveFirst:
        return await context.facts(
            within.without_point, about.districts, state.filter,
            today=context.today, offset=offset, limit=limit,
        )  # fmt: skip

    placed = await near(offset=state.page * PAGE, limit=PAGE)
    pointless = await without(offset=0, limit=0)
    alive, alive_without, silent, silent_without = _parts(
        state.page * PAGE, placed.alive, pointless.alive, placed.silent, pointless.silent
    )
    home = context.person.home if context.person else None
    return view.Around(
        state,
        about,
        placed.items[: len(alive)],
        placed.total,
        await _items(without, alive_without),
        pointless.alive,
        (
            *await _items(near, silent, after=placed.alive),
            *await _items(without, silent_without, after=pointless.alive),
        ),
        placed.total + pointless.total,
        is_home=home is not None and state.point.rounded() == home,
        may_keep=is_private(update),
    )


def _parts(offset: int, *counts: int) -> list[range]:
    """Which ones of each of several lists, told one after the other, the page from `offset` has."""
    found, before = [], 0
    for count in counts:
        first, end = max(offset - before, 0), min(offset + PAGE - before, count)
        found.append(range(first, max(first, end)))
        before += count
    return found


async def _items(
    query: Callable[..., Awaitable[within.AliveFirst]], part: range, *, after: int = 0
) -> tuple[Listed, ...]:
    """The part of what the query lists from the place `after` on."""
    if not part:
        return ()
    return (await query(offset=after + part.start, limit=len(part))).items


async def names_around(context: Context, around: view.Around) -> Names:
    """The names of the districts and programmes that the list around a point shows."""
    own = await stored_names(context, unknown_districts(around.vicinity.districts), ())
    others = await names_of(context, around.items)
    return Names({**own.districts, **others.districts}, others.programmes)
