"""A name in three languages, any of which may be unknown."""

from dataclasses import dataclass

from storage.words.languages import LANGUAGES, Language


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
