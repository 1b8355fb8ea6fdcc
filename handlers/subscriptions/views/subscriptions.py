"""The chat's subscriptions, what it can subscribe to, and the end of all of it."""

from handlers.frame.dates import city_day
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import LANGUAGES, Markup, Texts
from handlers.subscriptions.views.chat_facts import CHOSEN, Desk, Unplaced, draft_of, to_list
from handlers.subscriptions.views.schedule_words import when_words
from handlers.views.callbacks import MENU, SUBSCRIPTIONS
from handlers.views.draft_data import Draft
from handlers.views.lists import (
    heading,
    lines,
    page_buttons,
    pages,
    paired,
    paragraphs,
    position,
    rows,
    shortened,
)
from handlers.views.numbers import distance
from handlers.views.told_apart import told_apart, within
from storage.geo.circle import Circle
from storage.news.filters import NewsFilter
from storage.subscriptions.subscriptions import LIMIT, Subscribed

NEW, NEAR_A_PLACE, PAUSE, STOP = "u:n", "u:e", "u:p", "u:s"
OPEN, REMOVE, NOTES, LANGUAGE, WAKE = "u:o", "u:x", "u:t", "u:l", "u:v"
GO_ON = "u:p0"
BOTH = "A"  # the screen of a draft that is kept together with the district of its point
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
PAGE_OF_LIST, MORE = "u:r", "u:j"
ON_A_PAGE = 4  # subscriptions: two lines each, and two rows of buttons
ROWS_OF_THEM = 2
MOST_NAME = 70  # characters of a name in the list: two lines of a phone
MOST_LABEL = 40  # characters of a subscription's name on its button


def list_screen(t: Texts, desk: Desk, *extra: Button, page: int = 0) -> Screen:
    """Return a page of the chat's subscriptions, or what it could have; `extra` stands below."""
    if not desk.mine:
        return new_screen(t, desk, *extra)
    page = min(page, pages(len(desk.mine), ON_A_PAGE) - 1)
    first = page * ON_A_PAGE
    shown = desk.mine[first : first + ON_A_PAGE]
    named = [
        (n, each, shortened(desk.name(t, each.filter).striptags(), MOST_NAME))
        for n, each in enumerate(shown, first + 1)
    ]
    body = [
        Markup("<b>{}. {}</b>\n⏰ {}").format(n, name, when_words(t, each.schedule))
        for n, each, name in named
    ]
    width = 1 if len(shown) <= ROWS_OF_THEM else 2
    labels = told_apart([name for _, _, name in named], within(MOST_LABEL // width - len("1. ")))
    buttons = [
        Button(f"{n}. {label}", _open(each))
        for (n, each, _), label in zip(named, labels, strict=True)
    ]
    circle = _leaving_out(desk)
    left_out = Markup("🏘 {}").format(unplaced_words(t, desk, circle[1])) if circle else ""
    district = add_district(t, desk, draft_of(circle[0])) if circle else ()
    turn = page_buttons(page, len(desk.mine), _turned, ON_A_PAGE)
    title = heading(t("🔔 <b>Subscriptions</b>"), position(t, page, len(desk.mine), ON_A_PAGE))
    return Screen(
        paragraphs(title, lines(*body), left_out, state_words(t, desk)),
        rows(*paired(buttons, width), (*extra, *district, *turn), _common(t, desk)),
    )


def _leaving_out(desk: Desk) -> tuple[Subscribed, Unplaced] | None:
    """The first circle that leaves out what no other subscription brings, and what it is."""
    for each in desk.mine:
        unplaced = desk.left_out(each.filter)
        if unplaced and not desk.hears_of(unplaced, each.filter):
            return each, unplaced
    return None


def unplaced_words(t: Texts, desk: Desk, unplaced: Unplaced) -> Markup:
    """Return «Әуезов ауданы: картада орны көрсетілмеген 12 жоба бар.»"""
    district = _district(t, desk, unplaced)
    return t.plural(
        "{district}: {n} project has no point on the map.",
        "{district}: {n} projects have no point on the map.",
        unplaced.projects,
        district=district,
    )


def add_district(t: Texts, desk: Desk, draft: Draft) -> tuple[Button, ...]:
    """Return the one tap that adds the district to a circle; nothing where that brings no more.

    The circle stays; of a draft that is not subscribed to yet both are.
    """
    unplaced = desk.left_out(draft.wanted)
    if unplaced is None or desk.hears_of(unplaced, draft.wanted):
        return ()
    district = _district(t, desk, unplaced)
    known = any(each.filter == draft.wanted.canonical() for each in desk.mine)
    label = (
        t("🏘 Add: {district}", district=district)
        if draft.target or known
        else t("✅ + {district}", district=district)
    )
    return (desk.button(shortened(label, MOST_LABEL), BOTH, draft),)


def _district(t: Texts, desk: Desk, unplaced: Unplaced) -> str:
    return ", ".join(desk.names.district(t, slug) for slug in unplaced.districts)


def _turned(page: int) -> str:
    return f"{PAGE_OF_LIST}{page}"


def _open(subscribed: Subscribed) -> str:
    return f"{OPEN}{subscribed.id}"


def state_words(t: Texts, desk: Desk) -> Markup:
    """Return that they rest or are paused, until when; blank where they come."""
    facts = desk.facts
    if facts is None:
        return Markup()
    if facts.rests_since is not None:
        since = city_day(t, facts.rests_since)
        return t("😴 On hold since {date}: I could not write here.", date=since)
    if facts.paused_until is not None:
        return t("⏸ Paused. They go on: {date}", date=city_day(t, facts.paused_until))
    return Markup()


def _common(t: Texts, desk: Desk) -> tuple[Button, ...]:
    """What goes for all of the chat's subscriptions; the rest of it stands behind ⋯."""
    facts = desk.facts
    if facts is not None and facts.rests_since is not None:
        first = Button(t("▶️ Go on"), WAKE)
    elif facts is not None and facts.paused_until is not None:
        first = Button(t("▶️ Go on now"), GO_ON)
    else:
        first = Button(t("⏸ Pause"), PAUSE)
    return (Button(t("➕ New"), NEW), first, Button("⋯", MORE))


def more_screen(t: Texts, desk: Desk) -> Screen:
    """Return what goes for all of the chat's subscriptions and is seldom wanted."""
    if not desk.mine:
        return new_screen(t, desk)
    notes = desk.facts is not None and desk.facts.notes
    label = (CHOSEN if notes else "") + t("“Still here” notes")
    told = (
        t("When nothing was new for a month, I will say so.")
        if notes
        else t("When nothing is new, I keep silent.")
    )
    return Screen(
        paragraphs(t("🔔 <b>Subscriptions</b>"), told),
        rows(
            (Button(label, f"{NOTES}{int(not notes)}"),),
            () if desk.private else _languages(t, desk),
            (Button(t("⏹ End all"), STOP), Button(t("☰ Menu"), MENU)),
            (to_list(t),),
        ),
    )


def _languages(t: Texts, desk: Desk) -> tuple[Button, ...]:
    """The language of a group's or channel's digests: nobody's settings tell it."""
    now = desk.facts.language if desk.facts else t.language
    return tuple(
        Button((CHOSEN if code == now else "") + OWN_NAMES[code], f"{LANGUAGE}{code}")
        for code in LANGUAGES
    )


def new_screen(t: Texts, desk: Desk, *extra: Button) -> Screen:
    """Return what can be subscribed to, each one press away from a ready draft."""
    text = paragraphs(
        t("🔔 <b>What shall I tell you about?</b>"),
        t(
            "I write when something is finished – on Fridays, unless you choose otherwise. "
            "First you see what you would have received."
        ),
        "" if desk.home or not desk.private else _how_to_save_home(t),
    )
    home: tuple[Button, ...] = ()
    if desk.home is not None:
        near = NewsFilter(near=Circle(desk.home, desk.radius_m))
        label = t("🏠 Near home, {radius}", radius=distance(t, desk.radius_m))
        home = (desk.button(label, "d", Draft().wanting(near)),)
    back = to_list(t) if desk.mine else Button(t("☰ Menu"), MENU)
    return Screen(
        text,
        rows(
            home,
            (
                desk.button(t("🌆 Whole city"), "d", Draft()),
                desk.button(t("🏘 Districts"), "w", Draft()),
            ),
            (
                desk.button(t("📋 A programme"), "g", Draft()),
                Button(t("📍 Near a place"), NEAR_A_PLACE),
            ),
            (*extra, back),
        ),
    )


def _how_to_save_home(t: Texts) -> Markup:
    return t("<i>To save your home, send a location and press “Save as home”.</i>")


def near_a_place_screen(t: Texts, desk: Desk) -> Screen:
    """Return how to follow what is around a place."""
    how = (
        t("Write the place here or send its location. Under the list there is “🔔 Follow”.")
        if desk.private
        else t(
            "Write the place after the command: <code>/near Qalqaman</code>. "
            "Under the list there is “🔔 Follow”."
        )
    )
    text = paragraphs(t("📍 <b>Near a place</b>"), how)
    return Screen(text, ((Button(t("⬅️ Back"), NEW),),))


def full_screen(t: Texts) -> Screen:
    """Return that a chat has as many subscriptions as it may."""
    text = t.plural(
        "A chat can have at most {n} subscription. Remove one you need less.",
        "A chat can have at most {n} subscriptions. Remove one you need less.",
        LIMIT,
    )
    return Screen(text, ((to_list(t),),))


def ended_screen(t: Texts, ended: int) -> Screen:
    """Return that everything has ended, and how it begins again; `ended` subscriptions."""
    if not ended:
        none = t("You have no subscriptions: I send you nothing on my own.")
        return Screen(paragraphs(none, t("To subscribe: /subscribe")), _again(t))
    told = t.plural(
        "⏹ <b>Ended:</b> {n} subscription.",
        "⏹ <b>Ended:</b> {n} subscriptions.",
        ended,
    )
    more = t("I send you nothing on my own any more. To start again: /subscribe")
    return Screen(paragraphs(told, more), _again(t))


def _again(t: Texts) -> tuple[tuple[Button, ...], ...]:
    return ((Button(t("🔔 Subscribe"), SUBSCRIPTIONS), Button(t("☰ Menu"), MENU)),)


def only_administrators_screen(t: Texts, bot: str) -> Screen:
    """Return to whom in a group subscriptions belong, and where everybody has their own."""
    text = t("Only administrators can change this chat's subscriptions. Make your own in private.")
    button = Button(t("Open the private chat"), url=f"https://t.me/{bot}?start=subscribe")
    return Screen(lines(text), ((button,),))
