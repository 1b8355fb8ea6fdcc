"""Whether a question was understood well enough to be answered."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.understanding.intents import OF_ONE
from handlers.understanding.lexicon import english, russian
from handlers.understanding.lexicon.kazakh import is_known_kazakh
from handlers.understanding.lexicon.phrase_matcher import WEIGHTLESS
from handlers.understanding.lexicon.tokens import Token
from handlers.understanding.lexicon.vocabulary_index import MENDED
from handlers.understanding.mentions import is_located
from handlers.understanding.question import Question
from handlers.understanding.reading import Reading
from storage.words.letters import is_cyrillic

_UNREAD_SHARE = 0.34
"""With a larger share of the meaningful words unread an answer would be a guess."""

_NAMED_AFTER = frozenset(
    ("в", "во", "на", "у", "возле", "около", "рядом", "in", "near", "at", "on", "around", "by")
)
_PLACE_SLOTS = frozenset(("place_word", "street_word", "district_word"))


def decided(reading: Reading, question: Question) -> Question:
    """Return the question, `unclear` when words that matter are left over or nothing is filled."""
    if question.intent in {"other", "unclear"}:
        return question
    leftover = [each for each in reading.unread if each.text in question.leftover]
    if any(_is_name(each, reading) for each in leftover) or (
        not _is_placed(question) and any(map(_says_where, leftover))
    ):
        return replace(question, intent="unclear")
    if question.intent in OF_ONE and not question.projects and _is_named(leftover, reading):
        return replace(question, intent="unclear")
    if not _has_subject(question) and any(_is_thing(each, reading) for each in leftover):
        return replace(question, intent="unclear")
    weight = sum(_weight(each) for each in leftover)
    if weight > _UNREAD_SHARE * (_content(reading) + weight):
        return replace(question, intent="unclear")
    return question


_SELF_EXPLAINING = frozenset(("about", "help", "new", "changed", "limit", "per_resident"))


def _is_named(leftover: Sequence[Token], reading: Reading) -> bool:
    """Tell whether an unread word stands at the kind where its name stands: парк «Синий кит».

    Behind it in Russian, before it in Kazakh and English.
    """
    places = {reading.tokens.index(each) for each in leftover if _may_name(each)}
    return any(
        (each.end if "ru" in each.languages else each.start - 1) in places
        for each in reading.of("kind")
        if each.quality > MENDED
    )


def _may_name(token: Token) -> bool:
    return not is_cyrillic(token.norm) or not token.folded.endswith(_VERB_ENDS)


def _is_placed(question: Question) -> bool:
    """Tell whether the question says where, or of which projects."""
    where = (question.districts, question.among, question.projects)
    return any(where) or question.place is not None or question.area is not None


def _says_where(token: Token) -> bool:
    """Tell whether an unread Kazakh word says where: an everyday one may be a place: «Өжетте»."""
    return not russian.is_known(token.norm) and is_located((token,), 0)


def _has_subject(question: Question) -> bool:
    """Tell whether the question says what it is about, or needs no saying."""
    several = (question.kinds, question.sectors, question.projects, question.evidence_of("noun"))
    single = (question.programme, question.indicator, question.contractor, question.number)
    named = any(several) or any(each is not None for each in single)
    return named or question.follows or question.intent in _SELF_EXPLAINING


def _is_thing(token: Token, reading: Reading) -> bool:
    """Tell whether an unread word names a thing: what was asked about is unknown then."""
    if is_cyrillic(token.norm):
        return russian.is_noun(token.norm) or _is_unknown(token)
    if not english.is_known(token.folded):
        return True
    index = reading.tokens.index(token)
    return index > 0 and reading.tokens[index - 1].folded in _ARTICLES


_ARTICLES = frozenset(("the", "a", "an", "any", "new"))


def _content(reading: Reading) -> int:
    """Return how many words were read as something that matters."""
    weightless = WEIGHTLESS | {"place_city", "follow"}
    read = [each for each in reading.matches if each.slot not in weightless]
    spans = len(reading.periods) + len(reading.amounts) + len(reading.places)
    return sum(each.end - each.start for each in read) + spans


def _is_name(token: Token, reading: Reading) -> bool:
    """Tell whether an unread word is most likely the name of a place or a project nobody knows."""
    index = reading.tokens.index(token)
    if _belongs_to_place(index, reading) or index in reading.quoted:
        return True
    before = reading.tokens[index - 1].norm if index else ""
    capital = index > 0 and token.text[:1].isupper() and not token.text.isupper()
    if capital and not is_cyrillic(token.norm) and not _in_title_case(reading):
        return True
    if not _is_unknown(token) and not russian.is_proper(token.norm):
        return False
    return capital or before in _NAMED_AFTER or is_located(reading.tokens, index)


def _in_title_case(reading: Reading) -> bool:
    """Tell whether most words are written with a capital: then a capital says nothing."""
    words = [each.text for each in reading.tokens if not each.is_number]
    return 2 * sum(word[:1].isupper() for word in words) > len(words)


def _belongs_to_place(index: int, reading: Reading) -> bool:
    """Tell whether the word stands at a street or a microdistrict: it is an unknown one's name."""
    return any(
        (each.start == index + 1 and (each.slot in _PLACE_SLOTS or each.value == "near"))
        or (each.end == index and each.slot == "street_word")
        for each in reading.matches
    )


def _is_unknown(token: Token) -> bool:
    if not is_cyrillic(token.norm):
        return not english.is_known(token.folded)
    return not russian.is_known(token.norm) and not is_known_kazakh(token.folded)


def _weight(token: Token) -> float:
    """Return how much an unread word matters: a noun most, a verb hardly."""
    if not is_cyrillic(token.norm):
        return 0.4 if english.is_known(token.folded) else 0.8
    if not russian.is_known(token.norm):
        return 0.3 if token.folded.endswith(_VERB_ENDS) else 0.8
    return 0.7 if russian.is_noun(token.norm) else 0.3


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
