"""Which part of a text asks: what people tell of themselves around a question is background.

«Ұлым бірінші сыныпқа барады, үйіміз Зерделіде. Сондағы мектеп қашан ашылады?» asks in its last
sentence; of the rest only where it plays counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.understanding.lexicon.phrase_matcher import Match
from handlers.understanding.lexicon.tokens import Span, Token, compose
from handlers.understanding.mentions import is_located
from handlers.understanding.numbers.roles import NumberFound
from handlers.understanding.reading import Reading

_ENDS = re.compile(r"[.!?…\n]")
_CLAUSE = re.compile(r"[,;:()—–\n]|\s-\s")
_SHORTENED = frozenset(
    (
        *("ул", "мкр", "мкрн", "пр", "просп", "г", "р", "н", "д", "ш", "т", "б", "ж", "тг", "им"),
        *("км", "м", "млн", "млрд", "трлн", "тыс", "обл", "пос", "с", "х", "ауд", "чел", "шт"),
        *("st", "ave", "no", "blvd", "mkr", "dr", "mr", "mrs", "approx", "bn", "mln", "кв", "руб"),
    )
)
"""A point behind these ends no sentence: ул. Сатпаева."""

_ASKING = frozenset(("ask", "most", "order", "compare"))
_SUBJECT = frozenset(("kind", "sector", "programme", "indicator", "noun"))
_DEED = frozenset(("state", "event", "by", "money"))
_WHERE = frozenset(("district", "area", "all"))
_ABBREVIATED = frozenset(("place_word", "street_word", "number_word", "district_word"))
_WEAK = frozenset(("any",))
_FIRST_PERSON = (
    *("мын", "мин", "пын", "пин", "бын", "бин", "мыз", "миз", "пыз", "пиз", "быз", "биз"),
    *("дым", "дим", "тым", "тим", "дык", "дик", "тык", "тик"),
)
_SHORTEST_VERB = 5
"""Kazakh verbs of the first person end so: көшкелі отырмыз."""

_CLEAR = 3
"""A clause that scores less asks nothing by itself: then the whole text counts."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens from `start` up to `end`, in the sentence of this number; `asked`: it ends so."""

    start: int
    end: int
    sentence: int
    asked: bool

    def has(self, index: int) -> bool:
        """Tell whether the token stands in the clause."""
        return self.start <= index < self.end


def clauses(text: str, tokens: Sequence[Token], matches: Sequence[Match]) -> list[Clause]:
    """Return the clauses of a text in order; no two share a token."""
    text = compose(text)
    abbreviated = {each.end - 1 for each in matches if each.slot in _ABBREVIATED}
    found: list[Clause] = []
    start, sentence = 0, 0
    for index, token in enumerate(tokens):
        last = index + 1 == len(tokens)
        gap = text[token.end :] if last else text[token.end : tokens[index + 1].start]
        ends = _ends_sentence(gap, token, index in abbreviated)
        if last or ends or _CLAUSE.search(gap):
            found.append(Clause(start, index + 1, sentence, "?" in gap))
            start, sentence = index + 1, sentence + ends
    return found


def _ends_sentence(gap: str, token: Token, abbreviated: bool) -> bool:
    signs = set(_ENDS.findall(gap))
    if signs != {"."}:
        return bool(signs)
    return gap != "." and not abbreviated and token.folded not in _SHORTENED


def focused(reading: Reading, text: str) -> Reading:
    """Return the reading of the part that asks, with where the rest says that it plays."""
    parts = clauses(text, reading.tokens, reading.matches)
    if len(parts) == 1:
        return reading
    scores = [_score(reading, each) for each in parts]
    if max(scores, default=0) < _CLEAR:
        return reading
    main = max(range(len(parts)), key=lambda n: (scores[n], n))
    kept = [
        each for n, each in enumerate(parts) if n == main or _goes_with(reading, each, parts[main])
    ]
    others = [each for each in parts if each not in kept]
    asked = _with_context(_only(reading, kept), _only(reading, others))
    starts = {each.start for each in asked.borrowed} | {each.start for each in asked.numbers}
    speaking = [each for each in parts if each in kept or any(each.has(start) for start in starts)]
    ignored = {
        index
        for index in range(len(reading.tokens))
        if not any(each.has(index) for each in speaking)
    }
    return replace(asked, ignored=frozenset(ignored))


def _of_oneself(reading: Reading, clause: Clause) -> bool:
    if any(each.slot == "me" for each in _slots(reading, clause)):
        return True
    words = [each.folded for each in reading.tokens[clause.start : clause.end]]
    return any(word.endswith(_FIRST_PERSON) and len(word) > _SHORTEST_VERB for word in words)


def _slots(reading: Reading, clause: Clause) -> list[Match]:
    return [each for each in reading.matches if clause.has(each.start)]


def _score(reading: Reading, clause: Clause) -> int:
    found = _slots(reading, clause)
    asks = [each for each in found if each.slot in _ASKING]
    strong = any(each.value not in _WEAK for each in asks)
    subject = any(each.slot in _SUBJECT for each in found)
    deed = any(each.slot in _DEED for each in found)
    return 2 * strong + bool(asks) + 2 * subject + deed + 2 * clause.asked


def _goes_with(reading: Reading, clause: Clause, main: Clause) -> bool:
    """Tell whether a clause belongs to the question: it lists more, or narrows it."""
    found = _slots(reading, clause)
    subject = any(each.slot in _SUBJECT for each in found)
    asks = any(each.slot in _ASKING or each.slot == "pick" for each in found)
    if _of_oneself(reading, clause) and not (subject and asks):
        return False
    if clause.sentence != main.sentence:
        return False
    deed = any(each.slot in _DEED or each.slot in _WHERE for each in found)
    spans = (*reading.periods, *reading.amounts, *reading.numbers, *reading.places)
    return subject or asks or deed or any(clause.has(each.start) for each in spans)


def _only(reading: Reading, parts: Sequence[Clause]) -> Reading:
    def inside(start: int) -> bool:
        return any(each.has(start) for each in parts)

    return replace(
        reading,
        matches=tuple(each for each in reading.matches if inside(each.start)),
        periods=tuple(each for each in reading.periods if inside(each.start)),
        amounts=tuple(each for each in reading.amounts if inside(each.start)),
        numbers=tuple(each for each in reading.numbers if inside(each.start)),
        places=tuple(each for each in reading.places if inside(each.start)),
        unread=tuple(each for each in reading.unread if inside(reading.tokens.index(each))),
    )


def _with_context(asked: Reading, told: Reading) -> Reading:
    """Return what was asked with the district, place, kind or number it lacks and the rest has.

    What it is about may be a question before as well: `borrowed` are the words that say it here.
    """
    taken: list[Match] = []
    borrowed: list[Match] = []
    somewhere = asked.places or _listed(asked) or any(asked.has(slot) for slot in _WHERE)
    if not somewhere:
        taken += told.of("district")
    taken += [each for each in told.of("ask") if each.value == "compare"]
    if not any(asked.has(slot) for slot in _SUBJECT):
        if _points_back(asked):
            borrowed = [each for each in told.matches if each.slot in _SUBJECT]
        says = any(asked.has(slot) for slot in ("event", "state", "ask", "most", "follow"))
        if not says and not asked.periods:
            taken += told.of("topic")
    matches = sorted((*asked.matches, *taken, *borrowed), key=lambda each: each.start)
    return replace(
        asked,
        matches=tuple(matches),
        places=asked.places if somewhere else told.places,
        unread=asked.unread if somewhere else (*asked.unread, *_listed(told)),
        numbers=asked.numbers or _facilities(told, matches),
        periods=asked.periods or (() if told.has("me") else told.periods),
        borrowed=tuple(borrowed),
    )


def _listed(told: Reading) -> tuple[Token, ...]:
    """Return the names of the list that say where it is, if no place does."""
    found = (each for each in told.unread if told.tokens.index(each) in told.listed)
    return tuple(
        e for e in found if not told.places and is_located(told.tokens, told.tokens.index(e))
    )


def _points_back(asked: Reading) -> bool:
    """Tell whether it asks of something named before: «когда её закончат»; or of nothing."""
    return asked.has("follow") or not asked.has("ask", "list", "any")


def _facilities(told: Reading, matches: Iterable[Match]) -> tuple[Span[NumberFound], ...]:
    named = any(each.slot == "kind" for each in matches)
    return tuple(each for each in told.numbers if named and each.value.role == "facility")
