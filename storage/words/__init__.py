"""Words of Kazakh, Russian and English: letters, stems, Latin keys, typos, endings.

Pure functions of text: no store, no network. The search column and the understanding of questions
both stand on them, so that what is written and what is asked fall together.

`letters` has one spelling for many, `stems` one stem for all inflections, `terms` what a search
looks for, `latin` one key for any script, `typos` the likeness of words. `kazakh_endings` is the
one table of endings: `kazakh_inflection` writes them (Russian ones `russian_inflection`),
`kazakh_chains` tells which may follow a stem. `kazakh_verbs` and `russian_names` list the forms of
verbs and of names that no dictionary has. `name_match` tells whether a text names a place,
`stem_index` finds names in memory.
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
