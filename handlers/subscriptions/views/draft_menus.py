"""The menus of a draft: where, sectors, kinds, programmes, what is news, how often and when."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.subscriptions.views.chat_facts import CHOSEN, Desk
from handlers.subscriptions.views.draft import changed
from handlers.subscriptions.views.filter_names import news_words
from handlers.subscriptions.views.schedule_words import (
    cadence_words,
    clock_time,
    quiet_words,
    weekdays,
    when_words,
)
from handlers.views import names as say
from handlers.views.draft_data import ONE_NEEDED, Draft
from handlers.views.lists import lines, page_buttons, pages, paired, paragraphs, rows
from handlers.views.near import RADII_M
from handlers.views.numbers import distance
from handlers.views.told_apart import told_apart, within
from storage.geo.circle import Circle
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.subscriptions.schedules import AT_ONCE, CADENCES, Schedule
from storage.vocabulary import KINDS, SECTORS

MOST_ROWS = 4  # of buttons: what a phone shows beside the text
KINDS_ON_A_PAGE, PROGRAMMES_ON_A_PAGE = 6, 3
DAYS_OF_MONTH = range(1, 29)
HOURS = range(7, 23)
WIDEST = 8  # buttons in a row, all that Telegram shows
MOST_LABEL = 40
WITH_A_DAY = {"weekly", "monthly"}


def toggled(chosen: tuple[str, ...], code: str) -> tuple[str, ...]:
    """Return the choice with `code`, or without it if it was in."""
    return tuple(each for each in chosen if each != code) if code in chosen else (*chosen, code)


def where_menu(t: Texts, desk: Desk, draft: Draft) -> Screen:
    """Return the choice of the city, districts, the home, and of the radius around a point."""
    wanted = draft.wanted
    near = wanted.near
    nowhere = replace(wanted, districts=(), near=None)

    def place(label: str, where: NewsFilter, *, chosen: bool) -> Button:
        screen = "d" if where == wanted else "w"
        return desk.button(label, screen, draft.wanting(where), chosen=chosen)

    whole = t("🌆 Whole city")
    top = [desk.button(whole, "d", draft.wanting(nowhere), chosen=wanted == nowhere)]
    if desk.home is not None:
        around = Circle(desk.home, near.radius_m if near else desk.radius_m)
        at_home = near is not None and near.point == desk.home
        top.append(place(t("🏠 Near home"), replace(nowhere, near=around), chosen=at_home))
    if near is not None:
        chosen = desk.button(t("🏘 Districts"), "w", draft.wanting(nowhere))
        ask = t("Where, and how far around?")
        return _menu(
            t, desk, draft, ask, (tuple(top), *paired(_radii(t, desk, draft), 3), (chosen,))
        )
    districts = [
        place(
            desk.names.district_short(t, slug),
            replace(nowhere, districts=toggled(wanted.districts, slug)),
            chosen=slug in wanted.districts,
        )
        for slug in desk.numbers.city
    ]
    ask = t("Where? You can choose several districts.")
    return _menu(t, desk, draft, ask, (tuple(top), *paired(districts, 3)))


def _radii(t: Texts, desk: Desk, draft: Draft) -> list[Button]:
    """How far around the point; the one that holds leads back to the preview."""
    near = draft.wanted.near
    if near is None:
        return []
    return [
        desk.button(
            distance(t, metres),
            "d" if near.radius_m == metres else "w",
            draft.wanting(replace(draft.wanted, near=replace(near, radius_m=metres))),
            chosen=near.radius_m == metres,
        )
        for metres in RADII_M
    ]


def sectors_menu(t: Texts, desk: Desk, draft: Draft) -> Screen:
    """Return the choice of sectors; a kind of another sector goes with its sector."""
    wanted = draft.wanted
    everything = replace(wanted, sectors=())
    everywhere = desk.button(
        t("All sectors"), "d", draft.wanting(everything), chosen=not wanted.sectors
    )
    buttons = []
    for code in SECTORS:
        sectors = toggled(wanted.sectors, code)
        kinds = tuple(k for k in wanted.kinds if not sectors or KINDS[k].sector in sectors)
        narrowed = draft.wanting(replace(wanted, sectors=sectors, kinds=kinds))
        label = say.sector(t, code)
        buttons.append(desk.button(label, "s", narrowed, chosen=code in wanted.sectors))
    return _menu(t, desk, draft, t("Which sectors?"), (*paired(buttons), (everywhere,)))


def kinds_menu(t: Texts, desk: Desk, draft: Draft, page: int) -> Screen:
    """Return a page of the kinds, of the chosen sectors where some are chosen."""
    wanted = draft.wanted
    kinds = [
        code for code, kind in KINDS.items() if not wanted.sectors or kind.sector in wanted.sectors
    ]
    page = min(page, pages(len(kinds), KINDS_ON_A_PAGE) - 1)

    def data(screen: str, of: NewsFilter, label: str, *, chosen: bool) -> Button:
        return desk.button(label, screen, draft.wanting(of), chosen=chosen)

    here = f"k{page}"
    buttons = [
        data(
            here,
            replace(wanted, kinds=toggled(wanted.kinds, code)),
            f"{KINDS[code].emoji} {say.sentence(KINDS[code].plurals[t.language])}",
            chosen=code in wanted.kinds,
        )
        for code in kinds[page * KINDS_ON_A_PAGE : (page + 1) * KINDS_ON_A_PAGE]
    ]
    whole = data("d", replace(wanted, kinds=()), t("All"), chosen=not wanted.kinds)
    turn = _turning(desk, draft, f"k{page}", len(kinds), KINDS_ON_A_PAGE)
    return _menu(t, desk, draft, t("Which kinds?"), (*paired(buttons), (whole, *turn)))


def programmes_menu(t: Texts, desk: Desk, draft: Draft, page: int) -> Screen:
    """Return a page of the programmes."""
    wanted, codes = draft.wanted, list(desk.numbers.programmes)
    page = min(page, pages(len(codes), PROGRAMMES_ON_A_PAGE) - 1)
    here = f"g{page}"
    shown = codes[page * PROGRAMMES_ON_A_PAGE : (page + 1) * PROGRAMMES_ON_A_PAGE]
    labels = told_apart([desk.names.programme(t, code) for code in shown], within(MOST_LABEL))
    buttons = [
        desk.button(
            label,
            here,
            draft.wanting(replace(wanted, programmes=toggled(wanted.programmes, code))),
            chosen=code in wanted.programmes,
        )
        for code, label in zip(shown, labels, strict=True)
    ]
    free = draft.wanting(replace(wanted, programmes=()))
    whole = desk.button(t("All"), "d", free, chosen=not wanted.programmes)
    turn = _turning(desk, draft, here, len(codes), PROGRAMMES_ON_A_PAGE)
    rows_of = (*paired(buttons, 1), (whole, *turn))
    return _menu(t, desk, draft, t("Which programmes?"), rows_of)


def news_menu(t: Texts, desk: Desk, draft: Draft) -> Screen:
    """Return what counts as news, with a mark at each that does; one always does."""
    wanted = draft.wanted
    buttons = []
    for kind in NEWS_KINDS:
        news = tuple(each for each in NEWS_KINDS if (each in wanted.news) != (each == kind))
        label = say.sentence(news_words(t)[kind])
        if news:
            chosen = draft.wanting(replace(wanted, news=news))
            buttons.append(desk.button(label, "c", chosen, chosen=kind in wanted.news))
        else:
            buttons.append(Button(CHOSEN + label, ONE_NEEDED))
    ask = lines(
        t("What is news for you?"),
        t("<i>I never write about corrections of wording.</i>"),
    )
    return _menu(t, desk, draft, ask, paired(buttons))


def frequency_menu(t: Texts, desk: Desk, draft: Draft) -> Screen:
    """Return how often, and the ways to the day and the hour."""
    words, schedule = cadence_words(t), draft.schedule(desk.schedules)
    cadences = [
        desk.button(
            words[cadence],
            "d" if cadence == draft.cadence else "f",
            draft if cadence == draft.cadence else replace(draft, cadence=cadence, at=None),
            chosen=cadence == draft.cadence,
        )
        for cadence in CADENCES
    ]
    times = []
    if draft.cadence in WITH_A_DAY:
        times.append(desk.button(t("📆 Day"), "y", draft))
    if draft.cadence != AT_ONCE:
        times.append(desk.button(t("🕕 Hour"), "h", draft))
    ask = lines(
        t("How often shall I write?"),
        say.sentence(when_words(t, schedule)) + ".",
        quiet_words(t, schedule),
        _shared(t, desk, draft, schedule),
    )
    return _menu(t, desk, draft, ask, (*paired(cadences), tuple(times)))


def _shared(t: Texts, desk: Desk, draft: Draft, schedule: Schedule) -> str:
    """Return that the others of the cadence come at the new time too, if they would."""
    same = [
        each
        for each in desk.mine
        if each.schedule.cadence == schedule.cadence and each.id != draft.target
    ]
    if not same or schedule.cadence == AT_ONCE:
        return ""
    return t.plural(
        "<i>{n} other subscription of this kind comes at this time too.</i>",
        "<i>{n} other subscriptions of this kind come at this time too.</i>",
        len(same),
    )


def day_menu(t: Texts, desk: Desk, draft: Draft) -> Screen:
    """Return the choice of the weekday, or of the day of the month; how often, without a day."""
    schedule = draft.schedule(desk.schedules)
    if draft.cadence not in WITH_A_DAY:
        return frequency_menu(t, desk, draft)

    def on(day: int, label: str) -> Button:
        timed = draft.timed(replace(schedule, day=day))
        return desk.button(label, "f", timed, chosen=day == schedule.day)

    if draft.cadence == "monthly":
        choices = paired([on(day, str(day)) for day in DAYS_OF_MONTH], WIDEST)
    else:
        choices = paired([on(day, say.sentence(name)) for day, name in weekdays(t).items()])
    ask = lines(t("On which day?"), _shared(t, desk, draft, schedule))
    return _menu(t, desk, draft, ask, choices)


def hour_menu(t: Texts, desk: Desk, draft: Draft) -> Screen:
    """Return the choice of the hour, by the city's clock; how often, without an hour."""
    schedule = draft.schedule(desk.schedules)
    if draft.cadence == AT_ONCE:
        return frequency_menu(t, desk, draft)
    choices = [
        desk.button(
            clock_time(hour),
            "f",
            draft.timed(replace(schedule, hour=hour)),
            chosen=hour == schedule.hour,
        )
        for hour in HOURS
    ]
    ask = lines(t("At what hour, Almaty time?"), _shared(t, desk, draft, schedule))
    return _menu(t, desk, draft, ask, paired(choices, 6))


MENUS: dict[str, Callable[[Texts, Desk, Draft], Screen]] = {
    "w": where_menu,
    "s": sectors_menu,
    "c": news_menu,
    "f": frequency_menu,
    "y": day_menu,
    "h": hour_menu,
}
PAGED: dict[str, Callable[[Texts, Desk, Draft, int], Screen]] = {
    "k": kinds_menu,
    "g": programmes_menu,
}


def _turning(desk: Desk, draft: Draft, here: str, total: int, size: int) -> tuple[Button, ...]:
    """The ways to the pages beside `here`: a screen's letter and its page."""
    screen, page = here[0], int(here[1:])

    def turn(at: int) -> str:
        return desk.button("", f"{screen}{at}", draft).data or ""

    return page_buttons(page, total, turn, size)


def _menu(
    t: Texts, desk: Desk, draft: Draft, ask: str, choices: Iterable[tuple[Button, ...]]
) -> Screen:
    """A menu under the draft's name, and the way on with what was chosen."""
    name = desk.name(t, draft.wanted)
    text = paragraphs(lines(t("🔔 <b>{name}</b>", name=name)), ask)
    keep = bool(draft.target) and changed(draft, desk)
    label = t("✅ Keep") if keep else t("➡️ Done")
    done = desk.button(label, "+" if keep else "d", draft)
    *above, last = rows(*choices)
    beside = len(above) == MOST_ROWS - 1  # the last row has room for it
    return Screen(text, rows(*above, (*last, done)) if beside else rows(*above, last, (done,)))
