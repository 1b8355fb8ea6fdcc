"""Kazakh case endings for what the bot writes: Медеуде, Алатау ауданында, Айнабұлақ-3-те.

An ending follows the vowels of the word (жуан or жіңішке) and its last sound. Rules: the case
tables of any school grammar (септік жалғаулары); surnames in -ов, -ев follow the vowel before that
ending (Әуезовтің, Назарбаевтың); numbers follow the way they are read.
"""

import re
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from storage.words.letters import is_cyrillic

Case = Literal["genitive", "dative", "accusative", "locative", "ablative", "instrumental"]


class _End(IntEnum):
    """What a word ends in, as far as endings care."""

    VOWEL = 0
    NASAL = 1  # м н ң
    BUZZING = 2  # з ж
    VOICED = 3  # л р й у и
    VOICELESS = 4
    OWNED = 5  # the -ы, -сы of «his»: аудан-ы


# In the order of _End. A stands for а or е, Y for ы or і.
_ENDINGS: dict[Case, tuple[str, str, str, str, str, str]] = {
    "genitive": ("нYң", "нYң", "дYң", "дYң", "тYң", "нYң"),
    "dative": ("ғA", "ғA", "ғA", "ғA", "қA", "нA"),
    "accusative": ("нY", "дY", "дY", "дY", "тY", "н"),
    "locative": ("дA", "дA", "дA", "дA", "тA", "ндA"),
    "ablative": ("дAн", "нAн", "дAн", "дAн", "тAн", "нAн"),
    "instrumental": ("мен", "мен", "бен", "мен", "пен", "мен"),
}
_BACK = str.maketrans("AY", "аы")
_FRONT = str.maketrans({"A": "е", "Y": "і", "ғ": "г", "қ": "к"})

_END_OF = {
    **dict.fromkeys("аәеоөұүыіэяёaeoəäöüı", _End.VOWEL),
    **dict.fromkeys("мнңmnñ", _End.NASAL),
    **dict.fromkeys("зжzj", _End.BUZZING),
    **dict.fromkeys("лрйуиюlruwyi", _End.VOICED),
}
_BACK_VOWELS = frozenset("аоұыяёaoıu")
_FRONT_VOWELS = frozenset("әөүіеэиeiyäöü")  # у and ю follow the vowel before them
_SOFT_LOANS = ("парк", "банк", "танк", "пункт", "факт", "акт")
_SURNAME_ENDS = ("ов", "ев")
_LONG_ENOUGH_FOR_A_SURNAME = 5

_ONES = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_ROUND = ("жүз", "мың", "мың", "мың", "миллион", "миллион", "миллион", "миллиард")

_OWNED_ALONE = (
    "ауданы көшесі даңғылы қаласы облысы жолы көлі өзені базары саябағы паркі мектебі орталығы "
    "бульвары алаңы ауылы көпірі кешені бақшасы ауласы құбыры желісі зауыты ханасы жобасы құрылысы"
)
_OWNED = tuple(_OWNED_ALONE.split())
_LAST_WORD = re.compile(r"[^\W_]+(?=[\W_]*$)")


@lru_cache(maxsize=8192)
def with_suffix(text: str, case: Case, *, owned: bool | None = None) -> str:
    """Return `text` with the ending of a case: «Медеу» in the locative is «Медеуде».

    The ending goes to the last word. Numbers, Latin words, abbreviations and quoted names take it
    after a hyphen (Айнабұлақ-3-те, «Alem City»-де, ЖЭО-да). `owned` says whether the last word has
    the possessive ending (Алатау аудан-ы -> Алатау ауданында); None guesses from its look.
    A text without a word comes back unchanged.
    """
    found = _LAST_WORD.search(text)
    if found is None:
        return text
    word = found[0]
    spoken = _spoken(word)
    if owned is None:
        owned = _looks_owned(text, word)
    end = _End.OWNED if owned else _end(spoken)
    ending = _ENDINGS[case][end].translate(_FRONT if _is_front(spoken, word) else _BACK)
    text = text.rstrip()
    return f"{text}-{ending}" if _takes_hyphen(text, word) else text + ending


def _takes_hyphen(text: str, word: str) -> bool:
    foreign = not is_cyrillic(word) or word[:1].isdigit()
    abbreviation = len(word) > 1 and word.isupper()
    return foreign or abbreviation or not text.endswith(word)


def _spoken(word: str) -> str:
    """Return how the word, or the end of it that matters, is read."""
    if word.isdecimal():
        return _number(word)
    last = word[-1].lower()
    if word[0].isdigit() or (word.isupper() and not (_vowels(word.lower()) or "У" in word)):
        return _letter(last)
    return word.lower()


def _number(digits: str) -> str:
    """Return the last word of a number as it is read: 13 үш, 20 жиырма, 100 жүз."""
    zeros = len(digits) - len(digits.rstrip("0"))
    if not zeros or len(digits) == zeros:
        return _ONES[int(digits[-1])]
    if zeros == 1:
        return _TENS[int(digits[-2])]
    return _ROUND[min(zeros - 2, len(_ROUND) - 1)]


def _letter(letter: str) -> str:
    """Return the name of a letter: Б is бэ, С эс, К ка."""
    if letter in "лмнрсф":
        return "э" + letter
    if letter in "кхшщқғһ":
        return letter + "а"
    return letter if letter in _BACK_VOWELS | _FRONT_VOWELS | {"у"} else letter + "э"


def _looks_owned(text: str, word: str) -> bool:
    if word.lower().endswith(_OWNED):  # Жібек Жолы too
        return True
    several = len(text.split()) > 1
    return several and word.islower() and word.endswith(("ы", "і"))


def _end(word: str) -> _End:
    return _END_OF.get(word.rstrip("ьъ")[-1:], _End.VOICELESS)


def _is_front(word: str, written: str) -> bool:
    if word.endswith((*_SOFT_LOANS, "ь")):
        return True
    if word.endswith("су") and (word == "су" or written[0].isupper()):
        return False  # names made with су, water: Жетісуда
    if word.endswith(_SURNAME_ENDS) and len(word) >= _LONG_ENOUGH_FOR_A_SURNAME:
        word = word[:-2]
    return bool(_FRONT_VOWELS.intersection(_vowels(word)[-1:]))


def _vowels(word: str) -> str:
    """Return the vowels that tell front from back."""
    return "".join(letter for letter in word if letter in _BACK_VOWELS | _FRONT_VOWELS)
