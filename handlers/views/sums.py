"""Sums of several projects: what is known of them first, private money apart.

Planned, contracted and spent are the same money at three moments and are never added to one
another; nor is what private investors pay to what the public pays. What no source names a payer of
counts as public: the list is the city's, and only a source makes a plant private.
"""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.frame.texts import Texts
from handlers.views.lists import heading, lines
from handlers.views.money import money, short_money
from handlers.views.numbers import coverage
from storage.projects.comparison import MONEY, MoneyKind
from storage.projects.sums import Funds, Money, Total

SIGNS: dict[MoneyKind, str] = {"planned": "💰", "contracted": "📄", "spent": "💸"}


def label(t: Texts, kind: MoneyKind) -> Markup:
    """Return what a sum is called: plan, contract, spent."""
    return {"planned": t("Plan"), "contracted": t("Contract"), "spent": t("Spent")}[kind]


def part_of(funds: Funds, kind: MoneyKind) -> Money:
    """Return one of the three sums."""
    return {"planned": funds.planned, "contracted": funds.contracted, "spent": funds.spent}[kind]


def amount(t: Texts, part: Money) -> Markup:
    """Return «известно по 14 из 156 проектов · <b>65,6 млрд ₸</b>»; «неизвестно» for no sum."""
    if not part.known:
        return t("not known")
    return heading(
        coverage(t, part.known, part.of), Markup("<b>{}</b>").format(short_money(t, part.kzt))
    )


def sum_line(t: Texts, kind: MoneyKind, part: Money) -> Markup:
    """Return «💰 План: известно по 14 из 156 проектов · <b>65,6 млрд ₸</b>»."""
    return Markup("{} {}: {}").format(SIGNS[kind], label(t, kind), amount(t, part))


def sum_lines(t: Texts, total: Total, kinds: Sequence[MoneyKind] = MONEY) -> list[Markup]:
    """Return a line for each sum that is known, one for the others, one for private investors.

    Where no source names any: that, in one line.
    """
    private = _private(t, total, kinds)
    if not private:
        return public_lines(t, total, kinds)
    if not any(part_of(total.public, kind).known for kind in kinds):
        return [private, *([_others(t, total)] if total.public.projects else [])]
    return [*public_lines(t, total, kinds), private]


def public_lines(t: Texts, total: Total, kinds: Sequence[MoneyKind] = MONEY) -> list[Markup]:
    """Return the lines of what is no private investor's; of sums that were named, in that order."""
    parts = {kind: part_of(total.public, kind) for kind in kinds}
    if tuple(kinds) != MONEY:
        return [sum_line(t, kind, part) for kind, part in parts.items()]
    known = [sum_line(t, kind, part) for kind, part in parts.items() if part.known]
    if not known:
        return [t("💰 No source names a sum")]
    unknown = [f"{SIGNS[kind]} {label(t, kind)}" for kind, part in parts.items() if not part.known]
    return [*known, *([t("{sums}: not known", sums=", ".join(unknown))] if unknown else [])]


def _others(t: Texts, total: Total) -> Markup:
    """That nothing is known of what is no private investor's."""
    return t.plural(
        "💰 Of the other {n} project no source names a sum",
        "💰 Of the other {n} projects no source names a sum",
        total.public.projects,
    )


def _private(t: Texts, total: Total, kinds: Sequence[MoneyKind]) -> Markup:
    """Private investors' money, by itself; "" where there is no such project."""
    funds = total.private
    if not funds.projects:
        return Markup()
    parts = {kind: part_of(funds, kind) for kind in kinds}
    told = [
        t("{kind} – {amount}", kind=label(t, kind).lower(), amount=amount(t, part))
        for kind, part in parts.items()
        if part.known
    ]
    if told:
        return t("🏭 Private investors, apart: {sums}", sums=heading(*told))
    return t.plural(
        "🏭 Private investors, apart: {n} project, no source names a sum",
        "🏭 Private investors, apart: {n} projects, no source names a sum",
        funds.projects,
    )


def each_resident(t: Texts, part: Money, residents: int | None) -> Markup:
    """Return «на жителя 120 ₸»; "" where less than half of the projects state a sum."""
    if part.kzt is None or not residents or not part.is_telling:
        return Markup()
    return t("per resident: {sum}", sum=money(t, round(part.kzt / residents)))


def too_little(t: Texts, part: Money) -> Markup:
    """Return why nothing is divided or ranked: for how few projects sums are known."""
    return lines(
        t("Too few sums are known for that: fewer than half of the projects have one."),
        coverage(t, part.known, part.of) if part.known else Markup(),
    )
