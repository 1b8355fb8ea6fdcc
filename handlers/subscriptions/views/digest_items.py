"""A project in a digest: its name with a link, why it is told, where it is, what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handlers.frame.dates import when
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.card import deep_link
from handlers.views.lists import (
    AROUND_HERE_M,
    cost,
    date_words,
    distance_words,
    heading,
    late_line,
    lines,
    shortened,
)
from handlers.views.money import money, rounded, short_money
from handlers.views.names import Names
from handlers.views.phrases import during
from handlers.views.values import field_label
from storage.digests.digest import Told
from storage.digests.net_changes import Move
from storage.news.filters import NewsKind
from storage.projects.summary import Listed
from storage.values.partial_dates import PartialDate, parse_partial
from storage.values.ranges import Period

MOST_ADDRESS = 60  # characters
BUDGETS = ("planned_kzt", "contracted_kzt")


@dataclass(frozen=True, slots=True)
class Writing:
    """What the entries of a digest are written with; `most_title` characters of a title."""

    t: Texts
    names: Names
    bot: str
    today: date
    most_title: int = 100

    def title(self, listed: Listed) -> Markup:
        """Return the sign and the title, which opens the card."""
        title = shortened(listed.titles.shown(self.t.language), self.most_title)
        link = deep_link(self.bot, listed.key)
        return Markup('{} <a href="{}">{}</a>').format(say.kind_emoji(listed.kind), link, title)


def entry(writing: Writing, number: int, told: Told) -> Markup:
    """Return a project's lines: title, each piece of news, how late, where and how much."""
    t, listed = writing.t, told.listed
    priced = "" if "budget" in told.kinds else cost(t, listed)
    place = where_words(writing, listed)
    where = heading(place, priced)
    return lines(
        Markup("<b>{}.</b> {}").format(number, writing.title(listed)),
        *(line for kind in told.kinds for line in news_lines(t, kind, told)),
        late_line(t, listed, writing.today),
        Markup("{} {}").format("📍" if place else "💰", where) if where else "",
    )


def due_line(writing: Writing, listed: Listed) -> Markup:
    """Return one line for a project that is due next."""
    where = how_far(writing.t, listed) or writing.names.where(writing.t, listed.districts)
    told = heading(writing.title(listed), date_words(writing.t, listed), where)
    return Markup("• {}").format(told)


def where_words(writing: Writing, listed: Listed) -> Markup:
    """Return how far it is, its district where no heading says that, and its address."""
    t = writing.t
    district = writing.names.where(t, listed.districts)
    headed = listed.distance_m is None and len(listed.districts) == 1
    return heading(
        how_far(t, listed),
        "" if headed else shortened(district, MOST_ADDRESS),
        shortened(listed.address.shown(t.language), MOST_ADDRESS),
    )


def how_far(t: Texts, listed: Listed) -> str:
    """Return the distance; "" where no point brought the project.

    Lists round a point say "around here" of the middle of its microdistrict; a digest is nowhere.
    """
    metres = listed.distance_m
    if metres is not None and metres < AROUND_HERE_M and listed.precision != "exact":
        return t("very near")
    return distance_words(t, listed)


def news_lines(t: Texts, kind: NewsKind, told: Told) -> list[Markup]:
    """Return what a kind of news says of the project; a completion says the state by itself."""
    done = "completed" in told.kinds
    if kind == "completed":
        return [completed_line(t, told.listed)]
    if kind == "announced":
        return [] if done else _announced(t, told.listed)
    if kind == "slipped":
        return _slipped(t, told.moves)
    if kind == "state":
        return [] if done else _state(t, told.moves)
    return _budgets(t, told.moves)


def completed_line(t: Texts, listed: Listed) -> Markup:
    """Return «✅ 2025 жылғы 23 қазанда аяқталды (уәде: 2025 жылғы қыркүйек, 23 күн кеш)»."""
    done = listed.completed_on
    if done is None:
        said = t("✅ Completed, the day is not known")
    else:
        day = during(t, Period(done.first, done.last)) if t.language == "kk" else when(t, done)
        said = t("✅ Completed: {day}", day=day)
    against = against_promise(t, done, listed.first_due_on)
    return Markup("{} ({})").format(said, against) if against else said


def against_promise(t: Texts, done: PartialDate | None, promise: PartialDate | None) -> Markup:
    """Return the first promise and how it was kept; only the promise where that cannot be told."""
    if promise is None:
        return Markup()
    # Russian promises «в сентябре 2025», the others name the date.
    said = (
        during(t, Period(promise.first, promise.last)) if t.language == "ru" else when(t, promise)
    )
    if done is None or (done.first <= promise.last < done.last):
        return t("promised: {promise}", promise=said)
    if done.last < promise.first:
        early = (promise.first - done.last).days
        return t.plural(
            "promised: {promise}, {n} day early",
            "promised: {promise}, {n} days early",
            early,
            promise=said,
        )
    if done.last <= promise.last:
        return t("promised: {promise}, on time", promise=said)
    days = (done.last - promise.last).days
    return t.plural(
        "promised: {promise}, {n} day late",
        "promised: {promise}, {n} days late",
        days,
        promise=said,
    )


def _announced(t: Texts, listed: Listed) -> list[Markup]:
    if listed.status == "completed":
        return [t("🆕 New project"), completed_line(t, listed)]
    due = date_words(t, listed) or t("due {date}", date=t("not known"))
    return [heading(t("🆕 New project"), due)]


def _slipped(t: Texts, moves: Mapping[str, Move]) -> list[Markup]:
    move = moves.get("due_on")
    if move is None:
        return []
    old, new = parse_partial(move.old), parse_partial(move.new)
    days, dates = (new.last - old.last).days, {"old": when(t, old), "new": when(t, new)}
    return [
        t.plural(
            "⏳ Postponed by {n} day: {old} → <b>{new}</b>",
            "⏳ Postponed by {n} days: {old} → <b>{new}</b>",
            days,
            **dates,
        )
    ]


def _state(t: Texts, moves: Mapping[str, Move]) -> list[Markup]:
    move = moves.get("status")
    if move is None:
        return []
    old, new = (say.status(t, code or None) for code in move)
    return [Markup("🔁 {}: {} → <b>{}</b>").format(field_label(t, "status"), old, new)]


def _budgets(t: Texts, moves: Mapping[str, Move]) -> list[Markup]:
    return [
        Markup("💰 {}: {}").format(field_label(t, field), _sums(t, moves[field]))
        for field in BUDGETS
        if field in moves
    ]


def _sums(t: Texts, move: Move) -> Markup:
    """Return «10 млрд ₸ → 12,5 млрд ₸ (+2,5 млрд ₸)»: exact where rounded sums are the same."""
    old, new = int(move.old), int(move.new)
    alike = rounded(old) == rounded(new)
    said = money if alike else short_money
    sign = "+" if new > old else "−"
    difference = f"{sign}{said(t, abs(new - old))}"
    return Markup("{} → <b>{}</b> ({})").format(said(t, old), said(t, new), difference)
