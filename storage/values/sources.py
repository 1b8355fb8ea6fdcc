"""Who said so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source's title and address; either may be ""."""

    title: str
    url: str


MADE_UP_SOURCE = "Сынақ беті: ойдан шығарылған · выдумано · made up"
"""The source of what the chat page of `qala try` makes up: nobody said so."""
