"""On a phone: no screen of subscriptions has more than four rows of buttons or twenty lines."""

from datetime import UTC, date, datetime

import pytest

from handlers.frame.phone import MOST_LINES, lines_taken
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import LANGUAGES, Language, Texts, texts_for
from handlers.subscriptions.views.chat_facts import Desk, Unplaced
from handlers.subscriptions.views.draft import Previewed, draft_screen, subscribed_screen
from handlers.subscriptions.views.draft_menus import MENUS, PAGED
from handlers.subscriptions.views.pausing import (
    asleep_screen,
    days_screen,
    fewer_screen,
    months_screen,
    pause_screen,
    paused_screen,
)
from handlers.subscriptions.views.subscriptions import (
    ended_screen,
    full_screen,
    list_screen,
    more_screen,
    near_a_place_screen,
    new_screen,
)
from handlers.views.callbacks import SUBSCRIPTIONS
from handlers.views.draft_data import Draft
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.news.matching import News
from storage.subscriptions.schedules import CADENCES, Schedule
from storage.subscriptions.subscribers import SubscriberFacts
from storage.subscriptions.subscriptions import LIMIT, Preview, Subscribed
from storage.tables.numbers import Numbered
from storage.vocabulary import DISTRICTS, PROGRAMMES

NUMBERS = Numbered(
    {slug: n for n, slug in enumerate(DISTRICTS, 1)},
    {code: n for n, code in enumerate(PROGRAMMES, 1)},
    tuple(DISTRICTS),
)
NOW = datetime(2025, 11, 20, 12, tzinfo=UTC)
HOME = Point.of(43.222, 76.851)
NOTHING = Previewed(Preview((), (0, 0, 0, 0)), {})
TITLE = "Наурызбай ауданы, Шұғыла ықшам ауданындағы 1500 орындық мектептің құрылысы"
NEWS = tuple(News(n, "completed", n, NOW) for n in range(1, 42))
MUCH = Previewed(Preview(NEWS, (0, 0, 1, 40)), dict.fromkeys(range(1, 42), TITLE))
CIRCLE = NewsFilter(near=Circle(HOME, 600))
MOST_ROWS = 4
BACK = Button("↩️", SUBSCRIPTIONS)


def desk(count: int, *, private: bool = True, **facts: object) -> Desk:
    """A chat with so many circles, each of which leaves something out."""
    wanted = [NewsFilter(news=NEWS_KINDS, near=Circle(HOME, 200 * n)) for n in range(1, count + 1)]
    known: dict[str, object] = {
        "chat_id": 1,
        "language": "kk",
        "rests_because": None,
        "notes": False,
        "paused_until": None,
        "rests_since": None,
        "subscriptions": count,
    }
    return Desk(
        numbers=NUMBERS,
        mine=tuple(
            Subscribed(n, Schedule("daily", 0, 9), each, None) for n, each in enumerate(wanted, 1)
        ),
        facts=SubscriberFacts(**{**known, **facts}),  # type: ignore[arg-type]
        private=private,
        home=HOME,
        unplaced={each.canonical(): Unplaced(("nauryzbay",), 15) for each in (*wanted, CIRCLE)},
    )


def menus(t: Texts) -> list[Screen]:
    """The menus of a draft and the calendar of a pause."""
    today = date(2025, 11, 20)
    found = [months_screen(t, today)]
    found += [days_screen(t, date(2025, month, 1), today) for month in (11, 12)]
    one = desk(1)
    standing = one.mine[0]
    wanted = (NewsFilter(), CIRCLE, NewsFilter(districts=("medeu",)), standing.filter)
    for cadence in CADENCES:
        for each in wanted:
            for target in (0, standing.id):
                draft = Draft(each, cadence=cadence, target=target)
                found += [menu(t, one, draft) for menu in MENUS.values()]
                found += [menu(t, one, draft, page) for menu in PAGED.values() for page in range(9)]
    return found


def screens(t: Texts) -> list[Screen]:
    """All else that is shown of subscriptions."""
    desks = [
        desk(count, private=private, **facts)
        for count in (0, 1, 2, 3, 4, 5, LIMIT)
        for private in (True, False)
        for facts in ({}, {"paused_until": NOW}, {"rests_since": NOW})
    ]
    found = [
        ended_screen(t, 0),
        ended_screen(t, 3),
        full_screen(t),
        paused_screen(t, date(2025, 12, 1)),
    ]
    for each in desks:
        found += [list_screen(t, each, BACK, page=page) for page in range(5)]
        found += [new_screen(t, each, BACK), more_screen(t, each), near_a_place_screen(t, each)]
        found += [fewer_screen(t, each), pause_screen(t, each, date(2025, 11, 20))]
        if each.facts:
            found.append(asleep_screen(t, each.facts))
        wide = Draft(NewsFilter(districts=("medeu",)))
        drafts = [Draft(CIRCLE), wide, *(Draft(CIRCLE, target=one.id) for one in each.mine[:1])]
        for draft in drafts:
            found += [draft_screen(t, each, draft, seen) for seen in (NOTHING, MUCH)]
            found += [subscribed_screen(t, each, draft, due_at=due, now=NOW) for due in (NOW, None)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_four_rows(language: Language) -> None:
    for screen in screens(texts_for(language)):
        assert len(screen.buttons) <= MOST_ROWS, (screen.text, screen.buttons)
        assert max(map(len, screen.buttons)) <= 4, screen.buttons
    for screen in menus(texts_for(language)):
        assert 1 < len(screen.buttons) <= MOST_ROWS, (screen.text, screen.buttons)
        assert max(map(len, screen.buttons)) <= 8, screen.buttons


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_twenty_lines(language: Language) -> None:
    t = texts_for(language)
    for screen in (*screens(t), *menus(t)):
        assert lines_taken(screen.text) <= MOST_LINES, screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_menu_leads_on(language: Language) -> None:
    """Wherever the way on stands, it is there once."""
    t = texts_for(language)
    for screen in menus(t)[3:]:
        labels = [button.label for row in screen.buttons for button in row]
        assert sum(label in {t("➡️ Done"), t("✅ Keep")} for label in labels) == 1, labels
