"""What every handler stands on; it knows no topic.

`context.Context` is what a handler gets. `screens.Screen` is a text with buttons, `screens.show`
brings it to the person, `phone` tells how many lines of a phone it takes. `texts.Texts` is the one
way to a text in three languages, `dates` the one date formatter. `gate` lets updates in (`flood`,
`groups`, `albums`), `main_keyboard` has the labels, `calls` makes the calls of an answer,
`messages` cuts what Telegram would not take, `errors` apologises. `facts`, `gazetteer` and
`recent_news` hold in memory what does not change between imports; `notes` are what is written down
behind an answer.
"""
