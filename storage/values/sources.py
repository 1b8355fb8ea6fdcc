"""Who said so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source's title and address; either may be ""."""

    title: str
    url: str
