"""Screens and formatters that several topics share: pure functions of facts to texts.

One way for each thing: `money`, `numbers`, `names`, `values`, `phrases`, `footnotes`; `lists` for
all lists and `choices` for the menus that narrow them; `callbacks` and `draft_data` for what a
button carries. The rest are screens by topic; `guide` is what the bot says of itself.
"""
