"""Whose facts these are, how many, how fresh, and under which licence."""

from collections.abc import Iterable

from handlers.frame.dates import city_day, when
from handlers.frame.main_keyboard import ROOTS, menu_button
from handlers.frame.screens import Button, Screen, empty_screen
from handlers.frame.texts import Markup, Texts
from handlers.views.parts import parted
from storage.projects.about import About, Package
from storage.values.sources import SourceFacts

ABOUT = "m:about"
LONGEST_TITLE = 70  # characters: two lines of a phone; licences are never cut


def about_screen(t: Texts, facts: About, part: int = 0) -> Screen:
    """Counts, the last import, the sources said most often, the licence."""
    buttons = ((Button(t("❓ Help"), ROOTS["help"]), menu_button(t)),)
    if not facts.projects:
        return Screen(empty_screen(t).text, buttons)
    parts = [_title(t, facts), _counts(t, facts), _freshness(t, facts)]
    parts += [_sources(t, facts), _licence(t, facts)]
    screen = Screen(Markup("\n\n").join(filter(None, parts)), buttons)
    return parted(screen, part, lambda at: f"{ABOUT}:{at}")


def _title(t: Texts, facts: About) -> Markup:
    """The heading, and the data set's own name under it where it has one."""
    package = facts.package
    name = (package.titles.shown(t.language) or package.title) if package else ""
    lines = (t("ℹ️ <b>About the data</b>"), Markup("<i>{}</i>").format(name) if name else "")
    return Markup("\n").join(filter(None, lines))


def _counts(t: Texts, facts: About) -> Markup:
    return Markup("\n").join(
        (
            t.plural("• {n} project", "• {n} projects", facts.projects),
            t.plural("• {n} statement about them", "• {n} statements about them", facts.statements),
            t.plural("• {n} source", "• {n} sources", facts.sources),
            t.plural("• {n} place name", "• {n} place names", facts.places),
        )
    )


def _freshness(t: Texts, facts: About) -> Markup:
    lines = []
    if facts.data_until is not None:
        lines.append(t("Last heard: {day}", day=when(t, facts.data_until)))
    last = facts.last_import
    if last is not None and last.finished_at is not None:
        lines.append(t("Loaded: {day}", day=city_day(t, last.finished_at)))
    return Markup("\n").join(lines)


def _sources(t: Texts, facts: About) -> Markup:
    named = [_link(source, LONGEST_TITLE) for source, _ in facts.top_sources]
    return _listed(t("<b>Sources cited most</b>"), named)


def _licence(t: Texts, facts: About) -> Markup:
    if facts.package is None:
        return Markup()
    licences = _listed(t("<b>Licence</b>"), map(_link, _licences(t, facts.package)))
    names = ", ".join(filter(None, facts.package.contributors))
    compiled = t("Compiled by: {names}", names=names) if names else ""
    return Markup("\n").join(filter(None, (licences, compiled)))


def data_licences(t: Texts, package: Package | None) -> dict[str, list[dict[str, str]]]:
    """What goes along with an export, as plain JSON values: under which licences the data is.

    Empty without a data set that says so.
    """
    named = _licences(t, package) if package else []
    found = [{"title": each.title, "url": each.url} for each in named]
    return {"data_licences": found} if found else {}


def _licences(t: Texts, package: Package) -> list[SourceFacts]:
    """The data set's licences by their titles in the person's language."""
    return [
        SourceFacts(licence.titles.own(t.language) or licence.title, licence.url)
        for licence in package.licences
    ]


def _listed(title: Markup, items: Iterable[Markup]) -> Markup:
    """The items under their title; blank without any."""
    lines = [Markup("• ") + item for item in items if item]
    return Markup("\n").join((title, *lines)) if lines else Markup()


def _link(source: SourceFacts, longest: int | None = None) -> Markup:
    """A title that opens its address, cut to `longest` characters; blank without either."""
    title = source.title or source.url
    if longest is not None and len(title) > longest:
        title = title[: longest - 1].rstrip() + "…"
    if not source.url:
        return Markup("{}").format(title)
    return Markup('<a href="{}">{}</a>').format(source.url, title)
