"""An exam of answers: questions about made-up cities, put to the whole bot, judged from the list.

`city` makes a city from a seed, `spec` says which of its projects a question means, `judge` whether
a reply answers it, `sitting` puts questions to the bot, `check` reads a file of questions before.
"""
