"""A subscription being made: its name, what it would have brought, and the way to narrow it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.frame.dates import city_day
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Markup, Texts
from handlers.subscriptions.views.chat_facts import Desk, draft_of, to_list
from handlers.subscriptions.views.filter_names import news_words
from handlers.subscriptions.views.schedule_words import quiet_words, when_words
from handlers.subscriptions.views.subscriptions import (
    NEW,
    REMOVE,
    WAKE,
    add_district,
    state_words,
    unplaced_words,
)
from handlers.views.draft_data import Draft
from handlers.views.lists import lines, paragraphs, rows, shortened
from handlers.views.numbers import in_part, number
from storage.news.filters import NEWS_KINDS, NewsFilter, NewsKind
from storage.subscriptions.subscriptions import WEEKS, Preview

SHOWN = 3  # of the news that would have come
MOST_TITLE = 36  # about a line of a phone
SIGNS: Mapping[NewsKind, str] = {
    "completed": "✅",
    "announced": "🆕",
    "slipped": "⏰",
    "state": "🚦",
    "budget": "💰",
}


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a draft would have brought, with the titles of the latest."""

    preview: Preview
    titles: Mapping[int, str]


def draft_screen(t: Texts, desk: Desk, draft: Draft, seen: Previewed) -> Screen:
    """Return the draft with its name and preview, ready to be confirmed."""
    title = t("🔔 <b>Subscription</b>") if draft.target else t("🔔 <b>New subscription</b>")
    text = paragraphs(
        lines(title, summary(t, desk, draft)),
        preview_words(t, draft.wanted, seen),
        left_out_words(t, desk, draft.wanted),
    )
    return Screen(text, rows(_deeds(t, desk, draft), *_choices(t, desk, draft)))


def left_out_words(t: Texts, desk: Desk, wanted: NewsFilter) -> Markup:
    """Return how many projects of the district a circle leaves out; "" where there is none."""
    if wanted.near is None:
        return Markup()
    unplaced = desk.left_out(wanted)
    if unplaced is None:
        return t(
            "<i>Projects without an exact place come only to subscribers of their district.</i>"
        )
    told = unplaced_words(t, desk, unplaced)
    if desk.hears_of(unplaced, wanted):
        return t("<i>{told} They come with your subscription to the district.</i>", told=told)
    return t("<i>{told} Only subscribers of the district hear of them.</i>", told=told)


def summary(t: Texts, desk: Desk, draft: Draft) -> Markup:
    """Return what, which news, and when: three lines."""
    schedule = draft.schedule(desk.schedules)
    return lines(
        Markup("<b>{}</b>").format(desk.name(t, replace(draft.wanted, news=("completed",)))),
        Markup("📰 {}").format(told_news(t, draft.wanted)),
        Markup("⏰ {}").format(when_words(t, schedule)),
        quiet_words(t, schedule),
    )


def told_news(t: Texts, wanted: NewsFilter) -> str:
    """Return which news it is about, in words."""
    return ", ".join(news_words(t)[kind] for kind in NEWS_KINDS if kind in wanted.news)


def preview_words(t: Texts, wanted: NewsFilter, seen: Previewed) -> Markup:
    """Return what would have come in the last four weeks, and how often."""
    news = seen.preview.news
    if not news:
        return lines(t("In the last four weeks nothing would have come."), _more(t, wanted))
    shown = [
        Markup("{} {}").format(SIGNS[each.kind], shortened(seen.titles[each.project], MOST_TITLE))
        for each in news
        if each.project in seen.titles
    ][: SHOWN - bool(wanted.near)]  # the note under a circle takes a title's room
    rest = len(news) - len(shown)
    more = t("and {number} more", number=number(t, rest)) if shown and rest > 0 else ""
    title = t("<b>In the last four weeks this would have come:</b>")
    return lines(title, *shown, more, _pace(t, seen.preview))


def _more(t: Texts, wanted: NewsFilter) -> Markup:
    """Return what would bring more; "" for all news of the whole city."""
    if replace(wanted, news=NEWS_KINDS) != NewsFilter(news=NEWS_KINDS):
        return t("<i>A wider area, fewer conditions or more kinds of news bring more.</i>")
    if set(wanted.news) == set(NEWS_KINDS):
        return Markup()
    return t("<i>More kinds of news bring more.</i>")


def _pace(t: Texts, preview: Preview) -> Markup:
    """Return «Аптасына шамамен 3 · соңғы 4 аптаның 2-сінде ештеңе болмады»."""
    expected = round(preview.a_week)
    often = (
        t.plural("About {n} a week", "About {n} a week", expected)
        if expected
        else t("Less than one a week")
    )
    empty = preview.weeks.count(0)
    if not empty:
        return Markup("📈 {}.").format(often)
    count = in_part(empty) if t.language == "kk" else str(empty)
    none = t("none in {count} of the last {weeks} weeks", count=count, weeks=WEEKS)
    return Markup("📈 {}; {}.").format(often, none)


def _deeds(t: Texts, desk: Desk, draft: Draft) -> tuple[Button, ...]:
    """Subscribe, or keep the changes or remove it, and the district that a circle leaves out."""
    district = add_district(t, desk, draft)
    if not draft.target:
        return (desk.button(t("✅ Subscribe"), "+", draft), *district)
    standing = desk.found(draft.target)
    differs = standing is not None and changed(draft, desk)
    keep = (desk.button(t("✅ Keep the changes"), "+", draft),) if differs else ()
    return (*keep, Button(t("🗑 Remove"), f"{REMOVE}{draft.target}"), *district)


def changed(draft: Draft, desk: Desk) -> bool:
    """Whether a draft differs from the subscription that it changes."""
    standing = desk.found(draft.target)
    if standing is None:
        return True
    before = draft_of(standing)
    times = (draft.schedule(desk.schedules), before.schedule(desk.schedules))
    return draft.wanted.canonical() != before.wanted.canonical() or times[0] != times[1]


def _choices(t: Texts, desk: Desk, draft: Draft) -> tuple[tuple[Button, ...], ...]:
    news = desk.button(t("📰 What is news"), "c", draft)
    when = desk.button(t("⏰ How often"), "f", draft)
    back = to_list(t) if desk.mine else Button(t("⬅️ Back"), NEW)
    if draft.wanted.project is not None:
        return ((news, when), (back,))
    return (
        (
            desk.button(t("📍 Where"), "w", draft),
            desk.button(t("🗂 Sectors"), "s", draft),
            desk.button(t("🏷 Kinds"), "k", draft),
        ),
        (news, when),
        (desk.button(t("📋 Programmes"), "g", draft), back),
    )


def subscribed_screen(
    t: Texts, desk: Desk, draft: Draft, *, due_at: datetime | None, now: datetime
) -> Screen:
    """Return that it is subscribed; `due_at` is when it comes first (UTC), None while all rest."""
    first = ""
    if due_at is not None and due_at > now:
        first = t("The first one, if anything is new: {date}", date=city_day(t, due_at))
    text = paragraphs(
        t("✅ <b>Subscribed.</b>"),
        lines(summary(t, desk, draft), first),
        _besides(t, desk, draft.wanted),
        state_words(t, desk),
        t("Under every digest there is a button to get fewer. /stop ends all subscriptions."),
    )
    wake = () if due_at else (Button(t("▶️ Go on"), WAKE),)
    district = add_district(t, desk, replace(draft, target=0))
    return Screen(text, rows(wake, district, (Button(t("➕ New"), NEW), to_list(t))))


def _besides(t: Texts, desk: Desk, wanted: NewsFilter) -> Markup:
    """Return what the circle leaves out, or that the district is subscribed to besides."""
    unplaced = desk.left_out(wanted)
    return left_out_words(t, desk, wanted) if unplaced else Markup()
