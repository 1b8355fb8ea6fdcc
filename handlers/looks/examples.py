"""Three projects to press at /start: nearest to home, else those of the city's latest news."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.frame.context import Context
from handlers.frame.screens import Screen
from handlers.views.guide.greeting import examples_screen
from storage.geo.points import MAX_RADIUS_M
from storage.nearby import within
from storage.news import recent
from storage.projects import listing
from storage.projects.about import about
from storage.projects.project_filter import CITY
from storage.projects.summary import Listed

SHOWN = 3
DAYS = 365  # a project completed longer ago is no news
NEARLY = replace(CITY, statuses=("final_stage",))


async def examples(context: Context) -> Screen | None:
    """What is offered at /start, with the day until which the data reach; None without a list."""
    facts = await context.facts(about)
    home = context.person.home if context.person else None
    near: Sequence[Listed] = ()
    if home is not None:
        around = await context.store.read(
            within.nearby, home, MAX_RADIUS_M, CITY, today=context.today, limit=SHOWN
        )
        near = around.items
    found = near or await _of_the_news(context)
    if not found:
        return None
    return examples_screen(context.t, found, facts.data_until, near_home=bool(near))


async def _of_the_news(context: Context) -> Sequence[Listed]:
    """The city's latest completed ones; where there are too few, those at the final stage too."""
    done = await context.facts(recent.completed_within, context.today, DAYS, CITY, limit=SHOWN)
    if len(done.items) == SHOWN:
        return done.items
    nearly = await context.facts(listing.listing, NEARLY, order="newest", limit=SHOWN)
    return (*done.items, *nearly.items)[:SHOWN]
