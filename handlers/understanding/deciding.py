"""Whether a question was understood well enough to be answered."""

from dataclasses import replace

from handlers.understanding import russian
from handlers.understanding.lexicon import is_known_kazakh
from handlers.understanding.question import Question
from handlers.understanding.reading import Reading
from handlers.understanding.tokens import Token
from storage.words.letters import is_cyrillic

_UNREAD_SHARE = 0.34
"""With a larger share of the meaningful words unread an answer would be a guess."""

_NAMED_AFTER = frozenset(
    ("в", "во", "на", "у", "возле", "около", "рядом", "in", "near", "at", "on", "around", "by")
)
_PLACE_SLOTS = frozenset(("place_word", "street_word", "district_word"))
_LOCATED = ("да", "де", "та", "те", "дагы", "деги", "тагы", "теги")


def decided(reading: Reading, question: Question) -> Question:
    """Return the question, `unclear` when words that matter are left over or nothing is filled."""
    if question.intent in {"other", "unclear"}:
        return question
    leftover = [each for each in reading.unread if each.text in question.leftover]
    if any(_is_name(each, reading) for each in leftover):
        return replace(question, intent="unclear")
    weight = sum(_weight(each) for each in leftover)
    if weight > _UNREAD_SHARE * (_content(reading) + weight):
        return replace(question, intent="unclear")
    return question


def _content(reading: Reading) -> int:
    """Return how many words were read as something that matters."""
    weightless = {"filler", "place_city", "follow"}
    read = [each for each in reading.matches if each.slot not in weightless]
    spans = len(reading.periods) + len(reading.amounts) + len(reading.places)
    return sum(each.end - each.start for each in read) + spans


def _is_name(token: Token, reading: Reading) -> bool:
    """Tell whether an unread word is most likely the name of a place or a project nobody knows."""
    if not _is_unknown(token) and not russian.is_proper(token.norm):
        return False
    index = reading.tokens.index(token)
    before = reading.tokens[index - 1].norm if index else ""
    capital = index > 0 and token.text[:1].isupper() and not token.text.isupper()
    place_follows = any(
        each.start == index + 1 and (each.slot in _PLACE_SLOTS or each.value == "near")
        for each in reading.matches
    )
    return capital or place_follows or before in _NAMED_AFTER or _is_located(token)


def _is_unknown(token: Token) -> bool:
    if not is_cyrillic(token.norm):
        return True
    return not russian.is_known(token.norm) and not is_known_kazakh(token.folded)


def _is_located(token: Token) -> bool:
    return len(token.folded) > _SHORTEST_LOCATED and token.folded.endswith(_LOCATED)


_SHORTEST_LOCATED = 5


def _weight(token: Token) -> float:
    """Return how much an unread word matters: a noun most, a verb hardly."""
    if not is_cyrillic(token.norm):
        return 0.8
    if not russian.is_known(token.norm):
        return 0.3 if token.folded.endswith(_VERB_ENDS) else 0.8
    return 0.7 if russian.is_name(token.norm) else 0.3


_VERB_ENDS = (
    "ады",
    "еди",
    "йды",
    "йди",
    "ып",
    "ип",
    "мын",
    "мин",
    "сын",
    "син",
    "ган",
    "ген",
    "кан",
    "кен",
    "са",
    "се",
    "у",
    "ды",
    "ди",
)
