"""Every card of the shipped data set on a phone, in three languages, on two days."""

from datetime import date

import pytest

from handlers.frame.phone import MOST_LINES, lines_taken
from handlers.frame.texts import Language, texts_for
from handlers.views.card import write
from handlers.views.names import Names
from storage.database.store import Store
from storage.projects.listing import card, listing
from storage.projects.project_filter import EVERYWHERE
from storage.words.languages import LANGUAGES


@pytest.mark.parametrize("today", [date(2025, 11, 20), date(2026, 12, 1)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_fits(shipped_sqlite: Store, language: Language, today: date) -> None:
    t, too_long = texts_for(language), []
    with shipped_sqlite.reading() as session:
        for listed in listing(session, EVERYWHERE, limit=10_000).items:
            found = card(session, listed.id, today)
            assert found is not None
            written = write(t, Names(), found, today)
            told = {lines_taken(text): str(text) for text in (written.text, written.more)}
            too_long += [(listed.key, *each) for each in told.items() if each[0] > MOST_LINES]
    assert too_long == []
