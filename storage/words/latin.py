"""The Latin key: one spelling for a name in any script, «Қалқаман», «Калкаман», «Qalqaman».

Coarse on purpose: Kazakh and Russian letters, the Kazakh Latin alphabets of 2018 and 2021 and the
transliterations people invent all meet in it. Different words may meet too; a key finds
candidates, it proves nothing.
"""

import re
from functools import lru_cache

from storage.words.letters import fold, is_cyrillic, normalise

_CYRILLIC_SOUNDS = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцчшщыэ", "abvgdejziiklmnoprstufhscxxie", strict=True))
    | {"ю": "iu", "я": "ia", "ъ": "", "ь": ""}
)
_MARKED = str.maketrans(
    dict(
        zip(
            "şšçčžğǵñńəýı",
            ["sh", "sh", "ch", "ch", "zh", "g", "g", "n", "n", "a", "w", "i"],
            strict=True,
        )
    )
)
_LATIN = re.compile(r"shch|[zksgc]h|t[sz]|ph|ck|c(?=[eiy])|ye|(?<![aeiouy])yo|[cqwyx]")
_LATIN_SOUNDS = {
    "shch": "x",
    "sh": "x",
    "zh": "j",
    "kh": "h",
    "gh": "g",
    "ch": "c",
    "ts": "s",
    "tz": "s",
    "ph": "f",
    "ck": "k",
    "ye": "e",
    "yo": "e",
    "q": "k",
    "w": "u",
    "y": "i",
    "x": "ks",
}
_SAME = re.compile(r"([a-z])\1+")
_NOT_OF_A_KEY = re.compile(r"[^a-z0-9]")

_SPELT = re.compile(r"shch|[zksgc]h|ts|[iy]y$|y[aue]|(?<![aeiou])yo|(?<=[aeiou])[yi]|[a-z]")
_SPELLING = {
    "shch": "щ",
    "zh": "ж",
    "kh": "х",
    "sh": "ш",
    "gh": "г",
    "ch": "ч",
    "ts": "ц",
    "iy": "ий",
    "yy": "ый",
    "ya": "я",
    "yu": "ю",
    "ye": "е",
    "yo": "е",
    "x": "кс",
} | dict(zip("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстувуыз", strict=True))


@lru_cache(maxsize=65536)
def latin_key(word: str) -> str:
    """Return a word's key in a-z and 0-9, the same for «Qalqaman», «Калкаман» and «Қалқаман».

    ж zh j, ш sh ş, х kh h, к қ k q, у w, and и і ы й i y are one sound each, vowels that only
    Kazakh tells apart fall together, double letters are one. A word of another script gives "".
    """
    word = normalise(word).replace(" ", "")
    key = fold(word).translate(_CYRILLIC_SOUNDS) if is_cyrillic(word) else _latin_sounds(word)
    key = key.replace("dj", "j").replace("ng", "n").replace("ts", "s")
    return _SAME.sub(r"\1", _NOT_OF_A_KEY.sub("", key))


def _latin_sounds(word: str) -> str:
    plain = fold(word.translate(_MARKED))
    return _LATIN.sub(lambda found: _LATIN_SOUNDS.get(found[0]) or _sound_of_c(found), plain)


def _sound_of_c(found: re.Match[str]) -> str:
    return "s" if found.string[found.end() : found.end() + 1] in set("eiy") else "k"


@lru_cache(maxsize=65536)
def to_cyrillic(word: str) -> str:
    """Return a Latin word as a Russian keyboard would spell it, folded: «shkoly» -> «школы».

    A guess, good enough to look for Kazakh and Russian endings in it.
    """
    plain = fold(normalise(word).translate(_MARKED))
    return _SPELT.sub(_spelling, plain)


def _spelling(found: re.Match[str]) -> str:
    after_vowel = found.start() > 0 and found.string[found.start() - 1] in "aeiou"
    if after_vowel and found[0] in "yi":
        return "й"
    return _SPELLING[found[0]]
