"""What things are called on a screen: districts, programmes, and the vocabulary's terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handlers.frame.texts import Markup, Texts
from storage.values.states import STATES, UNKNOWN
from storage.values.titles import Titles
from storage.vocabulary import AREAS, DISTRICTS, KINDS, PROGRAMMES, SECTORS, STATUSES

STATE_EMOJI: Mapping[str, str] = {
    state: STATUSES[codes[0]].emoji for state, codes in STATES.items()
} | {"planned": STATUSES["planned"].emoji, UNKNOWN: "❔"}
MOST_DISTRICTS = 2  # named in a list's line; more are said to be several


@dataclass(frozen=True, slots=True)
class Names:
    """Names of districts (by slug) and programmes (by code) that only the store knows."""

    districts: Mapping[str, Titles] = field(default_factory=dict)
    programmes: Mapping[str, Titles] = field(default_factory=dict)

    def district(self, t: Texts, slug: str) -> str:
        """The official name, «Медеу ауданы»; the slug where nobody gave one."""
        known = DISTRICTS.get(slug)
        return known.names[t.language] if known else self._stored(t, self.districts, slug)

    def district_short(self, t: Texts, slug: str) -> str:
        """What stands on a button or in a list, «Медеу»."""
        known = DISTRICTS.get(slug)
        return known.short_names[t.language] if known else self._stored(t, self.districts, slug)

    def programme(self, t: Texts, code: str) -> str:
        """The programme's name, its code where nobody gave one."""
        stored = self.programmes.get(code)
        if stored and stored.own(t.language):
            return stored.own(t.language)
        known = PROGRAMMES.get(code)
        return known.labels[t.language] if known else self._stored(t, self.programmes, code)

    def where(self, t: Texts, slugs: Iterable[str]) -> str:
        """The districts in a list's line: one or two by name, more as several, "" for none."""
        named = tuple(slugs)
        if len(named) > MOST_DISTRICTS:
            return t("several districts")
        return ", ".join(self.district_short(t, slug) for slug in named)

    @staticmethod
    def _stored(t: Texts, names: Mapping[str, Titles], code: str) -> str:
        return (names[code].shown(t.language) if code in names else "") or code


def unknown_districts(slugs: Iterable[str]) -> set[str]:
    """Those of the slugs whose names only the store can tell."""
    return {slug for slug in slugs if slug not in DISTRICTS}


def unknown_programmes(codes: Iterable[str]) -> set[str]:
    """Those of the codes whose names only the store can tell."""
    return {code for code in codes if code not in PROGRAMMES}


def sentence(text: str) -> str:
    """The text with a capital first letter: the vocabulary's labels are in lower case."""
    return text[:1].upper() + text[1:]


def status(t: Texts, code: str | None) -> str:
    """«🚧 салынып жатыр»; in words when nobody stated one."""
    if code is None:
        return Markup("❔ {}").format(t("state not known"))
    return f"{STATUSES[code].emoji} {STATUSES[code].labels[t.language]}"


def area(t: Texts, code: str) -> str:
    """The jurisdiction: «Алматы облысы»."""
    return AREAS[code].labels[t.language] if code in AREAS else code


def kind_emoji(code: str | None) -> str:
    """The sign of the kind, a pin when it is not known."""
    return KINDS[code].emoji if code else KINDS["other"].emoji


def sector(t: Texts, code: str | None) -> str:
    """«🏫 Әлеуметтік сала»; in words when unknown."""
    if code is None or code not in SECTORS:
        return Markup("❔ {}").format(t("Sector not known"))
    return f"{SECTORS[code].emoji} {sentence(SECTORS[code].labels[t.language])}"


def state(t: Texts, code: str) -> str:
    """A group of statuses as people tell them apart: «🚧 Салынып жатыр»."""
    words = {
        "building": t("Being built"),
        "planned": t("Planned"),
        "completed": t("Completed"),
        "suspended": t("Suspended"),
        "cancelled": t("Cancelled"),
        UNKNOWN: t("State not known"),
    }
    return f"{STATE_EMOJI[code]} {words[code]}"
