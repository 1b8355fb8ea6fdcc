"""What is around a point, within a radius."""

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


async def near_screen(update: Update, context: Context, point: Point) -> Screen:
    """The first page around a point, within the person's radius."""
    state = NearState(point=point, radius_m=context.radius_m)
    return await page_around(update, context, state)


async def page_around(update: Update, context: Context, state: NearState) -> Screen:
    """The page asked for; the last one when there are no longer so many."""
    around = await around_point(update, context, state)
    if around.far:
        known = await context.facts(districts.districts)
        names = Names({facts.slug: facts.names for facts in known})
        return view.far_screen(context.t, names, [facts.slug for facts in known])
    if not around.items and state.page:
        last = pages(around.total) - 1 if around.total else 0
        return await page_around(update, context, state.turned(last))
    screen = view.near_screen(context.t, await names_around(context, around), around, context.today)
    return await with_follow(context, screen, of_near(state))


async def around_point(update: Update, context: Context, state: NearState) -> view.Around:
    """By distance what has a point; after all of it what is in the same district without one."""
    about, offset = (await context.facts(place_grid)).about(state.point), state.page * PAGE
    placed = await context.store.read(
        within.nearby, state.point, state.radius_m, state.filter, offset=offset, limit=PAGE
    )
    pointless = await context.facts(
        within.without_point,
        about.districts,
        state.filter,
        offset=max(0, offset - placed.total),
        limit=PAGE - len(placed.items),
    )
    home = context.person.home if context.person else None
    return view.Around(
        state,
        about,
        placed.items,
        placed.total,
        pointless.items,
        pointless.total,
        is_home=home is not None and state.point.rounded() == home,
        may_keep=is_private(update),
    )


async def names_around(context: Context, around: view.Around) -> Names:
    """The names of the districts and programmes that the list around a point shows."""
    own = await stored_names(context, unknown_districts(around.vicinity.districts), ())
    others = await names_of(context, around.items)
    return Names({**own.districts, **others.districts}, others.programmes)
