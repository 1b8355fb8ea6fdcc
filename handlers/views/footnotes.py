"""Footnotes: every fact carries a number, the numbers lead to who said it and on which day."""

from urllib.parse import urlsplit

from markupsafe import Markup

from handlers.frame.dates import when
from handlers.frame.texts import Texts
from handlers.views.lists import shortened
from storage.values.partial_dates import PartialDate
from storage.values.sources import SourceFacts

MOST_TITLE = 110  # characters of a source's title


class Footnotes:
    """The sources of one screen, numbered from 1 in the order in which they are first needed."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[SourceFacts, PartialDate | None], int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def mark(self, source: SourceFacts | None, stated_on: PartialDate | None) -> Markup:
        """Return the number in brackets, linked to the source; "" for no source."""
        if source is None:
            return Markup()
        number = self._numbers.setdefault((source, stated_on), len(self._numbers) + 1)
        return linked(f"[{number}]", source.url)

    def lines(self, t: Texts) -> list[Markup]:
        """Return a line for each source: its number, linked title, and day."""
        return [
            Markup("{} {} – {}").format(f"[{number}]", source_name(t, source), said(t, stated_on))
            for (source, stated_on), number in self._numbers.items()
        ]


def source_name(t: Texts, source: SourceFacts, most: int = MOST_TITLE) -> Markup:
    """Return the title (the site where there is none), linked when there is an address."""
    site = urlsplit(source.url).hostname or source.url
    return linked(shortened(source.title, most) or site or t("source not named"), source.url)


def said(t: Texts, stated_on: PartialDate | None) -> str:
    """Return the day on which something was said; in words when it is unknown."""
    return when(t, stated_on) if stated_on else t("undated")


def linked(label: str, url: str) -> Markup:
    """Return the label as a link, as it is when the address is no web page."""
    if urlsplit(url).scheme not in {"http", "https"}:
        return Markup("{}").format(label)
    return Markup('<a href="{}">{}</a>').format(url, label)
