"""What districts and programmes are called that only the store knows."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from handlers.frame.context import Context
from handlers.views.names import Names, unknown_districts, unknown_programmes
from storage.places import districts
from storage.programmes import programmes
from storage.projects.summary import Listed

Reading = Callable[..., Awaitable[Any]]
"""`Store.read`, or `Context.facts`, which remembers."""


async def names_of(context: Context, found: Iterable[Listed]) -> Names:
    """The names of those districts and programmes of the projects that only the store knows."""
    items = tuple(found)
    slugs = unknown_districts(slug for listed in items for slug in listed.districts)
    codes = unknown_programmes(code for listed in items for code in listed.programmes)
    return await stored_names(context, slugs, codes)


async def stored_names(context: Context, slugs: Iterable[str], codes: Iterable[str]) -> Names:
    """The names of these districts and programmes as the store has them."""
    return await names_in(context.facts, slugs, codes)


async def names_in(read: Reading, slugs: Iterable[str], codes: Iterable[str]) -> Names:
    """The same for one who has no update to answer: through `Store.read`."""
    named = {slug: await read(districts.district, slug) for slug in slugs}
    titled = {code: await read(programmes.programme, code) for code in codes}
    return Names(
        {slug: facts.names for slug, facts in named.items() if facts},
        {code: card.facts.names for code, card in titled.items() if card},
    )
