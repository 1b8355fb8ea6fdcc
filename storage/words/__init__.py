"""Words of Kazakh, Russian and English: letters, stems, Latin keys, typos, Kazakh endings.

Pure functions of text: no store, no network. The search column and the understanding of questions
both stand on them, so that what is written and what is asked fall together.
"""

from storage.words.languages import LANGUAGES, Language
from storage.words.latin import latin_key
from storage.words.letters import fold, normalise, tokens
from storage.words.stems import CLOSE_MARK, KEY_MARK, stem, stem_variants
from storage.words.terms import query_terms, stems
from storage.words.typos import layout_swaps, osa_similarity, trigrams

__all__ = [
    "CLOSE_MARK",
    "KEY_MARK",
    "LANGUAGES",
    "Language",
    "fold",
    "latin_key",
    "layout_swaps",
    "normalise",
    "osa_similarity",
    "query_terms",
    "stem",
    "stem_variants",
    "stems",
    "tokens",
    "trigrams",
]
