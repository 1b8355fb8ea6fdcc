"""Step 2: the language to answer in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handlers.understanding.lexicon import russian
from handlers.understanding.lexicon.kazakh import is_known_kazakh
from handlers.understanding.lexicon.phrase_matcher import Match
from handlers.understanding.lexicon.tokens import Token
from handlers.understanding.lexicon.vocabulary_index import MENDED
from storage.words.languages import Language
from storage.words.letters import KAZAKH_LETTERS, is_cyrillic

_NAMES = frozenset(("district", "place_city", "programme", "number_word"))
"""Names are the same in all languages and say nothing."""

_CLEAR = 0.5
"""What a letter or an ending says beside a whole word that is listed."""


_SENTENCE = 1.4
"""Less is one word, with or without an ending or a letter that speaks for the same language."""


def language_of(tokens: Sequence[Token], matches: Iterable[Match], person: Language) -> Language:
    """Return the language of the question where a sentence is clearly in it, else the person's.

    A single word, a mistyped one and a name change nothing. Every word that the vocabulary has in
    one language speaks for it, romanised or not; Kazakh letters and the dictionary of Russian speak
    for words that it lacks.
    """
    votes: dict[Language, float] = defaultdict(float)
    read: set[int] = set()
    for match in matches:
        read.update(range(match.start, match.end))
        told = match.slot not in _NAMES and match.quality > MENDED
        if told and len(match.languages) == 1:
            votes[next(iter(match.languages))] += match.quality * (match.end - match.start)
    for index, token in enumerate(tokens):
        for language in _by_letters(token, is_read=index in read):
            votes[language] += _CLEAR
    if not votes:
        return person
    most = max(votes.values())
    best = [language for language, count in votes.items() if count == most]
    return person if person in best or most < _SENTENCE else best[0]


def _by_letters(token: Token, *, is_read: bool) -> tuple[Language, ...]:
    if KAZAKH_LETTERS & set(token.norm):
        return ("kk",)
    if is_read or not is_cyrillic(token.norm):
        return ()
    kazakh, known = is_known_kazakh(token.folded), russian.is_known(token.norm)
    if kazakh == known:
        return ()
    return ("kk",) if kazakh else ("ru",)
