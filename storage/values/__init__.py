"""Small values that tables and queries share; they know no SQL.

`partial_dates.PartialDate` is a date as far as it was said. `titles.Titles` is a name in three
languages, `sources.SourceFacts` who said so. `ranges` are stretches of days and of money, `states`
the groups of statuses that people tell apart, `orders` the orders of lists, `pages.Page` a part of
a list, `place_kinds` what kinds of places there are. `city` is the city whose list this is.
"""
