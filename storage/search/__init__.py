"""From words to projects, places, contractors.

`search.search` takes any text. `fulltext` asks the column of stems, `gazetteer` holds the names
that people say in memory, `contractors` knows the spellings of a firm, `facility_numbers` the 178
of №178.
"""
