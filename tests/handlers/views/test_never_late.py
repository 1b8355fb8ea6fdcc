"""Nothing that a screen says of an unheard project calls it late, in no language."""

from datetime import date

import pytest

from handlers.frame.texts import texts_for
from handlers.views.entries import entry
from handlers.views.facts import Body
from handlers.views.lists import late_line
from handlers.views.names import Names
from storage.database.store import Store
from storage.news.recent import overdue
from storage.projects.figures import count, top
from storage.projects.listing import card, listing
from storage.projects.project_filter import EVERYWHERE, ProjectFilter
from storage.words.languages import LANGUAGES

LATE = ("⏰", "кеш қал", "күн болды", "росроч", "позже", "verdue", "days late", "later than")


@pytest.mark.parametrize("today", [date(2025, 11, 20), date(2026, 2, 20), date(2026, 12, 1)])
def test_the_shipped_projects(shipped_sqlite: Store, today: date) -> None:
    with shipped_sqlite.reading() as session:
        everything = listing(session, EVERYWHERE, limit=10_000).items
        silent = [each for each in everything if each.is_unheard(today)]
        cards = [card(session, each.id, today) for each in silent]
        assert len(silent) > 10
        for each, known in zip(silent, cards, strict=True):
            assert known is not None
            for language in LANGUAGES:
                t = texts_for(language)
                shown = entry(t, Names(), each, today)
                told = [
                    *shown.below,
                    late_line(t, each, today),
                    Body(t, Names(), known, today).text(),
                ]
                found = [word for word in LATE for text in told if word in text]
                assert not found, (each.key, language, told)
        numbers = {each.id for each in silent}
        late = overdue(session, today, EVERYWHERE, limit=10_000)
        ranked = top(session, EVERYWHERE, "latest", today, limit=10_000)
        assert late.total == count(session, ProjectFilter(area=None, overdue_on=today)) > 0
        assert not numbers & {each.listed.id for each in late.items}
        assert not numbers & {each.listed.id for each in ranked.items}
