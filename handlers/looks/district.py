"""A district's page."""

from handlers.frame.context import Context
from handlers.frame.screens import Screen
from handlers.looks.bell import of_list, with_follow
from handlers.views import districts as view
from handlers.views.callbacks import ListState
from handlers.views.names import Names
from storage.places import districts


async def district_screen(context: Context, slug: str) -> Screen | None:
    """A district's page; None for an unknown one."""
    facts = await context.facts(districts.district, slug)
    if facts is None:
        return None
    screen = view.district_screen(context.t, Names({slug: facts.names}), facts)
    return await with_follow(context, screen, of_list(ListState(code=slug)))
