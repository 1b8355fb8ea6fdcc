"""From typed words to phrases of the vocabulary.

`tokens` cuts a text, `vocabulary_index` tells which words a typed one may be, `phrase_matcher`
finds the phrases; `kazakh`, `russian` and `english` know their everyday words, `exceptions` what is
meant as typed; `answer_language` chooses the language of the answer.
"""
