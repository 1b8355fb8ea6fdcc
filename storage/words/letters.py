"""Letters: one spelling for what people type in many ways.

`normalise` keeps the language (ә stays ә), `fold` drops what keyboards lack (ә becomes а),
`tokens` cuts a text into words and numbers. Everything else in this room stands on these three.
"""

import re
import unicodedata
from functools import lru_cache

KAZAKH_LETTERS = frozenset("әғқңөұүһі")

_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u02bb`\u00b4"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SIGNS: dict[int, str | None] = {ord(sign): None for sign in _APOSTROPHES + _INVISIBLE}
_SIGNS.update({ord(raised): str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")})
_SIGNS.update({ord(lowered): str(digit) for digit, lowered in enumerate("₀₁₂₃₄₅₆₇₈₉")})

# Capitals first: a capital H is drawn like a Cyrillic Н, a small h like a Kazakh һ.
_TO_CYRILLIC = str.maketrans(
    "ABCEHIKMOPTXYabcehikmoptxyəƏɵƟ",
    "АВСЕНІКМОРТХУавсеһікмортхуәӘөӨ",
)
_TO_LATIN = str.maketrans(
    "АВСЕНІКМОРТХУаеіормсхукһт",
    "ABCEHIKMOPTXYaeiopmcxykht",
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u0259\u018f\u0275\u019f]")
_WORD = re.compile(r"[^\W_]+")
# Latin and Cyrillic letters and our signs: no combining mark is among them.
_NO_MARKS = re.compile("[\u0000-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2044\u20b8\u2116]*")
_PLAIN = re.compile(r"[a-z0-9а-яәғқңөұүһіё ]*")

_FOLDED = str.maketrans("әғқңөұүіһё", "агкноууихе")
# ý was the Kazakh у of the 2018 alphabet; the other letters lose their marks by decomposition.
_FOLDED_LATIN = str.maketrans({"ý": "u", "ı": "i", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})


def normalise(text: str) -> str:
    """Return `text` as lower-case words of letters and digits, one space between them.

    NFC; apostrophes, stress marks and invisible signs dropped; hyphens and all other signs become
    spaces; letters of the other script that look the same are put right word by word («Aлматы»
    typed with a Latin A). Kazakh letters are kept. Never raises; applying it twice changes nothing.
    """
    while True:
        result = _normalise_once(text)
        # A mark that goes may let its neighbours compose or a letter change case: seldom, in
        # scripts we do not serve, but then once more.
        if result == text or _PLAIN.fullmatch(result):
            return result
        text = result


def _normalise_once(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_SIGNS))
    if not _NO_MARKS.fullmatch(text):
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Mn")
    words = (_one_script(word).lower() for word in _WORD.findall(text))
    return " ".join(words)


def _one_script(word: str) -> str:
    """Return a word of mixed Cyrillic and Latin letters in the script most of it is in."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    table, left = (_TO_CYRILLIC, _LATIN) if cyrillic >= latin else (_TO_LATIN, _CYRILLIC)
    mended = word.translate(table)
    return word if left.search(mended) else mended


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a normalised text in the letters every keyboard has.

    ә→а ғ→г қ→к ң→н ө→о ұ→у ү→у і→и һ→х ё→е, й kept; Latin letters lose their marks (ş→s, ý→u).
    Folding twice changes nothing.
    """
    text = text.translate(_FOLDED)
    if text.isascii() or not _has_marked_latin(text):
        return text
    return "".join(_unmarked(sign) for sign in text.translate(_FOLDED_LATIN))


def _has_marked_latin(text: str) -> bool:
    return any("\u00c0" <= sign <= "\u024f" or "\u1e00" <= sign <= "\u1eff" for sign in text)


def _unmarked(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base.isascii() else sign


def tokens(text: str) -> list[str]:
    """Return the words and numbers of `text` in order, normalised.

    «№178» gives 178, «12-шағынаудан» gives 12 and шағынаудан, «Ақсай-3Б» gives ақсай and 3б.
    """
    return normalise(text).split()


def is_cyrillic(word: str) -> bool:
    """Tell whether `word` holds a Cyrillic letter."""
    return _CYRILLIC.search(word) is not None
