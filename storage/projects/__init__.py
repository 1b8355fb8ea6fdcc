"""Lists, cards, history, filters, orders and sums of projects.

`project_filter.ProjectFilter` is what a question is narrowed to, `filter_sql` its condition on
rows, `filter_memory` the same on a project in memory, `programme_tree` what stands below a
programme. `listing.listing` is a page of projects, `listing.card` one with all that was said of it
(`card`, `history`). `figures` and `sums` count and add up, `comparison` sets groups side by side,
`budgets` has the money and the residents, `ordering` and `measures` say what stands before what.
`lateness` says what is late, of what past due nobody has told since, and what is silent for a year.
`summary.Listed` is a project in a list. `edition.Edition` is the state of the list that an answer
is of. `about` tells of the data set as a whole, `data_day` how old it is.
"""
