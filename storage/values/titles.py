"""A name and an address in three languages, any of which may be unknown."""

import re
from dataclasses import dataclass

from storage.words.languages import LANGUAGES, Language

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Titles:
    """A title or name per language; "" where no source gave one in that language."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def own(self, language: Language) -> str:
        """The title in exactly this language, "" where there is none."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def shown(self, language: Language) -> str:
        """The title to show: in this language, else in the first of kk, ru, en that has one."""
        return self.own(language) or next(filter(None, map(self.own, LANGUAGES)), "")


@dataclass(frozen=True, slots=True)
class Address:
    """Where something stands: `stated` as its source writes it, and in each language."""

    stated: str = ""
    names: Titles = Titles()

    def __bool__(self) -> bool:
        return bool(self.stated or any(map(self.names.own, LANGUAGES)))

    def shown(self, language: Language) -> str:
        """The address in this language, else as its source writes it; "" where nobody gave one."""
        return self.names.own(language) or self.stated or self.names.shown(language)

    def otherwise(self, language: Language) -> str:
        """What the source itself wrote where that is not what is shown, else "".

        Another blank or stop is no other address.
        """
        stated, shown = (_WORDS.findall(t.casefold()) for t in (self.stated, self.shown(language)))
        return "" if stated == shown else self.stated
