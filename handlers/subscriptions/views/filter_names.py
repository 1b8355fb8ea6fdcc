"""What a subscription is called: «Үй маңы, 2 км · мектеп, балабақша», «Бүкіл қала · жолдар»."""

from collections.abc import Iterable, Mapping

from handlers.frame.texts import Markup, Texts
from handlers.views.lists import heading, shortened
from handlers.views.names import Names
from handlers.views.numbers import distance
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NEWS_KINDS, NewsFilter
from storage.vocabulary import KINDS, SECTORS, Entry

MOST_NAMED = 3  # of one sort; of more it is said how many there are
MOST_NAME = 60  # characters of a place's, a programme's or a project's name
USUAL = ("completed",)


def filter_name(
    t: Texts,
    names: Names,
    wanted: NewsFilter,
    *,
    home: Point | None = None,
    place: str | None = None,
    project: str = "",
) -> Markup:
    """Return the name of what a filter lets through: where, what, and which news if not the usual.

    `home` is the person's home where one person is spoken to, `place` the name of the known place
    nearest to the filter's point, `project` the title of the project that is followed.
    """
    return heading(
        _where(t, names, wanted, home, place, project),
        _listed(t, _things(t, wanted.kinds, KINDS)),
        _listed(t, [_label(t, SECTORS, code) for code in wanted.sectors]),
        _listed(t, [names.programme(t, code) for code in wanted.programmes]),
        "" if wanted.news == USUAL else _news(t, wanted),
    )


def _where(
    t: Texts, names: Names, wanted: NewsFilter, home: Point | None, place: str | None, project: str
) -> Markup:
    """The most exact of what the filter says of the place, and beside a point the districts."""
    found: list[str] = []
    if wanted.project is not None:
        found.append(shortened(project, MOST_NAME) if project else t("One project"))
    if wanted.near is not None:
        found.append(_around(t, wanted.near, home, place))
    if len(wanted.districts) == 1:
        found.append(shortened(names.district(t, wanted.districts[0]), MOST_NAME))
    elif wanted.districts:
        found.append(_listed(t, [names.district_short(t, slug) for slug in wanted.districts]))
    return heading(*found) if found else t("Whole city")


def _around(t: Texts, circle: Circle, home: Point | None, place: str | None) -> Markup:
    if home is not None and circle.point == home.rounded():
        near = t("Near home")
    elif place:
        near = t("Near {place}", place=shortened(place, MOST_NAME))
    else:
        near = t("Near the chosen place")
    return Markup("{}, {}").format(near, distance(t, circle.radius_m))


def _things(t: Texts, codes: Iterable[str], table: Mapping[str, Entry]) -> list[str]:
    """The kinds as one says them: «мектептер», but «мектеп, балабақша» where there are several."""
    known = [table[code] for code in codes if code in table]
    if t.language == "kk" and len(known) > 1:
        return [entry.labels["kk"] for entry in known]
    return [entry.plurals[t.language] for entry in known]


def _label(t: Texts, table: Mapping[str, Entry], code: str) -> str:
    return table[code].labels[t.language] if code in table else code


def _news(t: Texts, wanted: NewsFilter) -> Markup | str:
    if set(wanted.news) == set(NEWS_KINDS):
        return t("all news")
    return ", ".join(news_words(t)[kind] for kind in NEWS_KINDS if kind in wanted.news)


def news_words(t: Texts) -> Mapping[str, str]:
    """Return what the kinds of news are called inside a sentence, by kind."""
    return {
        "completed": t("completed projects"),
        "announced": t("new projects"),
        "slipped": t("postponed dates"),
        "state": t("changes of state"),
        "budget": t("changes of cost"),
    }


def _listed(t: Texts, words: list[str]) -> Markup:
    """The first three, and how many more: «Медеу, Бостандық, Алатау және тағы 2»."""
    shown = [shortened(word, MOST_NAME) for word in words[:MOST_NAMED]]
    told = Markup(", ").join(shown)
    more = len(words) - MOST_NAMED
    return t("{names} and {number} more", names=told, number=more) if more > 0 else told
