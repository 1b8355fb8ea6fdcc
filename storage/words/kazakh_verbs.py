"""Kazakh verbs in the forms in which people ask: ашыл- gives ашылды, ашылған, ашыла, ашылмаған.

Rules: the tense tables of a school grammar (етістіктің шақтары), by vowel harmony and the last
sound of the stem. Only forms of the third person and of polite requests, and those that a question
about projects is asked in. Participles and infinitives take noun endings elsewhere.
"""

from collections.abc import Iterator

from storage.words.kazakh_endings import endings, spelt

_FRONT_VOWELS, _VOWELS = "әөүіеэ", "аәеоөұүыіэ"  # у and и, which names end in, are glides here
_VOICELESS, _BUZZING_OR_NASAL = "пткқшсхфцчбвгд", "мнңзж"

_GOES_ON = ("жатыр", "жатқан", "жатса", "отыр", "отырған", "тұр", "келеді", "жүр", "жатырма")
_IS_OVER = ("бітті", "біткен", "болды", "болған", "қойды", "қойған", "шықты", "кетті", "кеткен")


def past(stem: str) -> Iterator[str]:
    """Yield ашылды, ашылған, ашылыпты and what is over: ашылып бітті."""
    d, g = ("т", "Q") if stem[-1] in _VOICELESS else ("д", "G")
    for ending in (f"{d}Y", f"{d}Yм", f"{d}YQ", f"{d}YңYз", f"{d}YмA", f"{g}Aн"):
        yield _spelt(stem, ending)
    yield _converb(stem) + _spelt(stem, "тY", only_ending=True)
    for over in _IS_OVER:
        yield f"{_converb(stem)} {over}"


def future(stem: str) -> Iterator[str]:
    """Yield ашылады, ашыла (ма), ашылатын, ашылса, ашылмақ, ашылар, ашылу, ашылуы."""
    glide = "й" if stem[-1] in _VOWELS else "A"
    for ending in ("дY", "", "мA", "тYн", "мYз", "сYз", "сYң"):
        yield _spelt(stem, glide + ending)
    intention = "п" if stem[-1] in _VOICELESS else "б" if stem[-1] in _BUZZING_OR_NASAL else "м"
    for ending in ("сA", "сAм", "сAQ", "сAңYз", f"{intention}AQ", f"{intention}AQшY"):
        yield _spelt(stem, ending)
    yield _spelt(stem, "р" if stem[-1] in _VOWELS else "Aр")
    yield from (_spelt(stem, ending) for ending in ("у", "уY", "уYн"))


def ongoing(stem: str) -> Iterator[str]:
    """Yield ашылып жатыр and its like, ашылуда, ашылып."""
    yield _converb(stem)
    yield _spelt(stem, "удA")
    for auxiliary in _GOES_ON:
        yield f"{_converb(stem)} {auxiliary}"


def negative(stem: str) -> Iterator[str]:
    """Yield ашылмады, ашылмаған, ашылмай."""
    n = "п" if stem[-1] in _VOICELESS else "б" if stem[-1] in "мнңзж" else "м"
    for ending in (f"{n}AдY", f"{n}AGAн", f"{n}Aй", f"{n}AйдY", f"{n}AйтYн"):
        yield _spelt(stem, ending)


def request(stem: str) -> Iterator[str]:
    """Yield көрсет, көрсетші, көрсетіңіз, көрсетейік."""
    vowel = stem[-1] in _VOWELS
    polite, we = ("ңYз", "йYQ") if vowel else ("YңYз", "AйYQ")
    for ending in ("", "шY", polite, polite + "шY", "сYн", we, we[:-1] + "н"):
        yield _spelt(stem, ending)


def _converb(stem: str) -> str:
    return _spelt(stem, "п" if stem[-1] in _VOWELS else "Yп")


def _spelt(stem: str, ending: str, *, only_ending: bool = False) -> str:
    vowels = [letter for letter in stem if letter in _VOWELS]
    front = bool(vowels) and vowels[-1] in _FRONT_VOWELS
    if stem[-1] == "й" and ending[:1] == "й":
        ending = ending[1:]
    if ending[:1] in ("A", "Y", "у") and stem[-1] in _VOWELS and ending[:1] != "у":
        ending = ending[1:]
    if ending[:1] in ("A", "Y", "у"):
        stem = stem[:-1] + endings().softened.get(stem[-1], stem[-1])
        if ending[:1] == "у" and stem[-1] in "ыі":
            stem = stem[:-1]
    written = spelt(ending, front=front)
    if written[:1] == "й" and stem[-1] in "ыі":  # оқы- оқиды
        stem, written = stem[:-1], "и" + written[1:]
    return written if only_ending else stem + written


FORMS = {
    "past": past,
    "future": future,
    "ongoing": ongoing,
    "negative": negative,
    "request": request,
}
