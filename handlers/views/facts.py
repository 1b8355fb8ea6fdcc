"""The body of a project's card: each fact on its line, with the numbers of its sources."""

from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from handlers.frame.dates import late, when
from handlers.frame.texts import Texts
from handlers.views import names as say
from handlers.views.footnotes import Footnotes, linked
from handlers.views.lists import (
    SIGNS,
    heading,
    last_heard,
    lines,
    paragraphs,
    shortened,
    unheard_words,
)
from handlers.views.money import short_money
from handlers.views.names import Names
from handlers.views.numbers import measured
from handlers.views.timeline import promise_line
from handlers.views.values import SUMS, field_label, field_value, kind_words, where_exactly
from storage.projects.card import Card
from storage.projects.history import Fact
from storage.projects.summary import Listed
from storage.values.city import AREA

MOST_MARKS = 2  # sources shown beside a fact that several of them state alike
MOST_DESCRIPTION = 500  # characters on the card; the history has all of it
MOST_TITLE = 150
MOST_NAME = 100  # characters of an address or a contractor
MOST_ADDRESS = 70  # of both together: in the reader's language and as its source writes it
LEAST_STATED = 25  # of the latter, whatever the former takes


def address_words(t: Texts, listed: Listed) -> Markup:
    """Return the address in the person's language and, small, as its source writes it."""
    shown = shortened(listed.address.shown(t.language), MOST_NAME)
    room = max(MOST_ADDRESS - len(shown), LEAST_STATED)
    stated = shortened(listed.address.otherwise(t.language), room)
    return heading(shown, Markup("<i>{}</i>").format(stated) if stated else "")


def address_fields(t: Texts) -> tuple[str, ...]:
    """Return the fields whose sources tell where it is; those of other languages say the same."""
    return ("address", f"address_{t.language}")


@dataclass(frozen=True, slots=True)
class Body:
    """A card and what it is written with; `notes` collects the sources in reading order."""

    t: Texts
    names: Names
    card: Card
    today: date
    notes: Footnotes = field(default_factory=Footnotes)

    def marks(self, *fields: str) -> Markup:
        """Return the numbers of the sources of the present values of these fields, each once."""
        found = []
        for name in fields:
            facts = self.card.facts.get(name, ())
            same = [fact for fact in facts if fact.value == facts[0].value]
            found += [self.notes.mark(f.source, f.stated_on) for f in same[:MOST_MARKS]]
        return Markup("").join(dict.fromkeys(found))

    def line(self, text: str, *fields: str) -> Markup:
        """Return the text with the numbers of the fields' sources after it."""
        marks = self.marks(*fields)
        return Markup("{} {}").format(text, marks) if marks else Markup("{}").format(text)

    def text(self) -> Markup:
        """Return what everybody wants to know: state, dates against the promise, where, money."""
        return paragraphs(
            lines(self.title(), *self._state(), *self._lateness()),
            lines(*self._where()),
            lines(*self._money()),
        )

    def further(self) -> Markup:
        """Return what is told on request: what it is part of, who builds it, how big it is."""
        return lines(*self._more())

    def title(self) -> Markup:
        """Return the sign and the title."""
        listed = self.card.listed
        title = shortened(listed.titles.shown(self.t.language), MOST_TITLE)
        return Markup("<b>{} {}</b>").format(say.kind_emoji(listed.kind), title)

    def _state(self) -> list[Markup]:
        t, listed = self.t, self.card.listed
        what = kind_words(t, listed.kind)
        found = [self.line(heading(what, say.status(t, listed.status)), "status")]
        if listed.starts_on:
            found.append(self._dated("starts_on", when(t, listed.starts_on)))
        if listed.completed_on:
            found.append(self._dated("completed_on", when(t, listed.completed_on)))
        elif listed.due_on:
            found.append(self._dated("due_on", when(t, listed.due_on)))
        elif listed.status != "completed":
            found.append(self._dated("due_on", t("not known")))
        return found

    def _dated(self, name: str, value: str) -> Markup:
        return self.line(Markup("📅 {}: {}").format(field_label(self.t, name), value), name)

    def _lateness(self) -> list[Markup]:
        """How late and when last heard of, or no news since; the first promise, and against it."""
        t, card = self.t, self.card
        found = []
        days = card.listed.overdue_days(self.today)
        if card.listed.is_unheard(self.today):
            found.append(unheard_words(t, card.listed))
        if days:
            found.append(
                Markup("⏰ <b>{}</b> · {}").format(
                    late(t, days), last_heard(t, card.listed.heard_on)
                )
            )
        kept = card.first_promise == card.listed.due_on and card.listed.status != "completed"
        if days or not kept:
            found.append(self._promise())
        if not (days and kept):
            found.append(against_promise(t, card))
        return [line for line in found if line]

    def _promise(self) -> Markup:
        """The first promise, with the source that told of it."""
        line, card = promise_line(self.t, self.card), self.card
        promise = card.first_promise
        for fact in reversed(card.facts.get("due_on", ())):
            given_on = fact.promised_on or fact.stated_on
            if promise and (fact.value, given_on) == (promise.text, card.listed.first_promised_on):
                return Markup("{} {}").format(line, self.notes.mark(fact.source, fact.stated_on))
        return line

    def _where(self) -> list[Markup]:
        t, listed = self.t, self.card.listed
        district = ", ".join(self.names.district(t, slug) for slug in listed.districts)
        found = []
        if district:
            found.append(self.line(Markup("📍 {}").format(district), "district"))
        elif self.card.area != AREA:
            found.append(Markup("📍 {}").format(say.area(t, self.card.area)))
        if listed.address:
            found.append(self.line(address_words(t, listed), *address_fields(t)))
        exactness = where_exactly(t, listed.precision)
        return [*found, Markup("<i>{}</i>").format(exactness)] if exactness else found

    def description(self) -> Markup:
        """Return what a source wrote of it, in the person's language where there is that."""
        descriptions, language = self.card.descriptions, self.t.language
        shown = descriptions.shown(language)
        if not shown:
            return Markup()
        told_in = next(code for code in (language, "kk", "ru", "en") if descriptions.own(code))
        return self.line(shortened(shown, MOST_DESCRIPTION), f"description_{told_in}")

    def _money(self) -> list[Markup]:
        """Planned, contracted, spent, each by itself: nothing is added up; and who pays."""
        t, listed = self.t, self.card.listed
        sums = (listed.planned_kzt, listed.contracted_kzt, listed.spent_kzt)
        signed = list(zip(SIGNS, SUMS, sums, strict=True))
        known = [
            self.line(
                Markup("{} {}: {}").format(sign, field_label(t, name), short_money(t, kzt)), name
            )
            for sign, name, kzt in signed
            if kzt is not None
        ]
        missing = [f"{sign} {field_label(t, name)}" for sign, name, kzt in signed if kzt is None]
        rest = t("{sums}: not known", sums=", ".join(missing)) if missing else Markup()
        told = [*known, rest] if known else [t("💰 No source names a sum")]
        return [line for line in (*told, self._payer()) if line]

    def _payer(self) -> Markup:
        t, payer = self.t, self.card.funding
        if not payer:
            return Markup()
        said = t("🏦 Who pays: {payer}", payer=field_value(t, self.names, "funding", payer))
        return self.line(said, "funding")

    def _more(self) -> list[Markup]:
        t, card = self.t, self.card
        found = [
            self.line(t("📋 Programme: {name}", name=self.names.programme(t, code)), "programme")
            for code in card.listed.programmes
        ]
        if card.contractor:
            name = shortened(card.contractor, MOST_NAME)
            found.append(self.line(t("👷 Contractor: {name}", name=name), "contractor"))
        if card.capacity is not None:
            size = measured(t, card.capacity, card.capacity_unit)
            found.append(self.line(t("📐 Size: {size}", size=size), "capacity"))
        links = (linked(t("page"), card.link), linked(t("picture"), card.photo_url))
        shown = [link for link, url in zip(links, (card.link, card.photo_url), strict=True) if url]
        return [*found, Markup("🔗 {}").format(heading(*shown))] if shown else found

    def conflicts(self) -> Markup:
        """What different sources say of the same time, side by side."""
        t = self.t
        told = [
            Markup("{}: {}").format(
                field_label(t, name), Markup(" / ").join(self._said(name, fact) for fact in facts)
            )
            for name, facts in self.card.conflicts.items()
        ]
        return lines(t("⚖️ <b>Sources disagree</b>"), *told) if told else Markup()

    def _said(self, name: str, fact: Fact) -> Markup:
        value = field_value(self.t, self.names, name, fact.value)
        if name == "capacity":
            value = measured(self.t, float(fact.value), self.card.capacity_unit)
        return Markup("{} {}").format(value, self.notes.mark(fact.source, fact.stated_on))


def against_promise(t: Texts, card: Card) -> Markup:
    """Return how late it is against the first promise; "" when that cannot be told.

    Completed in «2025» against a promise of «September 2025» can be early or late: nothing is said.
    """
    promise, done, days = card.first_promise, card.listed.completed_on, card.late_days
    if promise is None or days is None:
        return Markup()
    if card.listed.status == "completed" and done is not None:
        if done.last < promise.first:
            return _early(t, (promise.first - done.last).days)
        if done.last <= promise.last:
            return t("Completed as first promised")
        if done.first <= promise.last:
            return Markup()
    return t.plural("{n} day later than first promised", "{n} days later than first promised", days)


def _early(t: Texts, days: int) -> Markup:
    return t.plural(
        "{n} day earlier than first promised", "{n} days earlier than first promised", days
    )
