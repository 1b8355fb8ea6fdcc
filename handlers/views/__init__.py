"""Screens and formatters that several topics share: pure functions of facts to texts.

One way for each thing: `money`, `numbers`, `names`, `values`, `phrases`, `footnotes`; `lists` for
what all lists are made of, `entries` for a list that fits on a phone, `told_apart` for names cut to
their room, `parts` for texts that are longer, `choices` for what stands behind «filter» and ⋯;
`freshness` for how old the data is; `callbacks` and `draft_data` for what a button carries. The
rest are screens by topic; `guide` is what the bot says of itself.
"""
