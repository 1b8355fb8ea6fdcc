"""From a text to numbers: `amounts` of money, `roles` for all others, `cardinals` in words.

`senses` says what single words mean of time, number and money.
"""
