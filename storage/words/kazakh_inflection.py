"""Kazakh case endings for what the bot writes: Медеуде, Алатау ауданында, Айнабұлақ-3-те.

An ending follows the vowels of the word (жуан or жіңішке) and its last sound, by the table of
`kazakh_endings`; surnames in -ов, -ев follow the vowel before that ending (Әуезовтің,
Назарбаевтың); numbers follow the way they are read.
"""

import re
from functools import lru_cache

from storage.words.kazakh_endings import Case, end_of, endings, spelt
from storage.words.letters import is_cyrillic
from storage.words.wordlists import listed_words

_BACK_VOWELS, _FRONT_VOWELS = endings().harmony.back, endings().harmony.front
_SOFT = (*endings().harmony.soft_loans, "ь")
_SURNAME_ENDS = ("ов", "ев")
_LONG_ENOUGH_FOR_A_SURNAME = 5

_ONES = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_ROUND = ("жүз", "мың", "мың", "мың", "миллион", "миллион", "миллион", "миллиард")

_OWNED = tuple(listed_words("kazakh_possessed"))
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
    pattern = endings().cases[case]["his" if owned else end_of(spoken)]
    ending = spelt(pattern, front=_is_front(spoken, word))
    text = text.rstrip()
    return f"{text}-{ending}" if _takes_hyphen(text, word) else text + ending


def in_part(count: int) -> str:
    """Return the ending of «in 41 of them», -інде: possessive and locative of a number as read."""
    spoken, his = _number(str(count)), endings().possessives["his"]
    pattern = his.after(end_of(spoken)) + endings().cases["locative"][his.then]
    return spelt(pattern, front=_is_front(spoken, spoken))


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


def _is_front(word: str, written: str) -> bool:
    if word.endswith(_SOFT):
        return True
    if word.endswith("су") and (word == "су" or written[0].isupper()):
        return False  # names made with су, water: Жетісуда
    if word.endswith(_SURNAME_ENDS) and len(word) >= _LONG_ENOUGH_FOR_A_SURNAME:
        word = word[:-2]
    return bool(_FRONT_VOWELS.intersection(_vowels(word)[-1:]))


def _vowels(word: str) -> str:
    """Return the vowels that tell front from back."""
    return "".join(letter for letter in word if letter in _BACK_VOWELS | _FRONT_VOWELS)
