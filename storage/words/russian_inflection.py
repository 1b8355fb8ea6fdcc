"""Russian words after a numeral, «в» and «нет»: 5 школ, в Алатауском районе, в мае, нет школы.

The forms come from OpenCorpora's dictionary through pymorphy3, so that a kind that is new in the
vocabulary needs no forms of its own.
"""

import re
from functools import lru_cache
from typing import Any

from babel import Locale

from storage.words.russian import analyzer

_RUSSIAN = Locale("ru")
Parse = Any  # pymorphy3 has no types
_AND = " и "
_DISTRICT = re.compile(r"(.+)(с|ц)кий (район)")


@lru_cache(maxsize=512)
def counted_form(label: str, count: int) -> str:
    """Return a label as it stands after a whole number: (детский сад, 5) -> детских садов.

    The label is a noun with adjectives before it and anything after it; another one comes back
    unchanged.
    """
    form = _RUSSIAN.plural_form(count)
    found = _head(label)
    if form == "one" or found is None:
        return label
    before, noun, after = found
    feminine = noun.tag.gender == "femn"
    if form == "many":
        words = [_put(each, "gent") for each in (*before, noun)]
    elif feminine and noun.word.endswith("ая"):  # 2 набережные
        words = [_put(each, "nomn") for each in (*before, noun)]
    else:
        words = [_put(each, "nomn" if feminine else "gent") for each in before]
        words.append(_put(noun, "gent", "sing"))
    return " ".join((*words, *after))


@lru_cache(maxsize=512)
def genitive(label: str) -> str:
    """Return a label as «нет» wants it: (детский сад) -> детского сада; unchanged if unread."""
    if _AND in label:
        return _AND.join(map(genitive, label.split(_AND)))
    found = _head(label)
    if found is None:
        return label
    before, noun, after = found
    gender = noun.tag.gender or "masc"
    words = [(each.inflect({"gent", "sing", gender}) or each).word for each in before]
    return " ".join((*words, _put(noun, "gent", "sing"), *after))


def in_month(month: str) -> str:
    """Return a month as it stands after «в», with what follows it: октябрь 2025 -> октябре 2025."""
    name, *year = month.split(" ", 1)
    return " ".join((name.rstrip("ьй") + "е", *year))


def in_district(name: str) -> str | None:
    """Return «Алатауском районе» for «Алатауский район»; None for a name of another shape."""
    match = _DISTRICT.fullmatch(name)
    return f"{match[1]}{match[2]}ком {match[3]}е" if match else None


def _head(label: str) -> tuple[list[Parse], Parse, list[str]] | None:
    """The adjectives of a label, its noun, and the words after that."""
    words = label.split()
    adjectives: list[Parse] = []
    for position, word in enumerate(words):
        nominative = [each for each in analyzer().parse(word) if "nomn" in each.tag]
        if not nominative:
            return None
        if "NOUN" in nominative[0].tag:
            return adjectives, nominative[0], words[position + 1 :]
        adjectives.append(nominative[0])
    return None


def _put(word: Parse, case: str, number: str = "plur") -> str:
    form: str = (word.inflect({case, number}) or word).word
    return form
