"""Which Cyrillic words are Kazakh, with their endings: by the lists of everyday words and verbs."""

from functools import cache, lru_cache

from storage.words import fold, kazakh_chains
from storage.words.kazakh_endings import case_forms, there_forms
from storage.words.kazakh_stems import kazakh_stem
from storage.words.kazakh_verbs import FORMS
from storage.words.wordlists import folded_words, listed_words

WHERE = case_forms("locative") + there_forms()
"""Endings of a word that says where, folded: Медеуде, Медеудегі."""

WHERE_OR_WHENCE = WHERE + case_forms("ablative", "vowel")
"""These and -дан, -ден; names end in -тан and -нан too often (Казахстан, Дастан)."""

_SHORTEST_STEM = 2


@lru_cache(maxsize=16384)
def is_known_kazakh(folded: str) -> bool:
    """Tell whether a folded word is a Kazakh word of the lists, perhaps with endings."""
    if kazakh_stem(folded) in folded_words("kazakh") or folded in _verb_forms():
        return True
    stems = _stems()
    return any(
        folded[cut:] in stems.get(folded[:cut], ())
        for cut in range(len(folded), _SHORTEST_STEM - 1, -1)
    )


def load() -> None:
    """Read the lists now instead of with the first question."""
    _stems()
    _verb_forms()


@cache
def _stems() -> dict[str, frozenset[str]]:
    """Return the stems, folded, with every chain of endings that may follow, none included."""
    found: dict[str, frozenset[str]] = {}
    for word in listed_words("kazakh_common"):
        chains = kazakh_chains.legal(word) | {""}
        for spelling in kazakh_chains.spellings(word):
            key = fold(spelling)
            found[key] = found.get(key, frozenset()) | chains
    return found


@cache
def _verb_forms() -> frozenset[str]:
    """Return the forms of one word that verbs have, folded."""
    return frozenset(
        fold(form)
        for verb in listed_words("kazakh_verbs")
        for forms in FORMS.values()
        for form in forms(verb)
        if " " not in form
    )
