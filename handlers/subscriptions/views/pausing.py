"""Less of it: rarer, narrower, paused until a day; and what a chat at rest is asked."""

from collections.abc import Mapping
from datetime import date, timedelta

from babel.dates import format_date

from handlers.frame.dates import city_day, day
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.subscriptions.views.chat_facts import Desk, to_list
from handlers.subscriptions.views.subscriptions import GO_ON, PAUSE, STOP, WAKE
from handlers.views import names as say
from handlers.views.callbacks import SUBSCRIPTIONS
from handlers.views.lists import lines, paired, paragraphs, rows
from storage.subscriptions.reduce import Less, possible
from storage.subscriptions.subscribers import SubscriberFacts

LESS, LEAVE = "u:q", "u:z"
WEEKS, MONTH, MONTHS, DAYS, UNTIL = "u:pw", "u:p1", "u:pm", "u:pm", "u:pd"
MONTHS_AHEAD = 12
WEEK = timedelta(days=7)


def less_words(t: Texts) -> Mapping[Less, str]:
    """Return what the ways to hear less are called on their buttons."""
    return {
        "weekly": t("📅 Once a week instead"),
        "monthly": t("🗓 Once a month instead"),
        "completed": t("✅ Only what is completed"),
        "nearer": t("📏 A smaller radius"),
    }


def fewer_screen(t: Texts, desk: Desk) -> Screen:
    """Return the ways to hear less that fit what the chat has."""
    if not desk.mine:
        return Screen(t("You have no subscriptions: I send you nothing on my own."), _new(t))
    words = less_words(t)
    fewer = [Button(words[less], f"{LESS}{less[0]}") for less in possible(desk.mine)]
    text = paragraphs(
        t("🔕 <b>Fewer messages?</b>"),
        t.plural(
            "You have {n} subscription. It can be changed in the list too.",
            "You have {n} subscriptions. These buttons change all; in the list you change one.",
            len(desk.mine),
        ),
    )
    pause_row = (Button(t("⏸ Pause"), PAUSE), Button(t("⏹ End all"), STOP))
    return Screen(text, rows(*paired(fewer, 2), pause_row, (_list(t),)))


def _list(t: Texts) -> Button:
    return Button(t("🔔 Subscriptions"), SUBSCRIPTIONS)


def _new(t: Texts) -> tuple[tuple[Button, ...], ...]:
    return ((Button(t("🔔 Subscribe"), SUBSCRIPTIONS),),)


def pause_screen(t: Texts, desk: Desk, today: date) -> Screen:
    """Return how long it may be silent; `today` is the city's date."""
    facts = desk.facts
    paused = facts is not None and facts.paused_until is not None
    ask = t("⏸ <b>Until when shall I be silent?</b>")
    more = t("What happens meanwhile comes once, in the first digest after the pause.")
    now = ""
    if facts is not None and facts.paused_until is not None:
        now = t("Now paused until this day: {date}", date=city_day(t, facts.paused_until))
    dates = (
        Button(t("1 week"), until(today + WEEK)),
        Button(t("2 weeks"), until(today + 2 * WEEK)),
        Button(t("1 month"), until(month_later(today))),
    )
    go_on = (Button(t("▶️ Go on now"), GO_ON),) if paused else ()
    choose = (Button(t("📆 Choose the day"), MONTHS),)
    return Screen(paragraphs(ask, now, more), rows(dates, choose, go_on, (to_list(t),)))


def until(last: date) -> str:
    """Return what the button carries that pauses until this day of the city."""
    return f"{UNTIL}{last:%Y%m%d}"


def month_later(today: date) -> date:
    """Return the same day of the next month, its last day where it has no such day."""
    first = _first_of_next(today)
    return min(first + timedelta(days=today.day - 1), _first_of_next(first) - timedelta(days=1))


def _first_of_next(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_screen(t: Texts, today: date) -> Screen:
    """Return the months from that of tomorrow on."""
    months = [(today + timedelta(days=1)).replace(day=1)]
    while len(months) < MONTHS_AHEAD:
        months.append(_first_of_next(months[-1]))
    buttons = [Button(_month(t, month), f"{DAYS}{month:%Y%m}") for month in months]
    ask = t("⏸ <b>Until when shall I be silent?</b>")
    back = (Button(t("⬅️ Back"), PAUSE),)
    return Screen(ask, rows(*paired(buttons, 2), back))


def is_over(month: date, today: date) -> bool:
    """Return whether no day of the month is still to come."""
    return _first_of_next(month) <= today + timedelta(days=1)


def _month(t: Texts, month: date) -> str:
    return say.sentence(format_date(month, str(t("LLLL y")), locale=t.language))


def days_screen(t: Texts, month: date, today: date) -> Screen:
    """Return the days of a month that are still to come."""
    end = _first_of_next(month)
    days = [month + timedelta(days=each) for each in range((end - month).days)]
    buttons = [Button(str(each.day), until(each)) for each in days if each > today]
    ask = lines(t("⏸ <b>Until when shall I be silent?</b>"), _month(t, month))
    back = (Button(t("⬅️ Back"), MONTHS),)
    return Screen(ask, rows(*paired(buttons, 7), back))


def paused_screen(t: Texts, last: date) -> Screen:
    """Return that nothing comes before this day."""
    text = paragraphs(
        t("⏸ <b>Paused.</b> They go on: {date}", date=day(t, last)),
        t("What happens meanwhile comes once, in the first digest after the pause."),
    )
    return Screen(text, ((Button(t("▶️ Go on now"), GO_ON), _list(t)),))


def asleep_screen(t: Texts, facts: SubscriberFacts) -> Screen:
    """Return what is asked when a chat that could not be written to is back."""
    since = city_day(t, facts.rests_since) if facts.rests_since else ""
    text = paragraphs(
        t("😴 <b>The subscriptions here are on hold.</b>"),
        t.plural(
            "It is {n} subscription; I could not write here since {date}. Shall it go on?",
            "These are {n} subscriptions; I could not write here since {date}. Shall they go on?",
            facts.subscriptions,
            date=since,
        ),
    )
    wake, leave = Button(t("▶️ Go on"), WAKE), Button(t("😴 Not now"), LEAVE)
    return Screen(text, ((wake,), (leave, Button(t("⏹ End all"), STOP))))
