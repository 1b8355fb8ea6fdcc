"""Long names cut to what there is room for, so that no two of them look the same.

What is cut away has «…» in its place. Of two alike names the part in which they differ is kept:
«Строительство школы на 1200…» and the same are «Строительство… мкр Шугыла», «… мкр Калкаман».
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

Fits = Callable[[str], bool]
CUT = "…"
_EDGES = " ,;:.–-("
_DANGLING = "в во на с со к ко у о об по из от до за для при и а of in at to by on for the a and"
_SHORT_LAST = re.compile(rf"(\s+(?:{'|'.join(_DANGLING.split())}))+$")  # «... детский сад в…»


def within(most: int) -> Fits:
    """Return what fits into so many characters."""
    return lambda text: len(text) <= most


def cut(text: str, fits: Fits) -> str:
    """Return as much of the text's beginning as fits, cut at a word where there is one."""
    if fits(text):
        return text
    most = _longest(text, lambda part: fits(part.rstrip(_EDGES) + CUT))
    head = text[:most]
    at_word = head if text[most : most + 1].isspace() else head.rsplit(" ", 1)[0]
    kept = _SHORT_LAST.sub("", at_word) if len(at_word) * 2 > len(head) else head
    return kept.rstrip(_EDGES) + CUT


def told_apart(names: Sequence[str], fits: Fits, *, ends: bool = False) -> list[str]:
    """Return each name as it fits; two different names never look the same.

    `ends`: the last word says what it is, as in Kazakh, and is kept: «Шұғыла… мектеп». Where there
    is too little room even to tell them apart, they are numbered: «Школа… (2)».
    """
    found = [cut_within(name, fits) if ends else cut_naming(name, fits) for name in names]
    for kept in (_where_they_differ, _both_ends):
        alike, before = _alike(names, found), list(found)
        for at, look in alike.items():
            others = {names[each] for each in alike if before[each] == look} - {names[at]}
            found[at] = kept(names[at], sorted(others), fits)
    return _numbered(names, found)


def cut_naming(text: str, fits: Fits) -> str:
    """Return the beginning; where no name stood in it, the first word and what is named.

    «Капитальный ремонт…» says of nothing what it is: «Капитальный… поликлиники №3» does.
    """
    begun = cut(text, fits)
    if begun == text or _names(begun.rstrip(CUT)):
        return begun
    words = text.split()
    named = next((at for at in range(1, len(words)) if _is_name(words[at])), None)
    if named is None:
        return begun
    of_what = named - 1 if words[named].startswith("№") and named > 1 else named
    told = (_from(words, at, named, fits) for at in dict.fromkeys((of_what, named)))
    return next(filter(None, told), begun)


def _from(words: Sequence[str], start: int, named: int, fits: Fits) -> str:
    """The first words, «…», and those from `start` on, up to the named one at least."""
    for most in range(len(words), named, -1):
        part = _part(words, start, most)
        if told := _begun_with(" ".join(words[:start]), part, fits):
            return told
    first, part = words[0], _part(words, start, named + 1)
    short = (f"{first[:most]}{CUT} {part}" for most in range(len(first), _SHORTEST_FIRST - 1, -1))
    return next(filter(fits, short), "")


def _part(words: Sequence[str], start: int, end: int) -> str:
    part = " ".join(words[start:end])
    return part if end == len(words) else _SHORT_LAST.sub("", part).rstrip(_EDGES) + CUT


_SHORTEST_FIRST = 6  # letters of a first word that the name leaves no more room: «Благоустр…»


def _names(text: str) -> bool:
    return any(map(_is_name, text.split()[1:]))


def _is_name(word: str) -> bool:
    """Whether a word behind the first is a name, or has its number: Абая, «Алатау», №3.

    The number of a house is none: of «Двор дома 37 на улице…» the street is not known.
    """
    return word.startswith("№") or word.lstrip('«“"(')[:1].isupper()


def cut_within(text: str, fits: Fits) -> str:
    """Return the first words and the last ones, as much as fits, with «…» for what is between."""
    if fits(text):
        return text
    words = text.split()
    ends = (
        _begun_with(" ".join(words[:at]), " ".join(words[at:]), fits) for at in range(1, len(words))
    )
    whole = (each for each in ends if all(each.count(a) == each.count(b) for a, b in _PAIRS))
    return max(whole, key=len, default="") or cut(text, fits)


_PAIRS = (("«", "»"), ("(", ")"))
"""What is opened is closed again: not «Сайран… дейін» абаттандыру»."""


def _alike(names: Sequence[str], found: Sequence[str]) -> dict[int, str]:
    """The positions of those that look like another name."""
    looks: dict[str, set[str]] = {}
    for name, look in zip(names, found, strict=True):
        looks.setdefault(look, set()).add(name)
    return {at: look for at, look in enumerate(found) if len(looks[look]) > 1}


def _shared(one: str, other: str) -> str:
    """The beginning that two names have in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return one[: next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))]


def _where_they_differ(name: str, others: Sequence[str], fits: Fits) -> str:
    """The beginning, then from the word on in which the name differs from the nearest other."""
    shared = max((_shared(name, other) for other in others), key=len)
    begins = shared.rfind(" ") + 1
    rest = name[begins:].lstrip(_EDGES)
    head = name[:begins]
    for part in (rest, *(rest[:length] + CUT for length in range(len(rest) - 1, 0, -1))):
        if told := _begun_with(head, part, fits):
            return told
    return cut(name, fits)


def _begun_with(head: str, part: str, fits: Fits) -> str:
    """As many words of `head` as fit in front of `part`; "" where not one does."""
    most = _longest(head, lambda words: fits(f"{words.rstrip(_EDGES)}{CUT} {part}"))
    words = head[:most]
    if most < len(head) and not head[most].isspace():
        words = words.rpartition(" ")[0]
    words = _SHORT_LAST.sub("", words.rstrip(_EDGES)).rstrip(_EDGES)
    return f"{words}{CUT} {part}" if words else ""


def _both_ends(name: str, _: Sequence[str], fits: Fits) -> str:
    """As much of the end as of the beginning."""
    half = len(name) // 2
    most = _longest(name[:half], lambda part: fits(f"{part}{CUT}{name[len(name) - len(part) :]}"))
    return f"{name[:most].rstrip()}{CUT}{name[len(name) - most :].lstrip()}" if most else CUT


def _numbered(names: Sequence[str], found: list[str]) -> list[str]:
    """Different names that still look the same with their number among these."""
    alike, counts, seen = _alike(names, found), Counter[str](), set(found)
    told = list(found)
    for at, look in alike.items():
        while (numbered := f"{look} ({counts[look] + 1})") in seen:
            counts[look] += 1
        counts[look] += 1
        seen.add(numbered)
        told[at] = numbered
    return told


def _longest(text: str, fits: Fits) -> int:
    """How many characters of the text fit, where fewer fit if more do."""
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if fits(text[:middle]):
            least = middle
        else:
            most = middle - 1
    return least
