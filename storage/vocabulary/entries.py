"""What a line of the vocabulary is, once read."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from storage.words.languages import Language

_RUSSIAN = Locale("ru")


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the vocabulary.

    `number` is small, stands in the store's integer columns and is never used again for another
    term. `labels` and `plurals` have all three languages, written as inside a sentence (lower case
    unless a name). `aliases` are the words people and sources use for it, as written in the file.
    """

    code: str
    number: int
    labels: Mapping[Language, str]
    plurals: Mapping[Language, str]
    aliases: frozenset[str]
    emoji: str

    def names(self) -> frozenset[str]:
        """Return every spelling that means this entry: code, labels, plurals, aliases."""
        return self.aliases | {self.code} | set(self.labels.values()) | set(self.plurals.values())


@dataclass(frozen=True, slots=True)
class Kind(Entry):
    """A kind of facility; `sector` is the code of the sector it belongs to, None for «other»."""

    sector: str | None


@dataclass(frozen=True, slots=True)
class Unit(Entry):
    """A unit of capacity; `few` is the Russian form after 2, 3, 4 and after fractions."""

    few: str

    def names(self) -> frozenset[str]:
        """Return every spelling that means this unit."""
        return self.aliases | {self.code, self.few, *self.labels.values(), *self.plurals.values()}

    def after(self, amount: float, language: Language) -> str:
        """Return the word that stands after `amount`: 1 место, 2 места, 5 мест, 2,5 места.

        Kazakh keeps the singular after any number. Russian and English follow the Unicode plural
        rules (CLDR).
        """
        if language == "kk" or (language == "en" and amount == 1):
            return self.labels[language]
        if language == "en":
            return self.plurals["en"]
        form = _RUSSIAN.plural_form(int(amount) if amount == int(amount) else amount)
        return {"one": self.labels["ru"], "many": self.plurals["ru"]}.get(form, self.few)


@dataclass(frozen=True, slots=True)
class Programme(Entry):
    """A programme the bot knows by itself.

    `parent` is a programme's code or None; `area` is the code of the area it belongs to, None for
    national programmes.
    """

    parent: str | None
    area: str | None


@dataclass(frozen=True, slots=True)
class District:
    """A district of Almaty.

    `kato` is its code in Kazakhstan's classifier of administrative units (КАТО). `names` are the
    official names («Алатау ауданы»), `short_names` what stands on a button («Алатау»).
    """

    slug: str
    kato: str
    names: Mapping[Language, str]
    short_names: Mapping[Language, str]
    aliases: frozenset[str]

    @property
    def code(self) -> str:
        """Return the slug: districts are looked up like other entries."""
        return self.slug

    def all_names(self) -> frozenset[str]:
        """Return every spelling that means this district."""
        return self.aliases | {
            self.slug,
            self.kato,
            *self.names.values(),
            *self.short_names.values(),
        }
