"""The pieces an answer's sentence is made of: what, where, when, in the language of the answer.

«4 мектеп», «Алатау ауданында», «2024 жылы»; the sentences themselves are texts of the catalogues.
"""

import calendar
from datetime import date

from markupsafe import Markup

from handlers.frame.dates import day, when
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views.names import Names
from handlers.views.numbers import distance, number
from storage.values.city import REGION
from storage.values.partial_dates import parse_partial
from storage.values.ranges import Period
from storage.vocabulary import KINDS, SECTORS, Kind
from storage.words.kazakh_endings import Case
from storage.words.kazakh_inflection import with_suffix
from storage.words.languages import LANGUAGES
from storage.words.russian_inflection import counted_form, in_district, in_month

DECEMBER = 12


def counted(t: Texts, question: Question, count: int) -> Markup:
    """Return how many of what was asked about: «4 мектеп», «5 школ», "2 projects (parks, ponds)".

    Kazakh keeps the singular after a numeral.
    """
    kind = KINDS[question.kinds[0]] if len(question.kinds) == 1 else None
    if kind is not None and _countable(kind):
        return Markup("{} {}").format(number(t, count), counted_kind(t, kind, count))
    labels = [KINDS[code].plurals[t.language] for code in question.kinds]
    labels += [SECTORS[code].labels[t.language] for code in question.sectors]
    projects = t.plural("{n} project", "{n} projects", count)
    return Markup("{} ({})").format(projects, ", ".join(labels)) if labels else projects


def counted_kind(t: Texts, kind: Kind, count: int) -> str:
    """Return the kind's word as it stands after the number."""
    label = kind.labels[t.language]
    if t.language == "ru":
        return counted_form(label, count)
    return kind.plurals["en"] if t.language == "en" and count != 1 else label


def _countable(kind: Kind) -> bool:
    """Whether one can count the things themselves: three parks, but three projects of greening."""
    one_form = any(kind.labels[language] == kind.plurals[language] for language in LANGUAGES)
    return not one_form and " и " not in kind.labels["ru"] and kind.code != "other"


def where(t: Texts, names: Names, question: Question) -> str:
    """Return where the question looks: «Алатау ауданында», «в Алматы», "near Orbita-1"."""
    found = []
    if question.place is not None:
        found.append(_near(t, question))
    elif question.named is not None:
        found.append(t("for the name {name}", name=quoted(t, question.named)))
    if question.districts:
        found.append(_districts(t, names, question.districts))
    if question.area == REGION:
        found.append(t("in Almaty region"))
    if not found and question.programme is None:
        found.append(t("in Almaty"))
    if question.programme is not None:
        found.append(_programme(t, names, question.programme))
    return " ".join(found)


def _near(t: Texts, question: Question) -> str:
    place = quoted(t, place_name(t, question))
    if question.radius_m is None:
        return t("near {place}", place=place)
    return t("within {radius} of {place}", place=place, radius=distance(t, question.radius_m))


def quoted(t: Texts, name: str) -> str:
    """Return a name in the language's quotation marks; what it quotes itself in the inner ones.

    «Орбита-1», «Программа „Енбек“»; a name that is quoted as a whole stays as it is.
    """
    if t.language == "en":
        return f"“{name}”"
    if name.startswith("«") and name.find("»") == len(name) - 1:
        return name
    return f"«{name.replace('«', '„').replace('»', '“')}»"


def place_name(t: Texts, question: Question) -> str:
    """Return the named place as it is called in the language, "" for none."""
    place = question.place
    if place is None:
        return ""
    own = {"kk": place.kk, "ru": place.ru, "en": place.en}[t.language]
    return own or place.kk or place.ru or place.en


def _districts(t: Texts, names: Names, slugs: tuple[str, ...]) -> str:
    if len(slugs) == 1:
        return in_one_district(t, names, slugs[0])
    return t(
        "in the districts {names}", names=listing(t, [names.district_short(t, s) for s in slugs])
    )


def in_one_district(t: Texts, names: Names, slug: str) -> str:
    """Return «Алатау ауданында», «в Алатауском районе», "in Alatau district"."""
    name = names.district(t, slug)
    if t.language == "kk":
        return with_suffix(name, "locative")
    if t.language == "ru":
        inside = in_district(name)
        return f"в {inside}" if inside else f"в районе {quoted(t, name)}"
    return f"in {name}"


def listing(t: Texts, words: list[str]) -> str:
    """Return «Алатау, Медеу және Түрксіб»: the last one after "and"."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(words)
    return t("{words} and {last}", words=", ".join(words[:-1]), last=words[-1])


def _programme(t: Texts, names: Names, code: str) -> str:
    return t("in the programme {name}", name=quoted(t, names.programme(t, code)))


def span(t: Texts, period: Period) -> str:
    """Return the days by their name, «2024 жыл», «2025 жылғы қазан», else by both ends.

    An open end is said as "since" or "until".
    """
    first, last = period.first, period.last
    if first is None or last is None:
        return _open(t, first, last)
    if named := _named(first, last):
        return when(t, parse_partial(named))
    return t("{first} – {last}", first=day(t, first), last=day(t, last))


def during(t: Texts, period: Period) -> str:
    """Return when something happened: «2024 жылы», «в 2024 году», "in October 2025"."""
    first, last = period.first, period.last
    if first is None or last is None:
        return _open(t, first, last)
    named = _named(first, last)
    if named and len(named) == len("2025"):
        return t("in the year {year}", year=named)
    if named:
        said = when(t, parse_partial(named))
        if t.language == "kk":
            return with_suffix(said, "locative")
        if t.language == "ru" and first != last:
            said = in_month(said)
        return t("in the month of {month}", month=said) if first != last else said
    return t("from {first} to {last}", first=day(t, first), last=day(t, last))


def _open(t: Texts, first: date | None, last: date | None) -> str:
    if first is not None:
        return t("since {day}", day=_ended(t, first, "ablative"))
    return t("by {day}", day=_ended(t, last, "dative")) if last is not None else ""


def _ended(t: Texts, value: date, case: Case) -> str:
    """The day; in Kazakh with the ending that the word after it wants."""
    said = day(t, value)
    return with_suffix(said, case) if t.language == "kk" else said


def _named(first: date, last: date) -> str:
    """The partial date that is exactly these days: a day, a month, a year; "" for none."""
    if first == last:
        return first.isoformat()
    if first.year != last.year or first.day != 1:
        return ""
    if (first.month, last.month, last.day) == (1, DECEMBER, 31):
        return f"{first:%Y}"
    ends = calendar.monthrange(first.year, first.month)[1]
    return f"{first:%Y-%m}" if (first.month, last.day) == (last.month, ends) else ""
